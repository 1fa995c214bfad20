import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, variant } from '../../../../test/golden/builders.js'
import type { Cart } from '../../cart/cart.js'
import type { Facts } from '../../pricing/facts.js'
import { priceCart } from '../../pricing/price-cart.js'
import type { Condition } from '../promotion.js'

const store = facts({
  policy: preset('grossCarried'),
  variants: [variant('tea', 1000n, { categories: ['drinks'] }), variant('cup', 500n, { categories: ['dishes'] })],
})
const bought = cart([line('tea', 2), line('cup', 1)])

/** Whether a promotion with this condition applies to the cart. */
function holds(condition: Condition, more: Partial<Cart> = {}, known: Partial<Facts> = {}): boolean {
  const promotion = {
    id: 'p',
    integerId: 1,
    name: 'p',
    channels: ['shop'],
    isActive: true,
    isExclusive: false,
    needsCoupon: false,
    conditions: [condition],
    benefits: [{ kind: 'amount_off_order' as const, amount: { EUR: 1n } }],
    used: 0,
  }
  const priced = priceCart({ ...bought, ...more }, { ...store, ...known, promotions: [promotion] })
  const [loser] = priced.losing
  if (loser !== undefined) expect(loser).toMatchObject({ reason: 'condition_not_met', condition: condition.kind })
  return priced.discounts.length === 1
}

describe('subtotal', () => {
  it('is reached at its bounds and not beyond them', () => {
    expect(holds({ kind: 'subtotal', atLeast: { EUR: 2500n } })).toBe(true)
    expect(holds({ kind: 'subtotal', atLeast: { EUR: 2501n } })).toBe(false)
    expect(holds({ kind: 'subtotal', atMost: { EUR: 2500n } })).toBe(true)
    expect(holds({ kind: 'subtotal', atMost: { EUR: 2499n } })).toBe(false)
  })

  it('never qualifies in a currency that is not listed', () => {
    expect(holds({ kind: 'subtotal', atLeast: { CHF: 0n } })).toBe(false)
    expect(holds({ kind: 'subtotal', atMost: { CHF: 9_999_999n } })).toBe(false)
  })
})

it('quantity counts the pieces that the selector names', () => {
  expect(holds({ kind: 'quantity', atLeast: 3 })).toBe(true)
  expect(holds({ kind: 'quantity', atLeast: 3, of: { skus: ['tea'] } })).toBe(false)
  expect(holds({ kind: 'quantity', atLeast: 2, of: { categories: ['drinks'] } })).toBe(true)
  expect(holds({ kind: 'quantity', atLeast: 2, of: { categories: ['drinks'], skus: ['cup'] } })).toBe(false)
})

it('products and categories ask for one of them, gifts left out', () => {
  expect(holds({ kind: 'products', skus: ['cup', 'pot'] })).toBe(true)
  expect(holds({ kind: 'products', skus: ['pot'] })).toBe(false)
  expect(holds({ kind: 'categories', categories: ['dishes'] })).toBe(true)
  expect(holds({ kind: 'categories', categories: ['books'] })).toBe(false)
  const gift = { lineItems: [line('tea', 1), line('cup', 1, { giftOf: 'p' })] }
  expect(holds({ kind: 'products', skus: ['cup'] }, gift)).toBe(false)
})

describe('the customer', () => {
  it('is in the groups that the store knows, whatever the cart claims', () => {
    const condition = { kind: 'customer_group' as const, groups: ['staff'] }
    expect(holds(condition, {}, { customer: { groups: ['staff'], orderCount: 3 } })).toBe(true)
    expect(holds(condition, { buyer: { customerGroup: 'staff' } })).toBe(false)
  })

  it('orders for the first time only when the store knows so', () => {
    expect(holds({ kind: 'first_order' }, {}, { customer: { groups: [], orderCount: 0 } })).toBe(true)
    expect(holds({ kind: 'first_order' }, {}, { customer: { groups: [], orderCount: 1 } })).toBe(false)
    expect(holds({ kind: 'first_order' })).toBe(false)
  })
})

it('a payment method holds with its number of installments', () => {
  const payments = [{ id: 'p', method: 'visa', installments: 3 }]
  expect(holds({ kind: 'payment_method', methods: ['visa'] }, { payments })).toBe(true)
  expect(holds({ kind: 'payment_method', methods: ['visa'], installments: 3 }, { payments })).toBe(true)
  expect(holds({ kind: 'payment_method', methods: ['visa'], installments: 1 }, { payments })).toBe(false)
  expect(holds({ kind: 'payment_method', methods: ['invoice'] }, { payments })).toBe(false)
})

it('marketing compares one field', () => {
  const condition = { kind: 'marketing' as const, field: 'source' as const, values: ['newsletter'] }
  expect(holds(condition, { marketing: { source: 'newsletter' } })).toBe(true)
  expect(holds(condition, { marketing: { campaign: 'newsletter' } })).toBe(false)
  expect(holds(condition)).toBe(false)
})

it('weekdays are days where the channel is, Sunday the seventh', () => {
  const on = (now: string, days: number[], timeZone = 'UTC') =>
    holds({ kind: 'weekdays', days }, {}, { now, channel: { ...store.channel, timeZone } })
  expect(on('2026-11-22T23:59:59.999Z', [7])).toBe(true)
  expect(on('2026-11-23T00:00:00.000Z', [7])).toBe(false)
  expect(on('2026-11-23T00:00:00.000Z', [1])).toBe(true)
  // Still Sunday in Sao Paulo, Monday already in Tokyo.
  expect(on('2026-11-23T02:59:59.999Z', [7], 'America/Sao_Paulo')).toBe(true)
  expect(on('2026-11-23T03:00:00.000Z', [1], 'America/Sao_Paulo')).toBe(true)
  expect(on('2026-11-22T15:00:00.000Z', [1], 'Asia/Tokyo')).toBe(true)
  expect(on('2026-11-22T14:59:59.999Z', [7], 'Asia/Tokyo')).toBe(true)
})

it('currency and country', () => {
  expect(holds({ kind: 'currency', currencies: ['EUR'] })).toBe(true)
  expect(holds({ kind: 'currency', currencies: ['CHF'] })).toBe(false)
  expect(holds({ kind: 'country', countries: ['FR'] })).toBe(false)
  expect(holds({ kind: 'country', countries: ['FR'] }, { billingAddress: { country: 'FR' } })).toBe(true)
})
