import { describe, expect, it } from 'vitest'
import { createCartQueue } from './cart-queue.js'

/** A task that runs until it is let go. */
function held(log: string[], name: string) {
  let finish: (value: string) => void = () => undefined
  let fail: (why: Error) => void = () => undefined
  const done = new Promise<string>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const task = () => {
    log.push(name)
    return done
  }
  return { task, finish: () => finish(name), fail: () => fail(new Error(name)) }
}

const later = () => new Promise(resolve => setTimeout(resolve, 0))

describe('a queue of changes', () => {
  it('runs tasks of one key one after another, in the order of asking, and gives each its own answer', async () => {
    const queue = createCartQueue()
    const begun: string[] = []
    const tasks = ['one', 'two', 'three'].map(name => held(begun, name))
    const answers = tasks.map(({ task }) => queue.run('cart', task))
    await later()
    expect(begun).toEqual(['one'])
    tasks[1]?.finish()
    await later()
    expect(begun).toEqual(['one'])
    tasks[0]?.finish()
    await later()
    expect(begun).toEqual(['one', 'two', 'three'])
    tasks[2]?.finish()
    expect(await Promise.all(answers)).toEqual(['one', 'two', 'three'])
  })

  it('runs tasks of different keys side by side', async () => {
    const queue = createCartQueue()
    const begun: string[] = []
    const [slow, quick] = [held(begun, 'slow'), held(begun, 'quick')]
    const waiting = queue.run('a', slow.task)
    const answer = queue.run('b', quick.task)
    quick.finish()
    expect(await answer).toBe('quick')
    slow.finish()
    expect(await waiting).toBe('slow')
  })

  it('tells a failure to whoever asked for it, and goes on', async () => {
    const queue = createCartQueue()
    const begun: string[] = []
    const [bad, good] = [held(begun, 'bad'), held(begun, 'good')]
    const failing = queue.run('cart', bad.task)
    const answer = queue.run('cart', good.task)
    bad.fail()
    good.finish()
    await expect(failing).rejects.toThrow('bad')
    expect(await answer).toBe('good')
    expect(begun).toEqual(['bad', 'good'])
    // Also for one that comes after everything is over.
    expect(await queue.run('cart', async () => 'next')).toBe('next')
  })

  it('loses no update of a thousand that read, wait and write', async () => {
    const queue = createCartQueue()
    const counts = { a: 0, b: 0 }
    const addOne = (key: 'a' | 'b') =>
      queue.run(key, async () => {
        const read = counts[key]
        await later()
        counts[key] = read + 1
      })
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => addOne(index % 2 === 0 ? 'a' : 'b')))
    expect(counts).toEqual({ a: 500, b: 500 })
  })
})
