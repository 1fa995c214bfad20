import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameSecret } from './same-secret.js'

describe('a secret', () => {
  it('is the same when every character is', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), secret => isSameSecret(secret, secret)))
  })

  it('is another one whatever differs', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (given, stored) => {
        fc.pre(given !== stored)
        return !isSameSecret(given, stored)
      }),
    )
  })

  it.each([
    ['abcabc', 'abc'],
    ['abc', 'abcabc'],
    ['abc', 'abd'],
    ['ab', 'abc'],
    ['abcd', 'abc'],
    ['\u0161', 'a'],
  ])('%s is not %s', (given, stored) => {
    expect(isSameSecret(given, stored)).toBe(false)
  })

  it('that is empty, or that nobody gave, is none', () => {
    expect(isSameSecret('', '')).toBe(false)
    expect(isSameSecret(undefined, '')).toBe(false)
    expect(isSameSecret(undefined, 'a')).toBe(false)
    expect(isSameSecret('', 'a')).toBe(false)
    expect(isSameSecret('a', '')).toBe(false)
  })
})
