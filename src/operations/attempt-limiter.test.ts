import { describe, expect, it } from 'vitest'
import { createAttemptLimiter } from './attempt-limiter.js'
import type { AttemptKind } from './deps.js'

const minute = 60_000

function limiterAt(start: number) {
  let now = start
  const limiter = createAttemptLimiter(() => now)
  return {
    limiter,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
    fail: (kind: AttemptKind, key: string, times: number) => {
      for (let count = 0; count < times; count += 1) limiter.failed(kind, key)
    },
  }
}

describe('a guard against guessing', () => {
  it.each([
    ['sign_in', 10],
    ['sign_in_client', 300],
    ['code', 30],
  ] as const)('of %s lets %i failures pass, and then tells how many seconds to wait', (kind, failures) => {
    const { limiter, fail } = limiterAt(0)
    fail(kind, 'key', failures - 1)
    expect(limiter.tooMany(kind, 'key')).toBeUndefined()
    fail(kind, 'key', 1)
    expect(limiter.tooMany(kind, 'key')).toBe(15 * 60)
  })

  it('opens again fifteen minutes after the first failure, not after the last', () => {
    const { limiter, fail, pass } = limiterAt(1_000)
    fail('sign_in', 'key', 1)
    pass(10 * minute)
    fail('sign_in', 'key', 9)
    expect(limiter.tooMany('sign_in', 'key')).toBe(5 * 60)
    pass(5 * minute - 1)
    expect(limiter.tooMany('sign_in', 'key')).toBe(1)
    pass(1)
    expect(limiter.tooMany('sign_in', 'key')).toBeUndefined()
    // And counts from nothing.
    fail('sign_in', 'key', 9)
    expect(limiter.tooMany('sign_in', 'key')).toBeUndefined()
  })

  it('keeps keys and kinds apart', () => {
    const { limiter, fail } = limiterAt(0)
    fail('sign_in', 'key', 10)
    expect(limiter.tooMany('sign_in', 'other')).toBeUndefined()
    expect(limiter.tooMany('code', 'key')).toBeUndefined()
    expect(limiter.tooMany('sign_in_client', 'key')).toBeUndefined()
  })

  it('forgets the failures of whoever got it right, and of nobody else', () => {
    const { limiter, fail } = limiterAt(0)
    fail('sign_in', 'key', 10)
    fail('sign_in', 'other', 10)
    limiter.succeeded('sign_in', 'key')
    expect(limiter.tooMany('sign_in', 'key')).toBeUndefined()
    expect(limiter.tooMany('sign_in', 'other')).toBeDefined()
  })

  it('counts no successes, however many', () => {
    const { limiter } = limiterAt(0)
    for (let count = 0; count < 1_000; count += 1) limiter.succeeded('code', 'key')
    expect(limiter.tooMany('code', 'key')).toBeUndefined()
  })

  it('keeps the newest hundred thousand keys, so that a flood costs no memory', () => {
    const { limiter, fail } = limiterAt(0)
    fail('code', 'oldest', 30)
    fail('code', 'busy', 29)
    for (let count = 0; count < 99_998; count += 1) limiter.failed('code', `flood-${count}`)
    expect(limiter.tooMany('code', 'oldest')).toBeDefined()
    // One more failure makes a key young again.
    fail('code', 'busy', 1)
    limiter.failed('code', 'one more')
    expect(limiter.tooMany('code', 'oldest')).toBeUndefined()
    expect(limiter.tooMany('code', 'busy')).toBeDefined()
  })
})
