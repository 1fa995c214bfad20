import { describe, expect, it } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import { priceCart } from '../../src/core/pricing/price-cart.js'
import {
  consignment,
  type FactsInput,
  facts,
  giftCard,
  line,
  netCart,
  preset,
  promotion,
  rate,
  shippingMethod,
  taxRate,
  variant,
  withCode,
  zone,
} from './builders.js'

// Figures: sections 5.3 to 5.8 of the dialect document.

const policy = preset('netPerLineStacked')
const goods = [variant('shirt', 1000n, { currency: 'USD' }), variant('shoe', 8500n, { currency: 'USD' })]
const summer = withCode('SUMMERSALE10', { kind: 'amount_off_order', amount: { USD: 1000n } })
const standard = shippingMethod('standard', 1000n, { currency: 'USD', zones: [{ country: 'US' }] })

function price(more: Partial<Cart>, store: Partial<FactsInput> = {}) {
  return priceCart(
    netCart('USD', [line('shirt', 3), line('shoe', 1)], {
      consignments: [consignment(undefined, { country: 'US' })],
      ...more,
    }),
    facts({
      policy,
      variants: goods,
      shippingMethods: [standard],
      promotions: [summer.promotion],
      coupons: [summer.coupon],
      ...store,
    }),
  )
}

describe('the documented checkout: three shirts and a shoe, 10.00 off, shipping 10.00', () => {
  const coupon = { couponCodes: ['SUMMERSALE10'] }

  it('costs 115', () => {
    const priced = price(coupon)
    expect(priced.totals).toMatchObject({
      subtotal: 11_500n,
      discount: 1000n,
      shipping: 1000n,
      fees: 0n,
      tax: 0n,
      grandTotal: 11_500n,
    })
    expect(priced.lines.map(one => one.discount)).toEqual([261n, 739n])
  })

  it('leaves 65 to pay after a gift card of 50', () => {
    const priced = price(
      { ...coupon, giftCards: [{ code: 'GIFT50DEMO' }] },
      { giftCards: [giftCard('GIFT50DEMO', 5000n)] },
    )
    expect(priced.totals).toMatchObject({ grandTotal: 11_500n, giftCards: 5000n, amountDue: 6500n })
  })

  it('takes the first option unasked', () => {
    expect(price({}).consignments[0]?.selected).toMatchObject({ id: 'standard' })
  })
})

it('a 20 % coupon on top of a 20 % rule is 36 % off in total', () => {
  const rule = promotion({ kind: 'percent_off_lines', rate: rate('20') })
  const coupon = withCode('TWENTY', { kind: 'percent_off_lines', rate: rate('20') })
  const store = { promotions: [coupon.promotion, rule], coupons: [coupon.coupon], shippingMethods: [] }
  const priced = price({ couponCodes: ['TWENTY'], consignments: [] }, store)
  expect(priced.discounts.map(one => [one.source, one.amount])).toEqual([
    ['promotion', 2300n],
    ['coupon', 1840n],
  ])
  expect(priced.totals.discount).toBe((11_500n * 36n) / 100n)
})

it('tax is on each line, fee and shipping after discounts, each rounded alone', () => {
  const zones = [zone('us', ['US'], [taxRate('8.875')])]
  const fee = { id: 'wrap', name: 'wrap', displayName: 'Wrapping', amount: 333n, taxClass: 'standard' }
  const priced = price({ couponCodes: ['SUMMERSALE10'], fees: [fee] }, { taxZones: zones })
  expect(priced.lines.map(one => one.total.tax)).toEqual([243n, 689n])
  expect(priced.fees[0]?.amount.tax).toBe(30n)
  expect(priced.consignments[0]?.amount.tax).toBe(89n)
  expect(priced.totals.tax).toBe(243n + 689n + 30n + 89n)
})

describe('gift cards', () => {
  const cards = [
    giftCard('FULL', 5000n),
    giftCard('EMPTY', 0n),
    giftCard('OFF', 5000n, { isActive: false }),
    giftCard('OLD', 5000n, { expiresAt: '2026-01-01T00:00:00.000Z' }),
    giftCard('EURO', 5000n, { currency: 'EUR' }),
  ]
  const use = (code: string, limit?: bigint) =>
    price({ giftCards: [{ code, ...(limit === undefined ? {} : { limit }) }] }, { giftCards: cards })

  it.each([
    ['EMPTY', 'empty'],
    ['OFF', 'disabled'],
    ['OLD', 'expired'],
    ['EURO', 'other_currency'],
    ['NONE', 'unknown'],
  ] as const)('%s is %s and pays nothing', (code, status) => {
    const priced = use(code)
    expect(priced.giftCards).toMatchObject([{ code, status, used: 0n }])
    expect(priced.totals.amountDue).toBe(priced.totals.grandTotal)
    expect(priced.problems).toContainEqual({ code: 'gift_card_invalid', giftCardCode: code, status })
  })

  it('pay at most what they were asked to', () => {
    expect(use('FULL', 1200n).giftCards).toMatchObject([{ used: 1200n, remaining: 3800n }])
  })
})

describe('subscriptions', () => {
  const monthly = line('shirt', 1, { subscription: { optionId: 'o', frequency: 'month', interval: 1 } })
  const terms = (more: Partial<Cart>) =>
    price(more, { giftCards: [giftCard('CARD', 9999n)] }).problems.filter(one => one.code === 'subscription_terms')

  it('stand alone in their cart, are not paid by gift card, and cost something', () => {
    expect(terms({ lineItems: [monthly] })).toEqual([])
    expect(terms({ lineItems: [monthly, line('shoe', 1)] })).toMatchObject([{ reason: 'one_line_only' }])
    expect(terms({ lineItems: [monthly], giftCards: [{ code: 'CARD' }] })).toMatchObject([{ reason: 'no_gift_card' }])
    const free = { ...monthly, origin: { kind: 'manual', unitPrice: 0n } } as const
    expect(terms({ lineItems: [free], consignments: [] })).toMatchObject([{ reason: 'total_above_zero' }])
  })
})
