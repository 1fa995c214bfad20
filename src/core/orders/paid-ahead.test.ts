import { expect, test } from 'vitest'
import type { Cart } from '../cart/cart.js'
import { isPaidAhead, isSamePurchase, wasPaidAhead } from './paid-ahead.js'

const cart = {
  id: 'c1',
  lineItems: [{ id: 'l1', sku: 'tea', quantity: 2 }],
  couponCodes: [],
  giftCards: [],
  addresses: [],
  consignments: [],
  payments: [{ id: 'p1', method: 'card', data: { seenTotal: '5' } }],
  billingAddress: { id: 'a1', city: 'Albany' },
  buyer: { email: 'a@polytill.test' },
  owner: { kind: 'holder' },
  extras: { one: { b: 1, a: 2 } },
  version: 1,
} as unknown as Cart

test('an order that was paid ahead waits for a word with its cart frozen', () => {
  expect(isPaidAhead({ status: 'pending', confirmsLater: true })).toBe(true)
  expect(isPaidAhead({ status: 'pending' })).toBe(false)
  expect(isPaidAhead({ status: 'pending', confirmsLater: true, keepsCartOpen: true })).toBe(false)
  expect(isPaidAhead({ status: 'canceled', confirmsLater: true })).toBe(false)
  expect(wasPaidAhead({ confirmsLater: true })).toBe(true)
})

test.each([
  ['a new id of an address', { billingAddress: { city: 'Albany', id: 'a2' } }, true],
  ['another order of members', { extras: { one: { a: 2, b: 1 } } }, true],
  ['a later version', { version: 2, updatedAt: 'now' }, true],
  ['what the shopper was told', { payments: [{ id: 'p1', method: 'card', data: { seenTotal: '6' } }] }, true],
  ['another quantity', { lineItems: [{ id: 'l1', sku: 'tea', quantity: 3 }] }, false],
  ['another city', { billingAddress: { id: 'a1', city: 'Troy' } }, false],
  ['another payment', { payments: [{ id: 'p2', method: 'card' }] }, false],
  ['a coupon', { couponCodes: ['TEN'] }, false],
  ['another buyer', { buyer: { email: 'b@polytill.test' } }, false],
])('%s', (_what, change, isSame) => {
  expect(isSamePurchase(cart, { ...cart, ...change } as unknown as Cart)).toBe(isSame)
})
