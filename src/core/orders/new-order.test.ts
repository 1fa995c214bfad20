import { describe, expect, it } from 'vitest'
import {
  cart,
  consignment,
  facts,
  giftCard,
  line,
  paymentMethod,
  preset,
  promotion,
  rate,
  shippingMethod,
  variant,
  withCode,
} from '../../../test/golden/builders.js'
import type { Cart } from '../cart/cart.js'
import type { Customer } from '../customers/customer.js'
import { sumOf } from '../money.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { cartWhilePlacing, newOrder, newPayments } from './new-order.js'

const policy = preset('grossCarried')
const now = '2026-11-21T09:00:00.000Z'
const ten = withCode('TEN', { kind: 'percent_off_order', rate: rate('10') })
const dear = withCode(
  'DEAR',
  { kind: 'percent_off_order', rate: rate('10') },
  {
    conditions: [{ kind: 'subtotal', atLeast: { EUR: 1_000_000n } }],
  },
)
const always = promotion({ kind: 'percent_off_lines', rate: rate('10') }, { id: 'always' })

const shop = facts({
  policy,
  variants: [
    variant('mug', 1_000n),
    variant('song', 500n, { kind: 'digital' }),
    variant('help', 700n, { kind: 'service' }),
  ],
  promotions: [ten.promotion, dear.promotion, always],
  coupons: [ten.coupon, dear.coupon],
  giftCards: [giftCard('GIFT', 600n), giftCard('SPARE', 9_000n)],
  shippingMethods: [shippingMethod('standard', 490n), shippingMethod('express', 900n)],
  paymentMethods: [paymentMethod('invoice'), paymentMethod('card', { provider: 'sandbox', kind: 'card', position: 2 })],
})

const filled = cart(
  [line('mug', 2), line('song', 1), line('help', 1), line('mug', 3, { id: 'apart', separate: 'x' })],
  {
    consignments: [consignment('standard')],
    couponCodes: ['TEN', 'DEAR'],
    giftCards: [{ code: 'GIFT' }],
    payments: [{ id: 's1', method: 'invoice' }],
    buyer: { email: 'a@polytill.test' },
    extras: { mine: 1 },
    purchase: 3,
  },
)

function order(of: Cart = filled, more: Partial<Parameters<typeof newOrder>[0]> = {}) {
  const priced = priceCart(of, shop)
  const made = newOrder({
    id: 'order-1',
    number: 'DE--1',
    priced,
    parts: [{ number: 'DE--1', seller: '1', lines: [0], total: priced.totals.grandTotal }],
    channel: shop.channel,
    customer: undefined,
    idempotencyKey: undefined,
    limited: new Set(),
    now,
    ...more,
  })
  return { order: made, priced }
}

describe('a new order', () => {
  it('is pending until the deadline of its channel, for the purchase and the owner of its cart', () => {
    const { order: made, priced } = order()
    expect(made).toMatchObject({
      id: 'order-1',
      number: 'DE--1',
      cartId: 'cart',
      purchase: 3,
      status: 'pending',
      paymentStatus: 'pending',
      fulfillmentStatus: 'unfulfilled',
      owner: filled.owner,
      email: 'a@polytill.test',
      grandTotal: priced.totals.grandTotal,
      amountDue: priced.totals.grandTotal - 600n,
      placedAt: now,
      deadline: '2026-11-21T09:05:00.000Z',
      version: 1,
      extras: { mine: 1 },
    })
  })

  it('keeps every figure, and of what was on offer only what was chosen', () => {
    const { order: made, priced } = order()
    const { snapshot } = made
    expect(snapshot.totals).toEqual(priced.totals)
    expect(snapshot.lines.map(({ total }) => total)).toEqual(priced.lines.map(({ total }) => total))
    expect(priced.consignments[0]?.offers).toHaveLength(2)
    expect(snapshot.consignments[0]?.offers).toEqual([priced.consignments[0]?.selected])
    expect(snapshot.lines[0]?.variant).toMatchObject({ sku: 'mug', prices: [], optionGroups: [] })
    expect([snapshot.paymentMethods, snapshot.losing]).toEqual([[], []])
    expect(snapshot.payments).toEqual(priced.payments)
  })

  it('holds goods that are stocked by SKU, codes that apply, and what gift cards pay', () => {
    expect(order().order.holds).toEqual({
      stock: [
        { sku: 'mug', quantity: 5 },
        { sku: 'song', quantity: 1 },
        { sku: 'help', quantity: 1 },
      ],
      coupons: [{ code: 'TEN', promotionId: 'of-TEN' }],
      giftCards: [{ code: 'GIFT', amount: 600n }],
    })
  })

  it('counts automatic promotions where their uses are limited', () => {
    const { coupons } = order(filled, { limited: new Set(['always', 'of-TEN', 'elsewhere']) }).order.holds
    expect(coupons).toEqual([
      { code: 'TEN', promotionId: 'of-TEN' },
      { code: '', promotionId: 'always' },
    ])
  })

  it('counts a limited promotion whose free shipping was chosen, not one whose offer was left', () => {
    const free = promotion({ kind: 'free_shipping_option', name: 'Free' }, { id: 'free', usageLimit: 1 })
    const uses = (option: string) => {
      const chosen = { ...filled, couponCodes: [], consignments: [consignment(option)] }
      const priced = priceCart(chosen, { ...shop, promotions: [free] })
      return order(chosen, { priced, limited: new Set(['free']) }).order.holds.coupons
    }
    expect(uses('free-free')).toEqual([{ code: '', promotionId: 'free' }])
    expect(uses('standard')).toEqual([])
  })

  it('holds nothing of a gift card that pays nothing', () => {
    const held = { ...filled, giftCards: [{ code: 'SPARE' }, { code: 'GIFT' }] }
    const { order: made, priced } = order(held)
    expect(made.holds.giftCards).toEqual([{ code: 'SPARE', amount: priced.totals.grandTotal }])
    expect(made).toMatchObject({ amountDue: 0n, paymentStatus: 'none' })
  })

  it('remembers the key under which it was placed, and the member’s address where none was given', () => {
    const customer = { email: 'member@polytill.test' } as Customer
    expect(order(filled, { idempotencyKey: 'k' }).order.extras).toEqual({ mine: 1, idempotencyKey: 'k' })
    expect(order(filled, { customer }).order.email).toBe('a@polytill.test')
    expect(order({ ...filled, buyer: {} }, { customer }).order.email).toBe('member@polytill.test')
    expect('email' in order({ ...filled, buyer: {} }).order).toBe(false)
  })
})

describe('its payments', () => {
  function payments(of: Cart) {
    const { order: made, priced } = order(of)
    let ids = 0
    const newId = () => {
      ids += 1
      return `p${ids}`
    }
    return { attempts: newPayments(made, priced, newId, now), due: made.amountDue }
  }

  it('are one attempt each, with a key of its own for the gateway', () => {
    const { attempts, due } = payments(filled)
    expect(attempts).toEqual([
      {
        id: 'p1',
        integerId: 0,
        orderId: 'order-1',
        method: 'invoice',
        provider: 'manual',
        state: 'created',
        amount: due,
        currency: 'EUR',
        captured: 0n,
        refunded: 0n,
        idempotencyKey: 'p1',
        display: { selectionId: 's1', methodName: 'invoice' },
        createdAt: now,
        updatedAt: now,
        version: 1,
      },
    ])
  })

  it('add up to what is due, and none is for nothing', () => {
    const split = [
      { id: 's1', method: 'card', amount: 1_000n },
      { id: 's2', method: 'invoice' },
      { id: 's3', method: 'invoice' },
    ]
    const { attempts, due } = payments({ ...filled, payments: split })
    expect(attempts.map(({ provider, amount }) => [provider, amount])).toEqual([
      ['sandbox', 1_000n],
      ['manual', due - 1_000n],
    ])
    expect(sumOf(attempts.map(({ amount }) => amount))).toBe(due)
    expect(payments({ ...filled, giftCards: [{ code: 'SPARE' }] }).attempts).toEqual([])
  })

  it.each([-1n, -1_000n, 0n, 1_000_000n])(
    'never ask for more than is due, whatever the shopper states (%i)',
    amount => {
      const odd = [
        { id: 's1', method: 'card', amount },
        { id: 's2', method: 'invoice' },
      ]
      const { attempts, due } = payments({ ...filled, payments: odd })
      expect(attempts.every(attempt => attempt.amount > 0n)).toBe(true)
      expect(sumOf(attempts.map(attempt => attempt.amount))).toBe(due)
    },
  )
})

it('a cart is frozen while its order is pending, unless it stays open', () => {
  const placing: Partial<PricedCart['cart']> = { status: 'placing', step: 'confirm', version: 2, updatedAt: now }
  expect(cartWhilePlacing(filled, {}, now)).toEqual({ ...filled, ...placing })
  const open = { ...filled, version: 2, updatedAt: now }
  expect(cartWhilePlacing(filled, { keepsCartOpen: true }, now)).toEqual(open)
})
