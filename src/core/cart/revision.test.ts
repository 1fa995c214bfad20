import { describe, expect, it } from 'vitest'
import {
  consignment,
  facts,
  giftCard,
  line,
  netCart,
  preset,
  shippingMethod,
  variant,
  withCode,
} from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import type { DecisionContext } from './decision.js'
import { addLine, removeLine, setQuantity } from './line-items.js'
import { type CartRevision, reviseCart } from './revision.js'

const policy = preset('netPerLineStacked')
const usd = { currency: 'USD' }
const summer = withCode('SUMMER', { kind: 'amount_off_order', amount: { USD: 100n } })
const dear = withCode(
  'DEAR',
  { kind: 'amount_off_order', amount: { USD: 100n } },
  { conditions: [{ kind: 'subtotal', atLeast: { USD: 1_000_000n } }] },
)
const monthly = { subscription: { optionId: 'o', frequency: 'month', interval: 1 } } as const

function context(stock: Readonly<Record<string, number>> = { shirt: 5, shoe: 5 }): DecisionContext {
  let ids = 0
  const shop = facts({
    policy,
    variants: [variant('shirt', 1_000n, usd), variant('shoe', 8_500n, usd)],
    shippingMethods: [shippingMethod('standard', 1_000n, { ...usd, zones: [{ country: 'US' }] })],
    promotions: [summer.promotion, dear.promotion],
    coupons: [summer.coupon, dear.coupon],
    giftCards: [giftCard('CARD', 5_000n), giftCard('OTHER', 100n)],
  })
  return {
    facts: { ...shop, stock: new Map(Object.entries(stock)) },
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
  }
}

function revised(cart: Cart, revision: CartRevision): Cart {
  const result = reviseCart(cart, revision, undefined, context())
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const refusal = (cart: Cart, revision: CartRevision) => {
  const result = reviseCart(cart, revision, undefined, context())
  return result.ok ? 'accepted' : result.error
}

const shirts = netCart('USD', [line('shirt', 3)])
const toNewYork = netCart('USD', [line('shirt', 3)], { consignments: [consignment(undefined, { country: 'US' })] })

describe('a revision', () => {
  it('does everything that it names, in one step', () => {
    const next = revised(netCart('USD', [line('shirt', 3), line('shoe', 1, { sequence: 2 })], { lastSequence: 2 }), {
      removed: [{ id: 'line-shoe' }, { id: 'nobody' }],
      quantities: [{ lineItem: { id: 'line-shirt' }, quantity: 2 }],
      lines: [{ sku: 'shoe', quantity: 1 }],
      changes: cart => ({ customerNote: `${cart.lineItems.length} lines` }),
      coupon: 'SUMMER',
      giftCard: { code: 'CARD', limit: 200n },
    })
    expect(next.lineItems.map(item => [item.sku, item.quantity, item.sequence])).toEqual([
      ['shirt', 2, 1],
      ['shoe', 1, 3],
    ])
    expect(next).toMatchObject({
      customerNote: '2 lines',
      couponCodes: ['SUMMER'],
      giftCards: [{ code: 'CARD', limit: 200n }],
    })
  })

  it('is refused whole by the first thing that is', () => {
    expect(refusal(shirts, { lines: [{ sku: 'shoe', quantity: 1 }], coupon: 'NOBODY' })).toEqual({
      code: 'coupon_unknown',
      couponCode: 'NOBODY',
    })
    expect(refusal(shirts, { quantities: [{ lineItem: { id: 'x' }, quantity: 1 }] })).toEqual({
      code: 'line_not_found',
      lineItemId: 'x',
    })
  })

  it('changes no line whose quantity is fixed', () => {
    const fixed = netCart('USD', [line('shirt', 3, { hasFixedQuantity: true })])
    const change = (quantity: number) => ({ quantities: [{ lineItem: { id: 'line-shirt' }, quantity }] })
    expect(refusal(fixed, change(2))).toEqual({ code: 'quantity_invalid', quantity: 2, minimum: 3, maximum: 3 })
    expect(refusal(fixed, change(3))).toBe('accepted')
  })

  it('adds no line beyond the most that there may be; what is there already stays, and may grow or shrink', () => {
    const two = netCart('USD', [line('shirt', 1), line('shoe', 1)])
    const add = { lines: [{ sku: 'shoe', quantity: 1 }], terms: { mostLines: 1 } }
    expect(refusal(shirts, add)).toEqual({ code: 'limit_reached', limit: 'lines', maximum: 1 })
    expect(refusal(two, { ...add, lines: [{ sku: 'shoe', quantity: 1, onPresent: 'add' }] })).toBe('accepted')
    expect(refusal(two, { removed: [{ id: 'line-shoe' }], terms: { mostLines: 1 } })).toBe('accepted')
  })

  it('has one coupon and one gift card: another one replaces it, the same one is no fault, null takes it off', () => {
    const held = revised(shirts, { coupon: 'SUMMER', giftCard: { code: 'CARD' } })
    expect(revised(held, { coupon: 'summer', giftCard: { code: 'card', limit: 1n } })).toMatchObject({
      couponCodes: ['SUMMER'],
      giftCards: [{ code: 'CARD', limit: 1n }],
    })
    expect(revised(held, { giftCard: { code: 'OTHER' } }).giftCards).toEqual([{ code: 'OTHER' }])
    expect(revised(held, { coupon: null, giftCard: null })).toMatchObject({ couponCodes: [], giftCards: [] })
  })

  it('refuses a good coupon that takes nothing off, or keeps it until it does', () => {
    expect(refusal(shirts, { coupon: 'DEAR' })).toMatchObject({ code: 'coupon_not_applicable' })
    expect(revised(shirts, { coupon: 'DEAR', terms: { idleCoupon: 'keep' } }).couponCodes).toEqual(['DEAR'])
    expect(refusal(shirts, { coupon: 'NOBODY', terms: { idleCoupon: 'keep' } })).toMatchObject({
      code: 'coupon_unknown',
    })
  })
})

describe('a shipping option that is not on offer', () => {
  const choose = (selectedOption: string): NonNullable<CartRevision['changes']> => ({
    consignments: [{ destination: { kind: 'address', address: { country: 'US' } }, selectedOption }],
  })

  it('stays as a soft problem, is refused, or is not kept', () => {
    const changes = choose('pigeon')
    expect(revised(toNewYork, { changes }).consignments[0]?.selectedOption).toBe('pigeon')
    expect(refusal(toNewYork, { changes, terms: { unofferedOption: 'refuse' } })).toEqual({
      code: 'shipping_option_not_found',
      optionId: 'pigeon',
    })
    const dropped = revised(toNewYork, { changes, terms: { unofferedOption: 'drop' } })
    expect(dropped.consignments[0]).not.toHaveProperty('selectedOption')
  })

  it('is also one whose carrier is another than the client means', () => {
    const terms = { unofferedOption: 'refuse', isOptionMeant: () => false } as const
    expect(refusal(toNewYork, { changes: choose('standard'), terms })).toMatchObject({ code: 'invalid_input' })
    expect(refusal(toNewYork, { changes: choose('standard'), terms: { unofferedOption: 'refuse' } })).toBe('accepted')
  })
})

describe('the terms of a subscription', () => {
  const terms = { subscriptionTerms: 'refuse' } as const
  const beans = netCart('USD', [line('shirt', 1, monthly)])

  it('refuse a second line and a gift card, where they are to be kept', () => {
    const another = { lines: [{ sku: 'shoe', quantity: 1 }] }
    expect(refusal(beans, { ...another, terms })).toEqual({
      code: 'cart_invalid',
      problems: [{ code: 'subscription_terms', reason: 'one_line_only' }],
    })
    expect(refusal(beans, { giftCard: { code: 'CARD' }, terms })).toEqual({
      code: 'cart_invalid',
      problems: [{ code: 'subscription_terms', reason: 'no_gift_card' }],
    })
    expect(refusal(beans, another)).toBe('accepted')
  })

  it('say nothing of carts without one', () => {
    expect(refusal(shirts, { lines: [{ sku: 'shoe', quantity: 1 }], giftCard: { code: 'CARD' }, terms })).toBe(
      'accepted',
    )
  })
})

describe('lines that cannot be had', () => {
  const added = (sku: string, quantity: number, stock: Readonly<Record<string, number>>) => {
    const result = addLine(netCart('USD', []), { sku, quantity, ifUnavailable: 'keep' }, context(stock))
    return result.ok ? result.value.lineItems.map(item => item.quantity) : result.error.code
  }

  it('stay in the cart where that is asked for, unknown or sold out', () => {
    expect(added('nothing', 2, {})).toEqual([2])
    expect(added('shirt', 2, { shirt: 0 })).toEqual([2])
    const strict = addLine(netCart('USD', []), { sku: 'nothing', quantity: 2 }, context())
    expect(strict).toMatchObject({ ok: false, error: { code: 'product_not_found' } })
  })

  it('are cut to what is there, also when fewer are asked for than before', () => {
    expect(added('shirt', 9, { shirt: 5 })).toEqual([5])
    const fewer = setQuantity(netCart('USD', [line('shirt', 9)]), 'line-shirt', 8, context({ shirt: 5 }))
    expect(fewer).toMatchObject({ ok: true, value: { lineItems: [{ quantity: 5 }] } })
  })
})

it('the number of a line that left is given to no other', () => {
  const first = addLine(netCart('USD', []), { sku: 'shirt', quantity: 1 }, context())
  if (!first.ok) throw new Error(first.error.code)
  const emptied = removeLine(first.value, first.value.lineItems[0]?.id ?? '')
  if (!emptied.ok) throw new Error(emptied.error.code)
  const second = addLine(emptied.value, { sku: 'shoe', quantity: 1 }, context())
  expect(second).toMatchObject({ ok: true, value: { lineItems: [{ sku: 'shoe', sequence: 2 }] } })
})
