import { expect, it } from 'vitest'
import { createAttemptLimiter } from '../../src/operations/attempt-limiter.js'
import type { Attempt, AttemptKind } from '../../src/operations/deps.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { describeOnEachDatabase } from '../support/databases.js'

const minute = 60_000
const quarter = 15 * 60
const start = Date.parse('2031-05-06T07:00:00.000Z')

/** As many processes as asked for, on one database and one clock that stands still. */
function limitersOn(storage: OpenStorage, { processes = 1, keysKept }: { processes?: number; keysKept?: number } = {}) {
  let now = start
  const clock = () => new Date(now).toISOString()
  const limiters = Array.from({ length: processes }, () => createAttemptLimiter(storage.attempts, clock, keysKept))
  const at = (index: number) => {
    const limiter = limiters[index]
    if (limiter === undefined) throw new Error(`there are ${processes} processes`)
    return limiter
  }
  return {
    at,
    limiter: at(0),
    clock,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    fail: async (attempt: Attempt, times: number, process = 0) => {
      for (let count = 0; count < times; count += 1) await at(process).count([attempt])
    },
  }
}

/** What waits until it is opened. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

const signIn: Attempt = { kind: 'sign_in', key: 'somebody@polytill.test' }
const code: Attempt = { kind: 'code', key: 'cart 1' }

describeOnEachDatabase('a guard against guessing', open => {
  it.each([
    ['sign_in', 10],
    ['sign_in_request', 5],
    ['code', 30],
    ['payment', 10],
    ['payment_client', 50],
  ] as const)('of %s lets %i failures pass, and then tells how many seconds to wait', async (kind, failures) => {
    const { limiter, fail } = limitersOn(await open())
    const attempt = { kind, key: 'key' }
    await fail(attempt, failures - 1)
    expect(await limiter.tooMany([attempt])).toBeUndefined()
    expect(await limiter.count([attempt])).toBeUndefined()
    expect(await limiter.tooMany([attempt])).toBe(quarter)
    expect(await limiter.count([attempt])).toBe(quarter)
  })

  it('opens again fifteen minutes after the first failure, not after the last', async () => {
    const { limiter, fail, pass } = limitersOn(await open())
    await fail(signIn, 1)
    pass(10 * minute)
    await fail(signIn, 9)
    expect(await limiter.tooMany([signIn])).toBe(5 * 60)
    pass(5 * minute - 1)
    expect(await limiter.tooMany([signIn])).toBe(1)
    expect(await limiter.count([signIn])).toBe(1)
    pass(1)
    expect(await limiter.tooMany([signIn])).toBeUndefined()
    // And counts from nothing.
    await fail(signIn, 9)
    expect(await limiter.tooMany([signIn])).toBeUndefined()
    await fail(signIn, 1)
    expect(await limiter.tooMany([signIn])).toBe(quarter)
  })

  it('keeps keys and kinds apart, and tells the longest wait of several', async () => {
    const storage = await open()
    const { limiter, fail, pass } = limitersOn(storage)
    await fail(code, 30)
    pass(5 * minute)
    await fail(signIn, 10)
    const free: readonly Attempt[] = [
      { kind: 'sign_in', key: 'another@polytill.test' },
      { kind: 'code', key: signIn.key },
      { kind: 'sign_in_client', key: signIn.key },
    ]
    expect(await limiter.tooMany(free)).toBeUndefined()
    expect(await limiter.tooMany([code])).toBe(10 * 60)
    expect(await limiter.tooMany([...free.slice(2), code, signIn])).toBe(quarter)
    // What is blocked by one of them counts for none.
    expect(await limiter.count([code, { kind: 'code_client', key: '192.0.2.1' }])).toBe(10 * 60)
    const { rows } = await storage.sql.query('select kind, failures from failed_attempts order by kind')
    expect(rows).toEqual([
      { kind: 'code', failures: 30 },
      { kind: 'sign_in', failures: 10 },
    ])
  })

  it('forgets the failures of whoever got it right, and of nobody else', async () => {
    const { limiter, fail } = limitersOn(await open())
    const other: Attempt = { ...signIn, key: 'other' }
    await fail(signIn, 10)
    await fail(other, 10)
    await limiter.forget(signIn)
    expect(await limiter.tooMany([signIn])).toBeUndefined()
    expect(await limiter.tooMany([other])).toBe(quarter)
  })

  it('takes back what was counted beforehand, never below nothing', async () => {
    const storage = await open()
    const { limiter, fail } = limitersOn(storage)
    await limiter.takeBack([signIn])
    await fail(signIn, 1)
    await limiter.takeBack([signIn, code])
    await limiter.takeBack([signIn])
    await fail(signIn, 10)
    expect(await limiter.tooMany([signIn])).toBe(quarter)
    await limiter.takeBack([signIn])
    expect(await limiter.tooMany([signIn])).toBeUndefined()
  })

  it('keeps no e-mail address and no address of a client', async () => {
    const storage = await open()
    const { limiter } = limitersOn(storage)
    await limiter.count([signIn, { kind: 'sign_in_client', key: '192.0.2.77' }])
    const { rows } = await storage.sql.query<Record<string, string>>('select * from failed_attempts order by kind')
    expect(rows).toStrictEqual(
      ['sign_in', 'sign_in_client'].map(kind => ({
        kind,
        key_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        failures: 1,
        ends_at: '2031-05-06T07:15:00.000Z',
      })),
    )
  })

  it('deletes what is over', async () => {
    const storage = await open()
    const { fail, pass, clock } = limitersOn(storage)
    await fail(signIn, 1)
    pass(minute)
    await fail(code, 1)
    pass(14 * minute)
    expect(await storage.attempts.prune(clock(), 10)).toBe(0)
    pass(1)
    expect(await storage.attempts.prune(clock(), 10)).toBe(1)
    const { rows } = await storage.sql.query('select kind from failed_attempts')
    expect(rows).toEqual([{ kind: 'code' }])
  })

  it('lets no more through at the same moment than may fail, and counts only those that do', async () => {
    const { limiter } = limitersOn(await open())
    let begun = 0
    const door = gate()
    const tried = Array.from({ length: 40 }, (_, index) =>
      limiter.watch([code], async () => {
        begun += 1
        await door.opened
        return { answer: index, isFailure: index % 2 === 0 }
      }),
    )
    expect(await Promise.all(tried.slice(30))).toEqual(Array(10).fill({ retryAfterSeconds: 1 }))
    expect(begun).toBe(30)
    door.open()
    expect(await Promise.all(tried.slice(0, 30))).toEqual(Array.from({ length: 30 }, (_, answer) => ({ answer })))
    // Fifteen of them failed.
    const wrong = () => limiter.watch([code], async () => ({ answer: 'wrong', isFailure: true }))
    for (let more = 0; more < 15; more += 1) expect(await wrong()).toEqual({ answer: 'wrong' })
    expect(await wrong()).toEqual({ retryAfterSeconds: quarter })
  })

  it('counts no attempt that broke off, and does not keep it under way', async () => {
    const { limiter } = limitersOn(await open())
    const away = () => limiter.watch([code], () => Promise.reject(new Error('the database is away')))
    for (let times = 0; times < 31; times += 1) await expect(away()).rejects.toThrow('the database is away')
    expect(await limiter.watch([code], async () => ({ answer: 'good', isFailure: false }))).toEqual({ answer: 'good' })
  })
})

describeOnEachDatabase('several processes that guard against guessing', open => {
  it.each(['sign_in', 'sign_in_request'] as const)(
    'let no more of %s through than may fail, also at the same moment',
    async kind => {
      const { at } = limitersOn(await open(), { processes: 3 })
      const attempts: readonly Attempt[] = [
        { kind, key: 'key' },
        { kind: `${kind}_client` as AttemptKind, key: '192.0.2.1' },
      ]
      const waits = await Promise.all(Array.from({ length: 60 }, (_, index) => at(index % 3).count(attempts)))
      const most = kind === 'sign_in' ? 10 : 5
      expect(waits.filter(wait => wait === undefined)).toHaveLength(most)
      expect(waits.filter(wait => wait === quarter)).toHaveLength(60 - most)
    },
  )

  it('count together: each lets at most one more pass after the last', async () => {
    const { at, fail } = limitersOn(await open(), { processes: 3 })
    await fail(code, 15, 0)
    await fail(code, 15, 1)
    expect(await at(1).tooMany([code])).toBe(quarter)
    for (const late of [0, 2]) {
      expect(await at(late).tooMany([code])).toBeUndefined()
      expect(await at(late).count([code])).toBe(quarter)
      expect(await at(late).tooMany([code])).toBe(quarter)
    }
  })

  it('tell nobody to wait longer than a window is, though the clock of another one is ahead', async () => {
    const { attempts } = await open()
    const at = (time: number) => createAttemptLimiter(attempts, () => new Date(time).toISOString())
    const [ahead, behind] = [at(start + 1_500), at(start)]
    for (let count = 0; count < 10; count += 1) await ahead.count([signIn])
    expect(await ahead.tooMany([signIn])).toBe(quarter)
    expect(await behind.count([signIn])).toBe(quarter)
    expect(await behind.tooMany([signIn])).toBe(quarter)
  })

  it('let go on who got it right at another one', async () => {
    const { at, fail } = limitersOn(await open(), { processes: 2 })
    await fail(signIn, 10, 0)
    expect(await at(0).tooMany([signIn])).toBe(quarter)
    await at(1).forget(signIn)
    expect(await at(0).tooMany([signIn])).toBeUndefined()
    expect(await at(0).count([signIn])).toBeUndefined()
  })

  it('remember so many keys, and what is forgotten counts on in the database', async () => {
    const { limiter, fail } = limitersOn(await open(), { keysKept: 2 })
    await fail(code, 30)
    expect(await limiter.tooMany([code])).toBe(quarter)
    await fail({ kind: 'code', key: 'cart 2' }, 1)
    expect(await limiter.tooMany([code])).toBe(quarter)
    await fail({ kind: 'code', key: 'cart 3' }, 1)
    await fail({ kind: 'code', key: 'cart 4' }, 1)
    expect(await limiter.tooMany([code])).toBeUndefined()
    expect(await limiter.count([code])).toBe(quarter)
    expect(await limiter.tooMany([code])).toBe(quarter)
  })
})
