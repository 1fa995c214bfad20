import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvariantError } from '../assert.js'
import type { OrderNumberPattern } from '../catalog/channel.js'
import { orderNumber, partNumber } from './order-number.js'

const counting: OrderNumberPattern = { prefix: 'DE--', kind: 'counting', first: 1, groupSuffix: false }
const random: OrderNumberPattern = { prefix: 'R', kind: 'random_digits', first: 1, digits: 9, groupSuffix: false }
const group: OrderNumberPattern = { prefix: '', kind: 'random_digits', first: 1, digits: 13, groupSuffix: true }
const ofCart: OrderNumberPattern = { prefix: '', kind: 'cart_number', first: 1, groupSuffix: false }

describe('order numbers', () => {
  test('count up behind a prefix, from the first', () => {
    expect(orderNumber(counting, { count: 1n })).toBe('DE--1')
    expect(orderNumber({ ...counting, prefix: '', first: 10_001 }, { count: 10_001n })).toBe('10001')
  })

  test('are as many random digits as the pattern says', () => {
    expect(orderNumber(random, { digits: '0123456789' })).toBe('R012345678')
    expect(
      orderNumber({ prefix: 'X', kind: 'random_digits', first: 1, groupSuffix: false }, { digits: '123456789' }),
    ).toBe('X123456789')
  })

  test('of digits alone keep their length when read as a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13}$/), digits => {
        const number = orderNumber(group, { digits })
        expect(String(Number(number))).toBe(number)
        expect(number.slice(1)).toBe(digits.slice(1))
      }),
    )
  })

  test("may be the cart's, with a suffix where it was bought before", () => {
    expect(orderNumber(ofCart, { cartNumber: 'R123456789' })).toBe('R123456789')
    expect(orderNumber(ofCart, { cartNumber: 'R123456789', purchase: 0 })).toBe('R123456789')
    expect(orderNumber(ofCart, { cartNumber: 'R123456789', purchase: 2 })).toBe('R123456789-3')
  })

  test.each([
    [counting, {}],
    [{ ...counting, first: 100 }, { count: 99n }],
    [random, { digits: '12345678' }],
    [random, { digits: '12345678x' }],
    [random, { count: 1n }],
    [ofCart, { cartNumber: '' }],
    [ofCart, {}],
  ])('%j cannot be made of %o', (pattern, source) => {
    expect(() => orderNumber(pattern, source)).toThrow(InvariantError)
  })

  test('parts are numbered where the channel says so, a single one too', () => {
    expect(partNumber(group, '1146512005522', 0)).toBe('1146512005522-01')
    expect(partNumber(group, '1146512005522', 99)).toBe('1146512005522-100')
    expect(partNumber(counting, 'DE--1', 1)).toBe('DE--1')
  })
})
