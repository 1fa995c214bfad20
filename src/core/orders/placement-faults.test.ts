import { describe, expect, it } from 'vitest'
import {
  cart,
  consignment,
  facts,
  giftCard,
  line,
  paymentMethod,
  preset,
  rate,
  shippingMethod,
  variant,
  withCode,
} from '../../../test/golden/builders.js'
import type { Cart } from '../cart/cart.js'
import { limits } from '../limits.js'
import type { Facts } from '../pricing/facts.js'
import { priceCart } from '../pricing/price-cart.js'
import { placementFault, type Requirement } from './placement-faults.js'

const policy = preset('grossCarried')
const tenOff = { kind: 'percent_off_order', rate: rate('10') } as const
const late = withCode('LATE', tenOff, {}, { endsAt: '2020-01-01T00:00:00.000Z' })
const dear = withCode('DEAR', tenOff, { conditions: [{ kind: 'subtotal', atLeast: { EUR: 1_000_000n } }] })
const shop = facts({
  policy,
  variants: [
    variant('mug', 1_000n),
    variant('song', 500n, { kind: 'digital' }),
    variant('palace', limits.orderMinor + 1n),
  ],
  promotions: [late.promotion, dear.promotion],
  coupons: [late.coupon, dear.coupon],
  giftCards: [giftCard('GIFT', 50_000n), giftCard('EMPTY', 0n)],
  shippingMethods: [shippingMethod('standard', 490n)],
  paymentMethods: [paymentMethod('invoice')],
})
const all: readonly Requirement[] = ['billing_address', 'shipping_address', 'shipping_option', 'payment', 'email']

const ready = cart([line('mug', 2)], {
  buyer: { email: 'a@polytill.test' },
  billingAddress: { country: 'DE' },
  consignments: [consignment('standard')],
  payments: [{ id: 's1', method: 'invoice' }],
})

function fault(changes: Partial<Cart>, requires: readonly Requirement[] = all, more: Partial<Facts> = {}) {
  return placementFault(priceCart({ ...ready, ...changes }, { ...shop, ...more }), requires)
}

const { billingAddress: _, ...unbilled } = ready

describe('an order may be placed', () => {
  it('when everything that is required is there', () => {
    expect(fault({})).toBeUndefined()
  })

  it('without what nobody requires', () => {
    const bare = cart([line('mug', 1)])
    expect(placementFault(priceCart(bare, shop), [])).toBeUndefined()
  })

  it('with a coupon that merely takes nothing off now', () => {
    expect(fault({ couponCodes: ['DEAR'] })).toBeUndefined()
  })

  it('without a payment where nothing is left to pay', () => {
    expect(fault({ payments: [], giftCards: [{ code: 'GIFT' }] })).toBeUndefined()
  })
})

describe('an order is refused', () => {
  it('of an empty cart, before anything else', () => {
    expect(fault({ lineItems: [], consignments: [] })).toEqual({ code: 'cart_empty' })
  })

  it('that is worth more than any number may say', () => {
    expect(fault({ lineItems: [line('palace', 1)] })).toEqual({
      code: 'limit_reached',
      limit: 'order_total',
      maximum: Number(limits.orderMinor),
    })
  })

  it('that buys more gift cards than one order may', () => {
    const person = { name: 'Ada', email: 'ada@example.com' }
    const certificates = (quantity: number) => ({
      ...line('', quantity),
      origin: { kind: 'gift_certificate', amount: 100n, name: 'Gift', sender: person, recipient: person } as const,
    })
    const { giftCardsPerOrder: maximum } = limits
    expect(fault({ lineItems: [certificates(maximum), { ...certificates(1), id: 'more' }] })).toEqual({
      code: 'limit_reached',
      limit: 'gift_cards_bought',
      maximum,
    })
    expect(fault({ lineItems: [certificates(maximum)] })).not.toMatchObject({ limit: 'gift_cards_bought' })
  })

  it.each<readonly [string, Partial<Cart>, object]>([
    ['of something that is gone', { lineItems: [line('gone', 1)] }, { code: 'line_not_found', sku: 'gone' }],
    ['with a coupon that is over', { couponCodes: ['LATE'] }, { code: 'coupon_invalid', couponCode: 'LATE' }],
    ['with a coupon that nobody knows', { couponCodes: ['WHAT'] }, { code: 'coupon_invalid', status: 'unknown' }],
    ['with an empty gift card', { giftCards: [{ code: 'EMPTY' }] }, { code: 'gift_card_invalid', status: 'empty' }],
    ['by a shipping option that is gone', { consignments: [consignment('drone')] }, { code: 'shipping_option_gone' }],
    ['without a shipping option', { consignments: [consignment()] }, { code: 'shipping_option_missing' }],
    ['by an unknown payment', { payments: [{ id: 's', method: 'gold' }] }, { code: 'payment_method_unknown' }],
    [
      'that is paid in part',
      { payments: [{ id: 's', method: 'invoice', amount: 1n }] },
      { code: 'payment_short', missing: 2_489n },
    ],
    [
      'for a country that does not exist',
      { billingAddress: { country: 'XX' } },
      { code: 'country_unknown', part: 'billing' },
    ],
  ])('%s', (_name, changes, problem) => {
    expect(fault(changes)).toMatchObject({
      code: 'cart_invalid',
      problems: expect.arrayContaining([expect.objectContaining(problem)]),
    })
  })

  it('for everything that is wrong with it at once; a wrong country twice is told once per address', () => {
    const nowhere = consignment('standard', { country: 'XX' })
    const found = fault({
      couponCodes: ['LATE'],
      billingAddress: { country: 'XX' },
      consignments: [nowhere, { ...nowhere, id: 'two' }],
    })
    const problems = found?.code === 'cart_invalid' ? found.problems : []
    const countries = problems.filter(problem => problem.code === 'country_unknown')
    expect(countries).toEqual([
      { code: 'country_unknown', part: 'billing', country: 'XX' },
      { code: 'country_unknown', part: 'shipping', country: 'XX' },
    ])
    expect(problems.map(({ code }) => code)).toContain('coupon_invalid')
  })

  it('of more than there is', () => {
    expect(fault({}, all, { stock: new Map([['mug', 1]]) })).toMatchObject({
      code: 'cart_invalid',
      problems: [{ code: 'line_out_of_stock', sku: 'mug', available: 1 }],
    })
  })

  it('billed to somebody of whom no place is known, where an address is required', () => {
    const missing = { code: 'address_incomplete', part: 'billing', fields: [] }
    const contact = { firstName: 'Ada', lastName: 'Tester', phone: '+12125550100', email: 'ada@example.com' }
    for (const requires of ['billing_address', 'billing_address_if_due'] as const) {
      expect(placementFault(priceCart({ ...ready, billingAddress: contact }, shop), [requires])).toEqual(missing)
      expect(
        placementFault(priceCart({ ...ready, billingAddress: { city: 'Berlin' } }, shop), [requires]),
      ).toBeUndefined()
    }
  })

  it('without an e-mail address, billing address, shipping address or payment, where they are required', () => {
    expect(fault({ buyer: {} })).toEqual({ code: 'email_missing' })
    expect(placementFault(priceCart(unbilled, shop), all)).toMatchObject({
      code: 'address_incomplete',
      part: 'billing',
    })
    const unaddressed = [consignment('standard', { destination: { kind: 'unknown' } })]
    const shipping = { code: 'address_incomplete', part: 'shipping', fields: [] }
    expect(fault({ consignments: unaddressed }, ['shipping_address'])).toMatchObject(shipping)
    expect(fault({ consignments: [] }, ['shipping_address'])).toMatchObject(shipping)
    expect(fault({ payments: [] })).toEqual({ code: 'payment_missing' })
  })

  it('with goods that a split delivery forgot, whatever is required', () => {
    const items = [{ lineItemId: 'line-mug', quantity: 1 }]
    const problem = { code: 'line_unassigned', lineItemId: 'line-mug', quantity: 1 }
    expect(fault({ consignments: [consignment('standard', { items })] }, [])).toEqual({
      code: 'cart_invalid',
      problems: [problem],
    })
  })

  it.each<readonly [Requirement, Partial<Cart>]>([
    ['email', { buyer: {} }],
    ['payment', { payments: [] }],
    ['payment', { payments: [{ id: 's', method: 'invoice', amount: 1n }] }],
    ['shipping_option', { consignments: [consignment()] }],
  ])('for %s only where it is required', (requirement, changes) => {
    expect(fault(changes)).toBeDefined()
    expect(
      fault(
        changes,
        all.filter(each => each !== requirement),
      ),
    ).toBeUndefined()
  })
})
