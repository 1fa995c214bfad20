import { describe, expect, it } from 'vitest'
import type { CheckoutError } from '../../core/errors.js'
import { type Place, type Wording, wireErrors, wordRefusal } from './errors.js'
import { textsOf } from './texts.js'

function wording(place: Place, overrides: Partial<Wording> = {}): Wording {
  const locale = overrides.locale ?? 'en_US'
  return { place, texts: textsOf(locale), locale, currency: 'EUR', strictPaymentMapping: false, ...overrides }
}

function worded(error: CheckoutError, place: Place, overrides: Partial<Wording> = {}) {
  return wordRefusal(error, wording(place, overrides)).map(({ status, code, detail }) => [status, code, detail])
}

describe('the same refusal', () => {
  it.each([
    [{ code: 'cart_not_found' }, 'carts', [404, '101', 'Cart with given uuid not found.']],
    [{ code: 'cart_not_found' }, 'checkout', [422, '1103', 'Cart not found.']],
    [{ code: 'cart_not_found' }, 'checkout-data', [422, '1103', 'Cart not found.']],
    [{ code: 'cart_locked' }, 'checkout', [422, '1103', 'Cart not found.']],
    [
      { code: 'cart_already_ordered', orderId: 'o', orderNumber: 'DE--1' },
      'checkout',
      [422, '1103', 'Cart not found.'],
    ],
    [{ code: 'cart_empty' }, 'checkout', [422, '1104', 'Cart is empty.']],
    [{ code: 'cart_empty' }, 'codes', [422, '3302', "Cart code can't be added."]],
    [{ code: 'sign_in_required' }, 'carts', [403, '002', 'Missing access token.']],
    [{ code: 'customer_not_found' }, 'customers', [404, '402', 'Customer not found.']],
    [{ code: 'customer_not_found' }, 'addresses', [403, '411', 'Unauthorized request.']],
    [{ code: 'address_not_found', addressId: 'x' }, 'addresses', [404, '404', 'Address was not found.']],
    [{ code: 'address_not_found', addressId: 'x' }, 'checkout', [422, '1102', 'Customer address with ID x not found.']],
    [{ code: 'order_not_found' }, 'orders', [404, '801', "Can't find order by the given order reference"]],
    [{ code: 'order_not_found' }, 'order-payments', [404, undefined, 'Order not found.']],
    [{ code: 'channel_unknown', channel: 'x' }, 'carts', [422, '112', 'Store data is invalid.']],
    [{ code: 'channel_unknown', channel: 'x' }, 'stores', [404, '601', 'Store not found.']],
    [{ code: 'coupon_used_up', couponCode: 'ONCE' }, 'codes', [422, '3302', "Cart code can't be added."]],
    [{ code: 'coupon_used_up', couponCode: 'ONCE' }, 'checkout', [422, '1102', 'The code ONCE can no longer be used.']],
    [{ code: 'token_invalid' }, 'refresh-tokens', [401, '004', 'Failed to refresh token.']],
    [{ code: 'product_not_found', sku: 'fake' }, 'items', [422, '102', 'Product "fake" not found']],
    [
      { code: 'insufficient_stock', sku: 'TWENTY', name: 'Twenty', available: 3 },
      'items',
      [422, '102', 'Item TWENTY only has availability of 3.'],
    ],
    [
      { code: 'insufficient_stock', sku: 'TWENTY', name: 'Twenty', available: 0 },
      'checkout',
      [422, '1102', 'Item TWENTY no longer available.'],
    ],
  ] satisfies readonly [CheckoutError, Place, readonly unknown[]][])('%j at %s', (error, place, expected) => {
    expect(worded(error, place)).toEqual([expected])
  })
})

describe('a threshold', () => {
  const error = { code: 'threshold_unmet', kind: 'hard_maximum', amount: 1_000_000n, message: '' } as const

  it('names its amount as the locale writes it', () => {
    expect(worded(error, 'checkout')).toEqual([
      [
        422,
        '1102',
        'The cart value cannot be higher than €10,000.00. Please remove some items to proceed with the order',
      ],
    ])
    expect(worded(error, 'checkout', { locale: 'de_DE' })[0]?.[2]).toContain('10.000,00')
  })

  it("has the store's own message where there is one", () => {
    const own = { ...error, message: 'At most {{threshold}}!' }
    expect(worded(own, 'checkout-data')).toEqual([[422, '1101', 'At most €10,000.00!']])
  })
})

describe('problems of a cart', () => {
  it('are each an error of its own, lines by their group keys', () => {
    const error: CheckoutError = {
      code: 'cart_invalid',
      problems: [
        { code: 'line_out_of_stock', lineItemId: 'l1', sku: 'A', available: 2 },
        { code: 'line_unassigned', lineItemId: 'l2', quantity: 1 },
        { code: 'shipping_option_missing', consignmentId: 'c' },
      ],
    }
    expect(worded(error, 'checkout', { groupKeyOf: id => (id === 'l2' ? 'B-1' : id) })).toEqual([
      [422, '1101', 'Item A only has availability of 2.'],
      [422, '1102', 'No shipment selected for the cart item B-1.'],
      [422, '1102', 'Shipment method not found.'],
    ])
  })
})

describe('an unknown payment method', () => {
  const error = { code: 'payment_method_unknown', method: 'm', provider: 'p' } as const

  it('has its own code only where the store maps strictly', () => {
    expect(worded(error, 'checkout')).toEqual([[422, '1102', 'Checkout payment is not valid']])
    expect(worded(error, 'checkout', { strictPaymentMapping: true })).toEqual([
      [422, '1108', 'Payment method "m" of payment provider "p" is invalid'],
    ])
  })
})

describe('texts that the platform translates', () => {
  it('are in the language of the answer', () => {
    const error = { code: 'product_not_found', sku: 'fake' } as const
    expect(worded(error, 'items', { locale: 'de_DE' })).toEqual([[422, '102', 'Produkt "fake" wurde nicht gefunden']])
    expect(worded(error, 'items', { locale: 'fr_FR' })).toEqual([[422, '102', 'Product "fake" not found']])
  })
})

describe('the table', () => {
  it('answers every refusal with a status, and a code of digits where there is one', () => {
    const data = {
      problems: [{ code: 'payment_short', missing: 1n }],
      fields: ['city'],
      amount: 1n,
      quantity: 0,
      available: 0,
      message: '',
      kind: 'hard_maximum',
    }
    for (const code of Object.keys(wireErrors) as (keyof typeof wireErrors)[]) {
      const errors = wordRefusal({ ...data, code } as unknown as CheckoutError, wording('checkout'))
      expect(errors.length, code).toBeGreaterThan(0)
      for (const { status, code: wireCode, detail } of errors) {
        expect(status, code).toBeGreaterThanOrEqual(400)
        expect(wireCode ?? '0', code).toMatch(/^\d+$/)
        expect(detail, code).not.toBe('')
      }
    }
  })
})
