import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvariantError } from './assert.js'
import { allocate, divide, fromDecimal, isCurrency, minorDigits, percentOf, sumOf, toDecimal } from './money.js'
import { parseMicros, percent } from './rate.js'

describe('divide', () => {
  test.each([
    [5n, 2n, 'half_away', 3n],
    [-5n, 2n, 'half_away', -3n],
    [5n, 2n, 'half_even', 2n],
    [7n, 2n, 'half_even', 4n],
    [-5n, 2n, 'half_even', -2n],
    [5n, 2n, 'down', 2n],
    [-5n, 2n, 'down', -2n],
    [4n, 3n, 'half_away', 1n],
    [-5n, 3n, 'half_away', -2n],
    [6n, 3n, 'half_even', 2n],
  ] as const)('%s / %s rounded %s is %s', (numerator, denominator, rounding, expected) => {
    expect(divide(numerator, denominator, rounding)).toBe(expected)
  })

  test('a denominator of zero or below is a bug', () => {
    expect(() => divide(1n, 0n, 'down')).toThrow(InvariantError)
    expect(() => divide(1n, -3n, 'down')).toThrow(InvariantError)
  })

  test('the rounded value is never further away than half, or one when cut', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (numerator, denominator) => {
        for (const rounding of ['half_away', 'half_even'] as const) {
          const off = divide(numerator, denominator, rounding) * denominator - numerator
          expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(denominator)
        }
        const cut = divide(numerator, denominator, 'down')
        expect((cut < 0n ? -cut : cut) * denominator).toBeLessThanOrEqual(numerator < 0n ? -numerator : numerator)
      }),
    )
  })
})

describe('allocate', () => {
  test('the BigCommerce sample: 5.00 by sale prices 13.99, 25, 49.99, 18.95 and 10', () => {
    expect(allocate(500n, [1399n, 2500n, 4999n, 1895n, 1000n])).toEqual([59n, 106n, 212n, 80n, 43n])
  })

  test('ties go to the earlier part', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
  })

  test('weights of zero share equally when all are zero, and get nothing otherwise', () => {
    expect(allocate(3n, [0n, 0n])).toEqual([2n, 1n])
    expect(allocate(3n, [0n, 5n])).toEqual([0n, 3n])
  })

  test('nothing to allocate to, or a negative weight, is a bug', () => {
    expect(() => allocate(1n, [])).toThrow(InvariantError)
    expect(() => allocate(1n, [2n, -1n])).toThrow(InvariantError)
  })

  test('the parts always add up, and none is off by a whole unit', () => {
    const weights = fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), weights, (total, shares) => {
        const parts = allocate(total, shares)
        expect(sumOf(parts)).toBe(total)
        const whole = sumOf(shares)
        if (whole === 0n) return
        for (const [index, part] of parts.entries()) {
          const off = part * whole - total * (shares[index] ?? 0n)
          expect(off < 0n ? -off : off).toBeLessThan(whole)
        }
      }),
    )
  })
})

test('a percentage is rounded once', () => {
  expect(percentOf(66530n, { micros: 100_000n }, 'half_away')).toBe(6653n)
  expect(percentOf(25n, { micros: 100_000n }, 'half_away')).toBe(3n)
  expect(percentOf(25n, { micros: 100_000n }, 'half_even')).toBe(2n)
})

test.each([
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
])('%s has %i minor digits', (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits)
})

test('decimals are read and written with the digits of the currency', () => {
  expect(toDecimal(-5n, 'EUR')).toBe('-0.05')
  expect(toDecimal(1250n, 'JPY')).toBe('1250')
  expect(toDecimal(1250n, 'KWD')).toBe('1.250')
  expect(fromDecimal('12.5', 'EUR')).toBe(1250n)
  expect(fromDecimal('12.500', 'EUR')).toBe(1250n)
})

test.each(['12.505', '1e3', '', '.5', '0x10', 'NaN', '12,50', ' 1'])('%j is no amount in euros', text => {
  expect(fromDecimal(text, 'EUR')).toBeUndefined()
})

test('writing and reading an amount gives it back', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.constantFrom('JPY', 'EUR', 'KWD'), (minor, currency) => {
      expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor)
    }),
  )
})

test('only real currency codes are currencies', () => {
  expect(isCurrency('EUR')).toBe(true)
  expect(isCurrency('eur')).toBe(false)
  expect(isCurrency('ZZZ')).toBe(false)
})

test('rates are read exactly, to the millionth', () => {
  expect(parseMicros('0.3')).toBe(300_000n)
  expect(parseMicros('-19')).toBe(-19_000_000n)
  expect(parseMicros('0.0000001')).toBeUndefined()
  expect(percent('8.25')).toEqual({ micros: 82_500n })
  expect(percent('19')).toEqual({ micros: 190_000n })
  expect(percent('8.25001')).toBeUndefined()
  expect(percent('x')).toBeUndefined()
})
