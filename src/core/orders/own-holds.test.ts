import { describe, expect, it } from 'vitest'
import { cart, facts, giftCard, line, preset, variant, withCode } from '../../../test/golden/builders.js'
import type { Cart } from '../cart/cart.js'
import type { Facts } from '../pricing/facts.js'
import { storeCreditCode } from '../pricing/store-credit.js'
import type { Holds, Order } from './order.js'
import { holdsForCart, mayLackOwnHolds, withOwnHolds } from './own-holds.js'

const benefit = { kind: 'amount_off_order', amount: { EUR: 500n } } as const
const once = withCode('ONCE', benefit, {}, { usageLimit: 1, used: 1, usedByCustomer: 1 })
const often = withCode('OFTEN', benefit, {}, { used: 7 })
const limited = { ...withCode('FIRST', benefit).promotion, id: 'first', needsCoupon: false, usageLimit: 2 }

/** As they stand while an order holds two mugs, one use of each and 30.00 of the card. */
const held = facts({
  policy: preset('grossCarried'),
  variants: [variant('mug', 1_000n), variant('pen', 100n)],
  stock: new Map([
    ['mug', 1],
    ['pen', 9],
  ]),
  promotions: [once.promotion, often.promotion, limited],
  promotionUses: new Map([['first', { used: 1, usedByCustomer: 0 }]]),
  coupons: [once.coupon, often.coupon],
  giftCards: [{ ...giftCard('GIFT', 2_000n), initial: 5_000n }, giftCard('WHOLE', 900n)],
})
const holds: Holds = {
  stock: [{ sku: 'mug', quantity: 2 }],
  coupons: [
    { code: 'ONCE', promotionId: once.promotion.id },
    { code: '', promotionId: 'first' },
  ],
  couponHolder: 'ana',
  giftCards: [{ code: 'GIFT', amount: 3_000n }],
}
const empty: Holds = { stock: [], coupons: [], giftCards: [] }

describe('a cart may lack what its own order holds', () => {
  const buyer = { email: 'ana@shop.example' }
  const plain = cart([line('mug', 1), line('pen', 9)], { buyer })
  const lacks = (more: Partial<Cart>, known: Partial<Facts> = {}) =>
    mayLackOwnHolds({ ...plain, ...more }, { ...held, ...known })

  it('where pieces are short, however many lines want them', () => {
    expect(lacks({})).toBe(false)
    expect(lacks({ lineItems: [line('mug', 1), line('mug', 1, { id: 'second' })] })).toBe(true)
    expect(lacks({ lineItems: [line('gone', 2)] })).toBe(false)
  })

  it('only where it may have been ordered: somebody said whom to write to, or it is frozen', () => {
    const short = { lineItems: [line('mug', 2)] }
    expect(lacks(short)).toBe(true)
    expect(lacks({ ...short, buyer: {} })).toBe(false)
    expect(lacks({ ...short, buyer: {}, status: 'placing' })).toBe(true)
  })

  it('where nobody asked for the stock: of gifts alone', () => {
    const { stock: _, ...unasked } = held
    const want = { ...plain, lineItems: [line('mug', 2)] }
    expect(mayLackOwnHolds(want, unasked)).toBe(false)
    expect(mayLackOwnHolds(want, { ...unasked, giftStock: new Map([['mug', 0]]) })).toBe(true)
  })

  it('where a code or a promotion was used as often as it may be', () => {
    expect(lacks({ couponCodes: ['OFTEN', 'NONE'] })).toBe(false)
    expect(lacks({ couponCodes: ['once'] })).toBe(true)
    expect(lacks({}, { promotionUses: new Map([['first', { used: 2, usedByCustomer: 0 }]]) })).toBe(true)
  })

  it('where a gift card was drawn on', () => {
    expect(lacks({ giftCards: [{ code: 'WHOLE' }, { code: 'NONE' }] })).toBe(false)
    expect(lacks({ giftCards: [{ code: 'gift' }] })).toBe(true)
  })

  it('where store credit pays: nobody knows how much of it there was', () => {
    const member = { kind: 'member', customerId: 'ana' } as const
    expect(lacks({ owner: member, usesStoreCredit: true })).toBe(true)
    expect(lacks({ owner: member })).toBe(false)
  })
})

describe('what an order holds', () => {
  it('is there for its own cart', () => {
    const free = withOwnHolds(held, { holds }, 'ana')
    expect(free.stock).toEqual(
      new Map([
        ['mug', 3],
        ['pen', 9],
      ]),
    )
    expect(free.coupons.get('once')).toEqual({ ...once.coupon, used: 0, usedByCustomer: 0 })
    expect(free.promotionUses).toEqual(new Map([['first', { used: 0, usedByCustomer: 0 }]]))
    expect(free.giftCards.get('gift')?.balance).toBe(5_000n)
    expect(free.coupons.get('often')).toEqual(often.coupon)
  })

  it('is there as store credit too', () => {
    const account = storeCreditCode('ana', 'EUR')
    const known = { ...held, storeCredit: new Map([[account, 100n]]) }
    const credit = { ...holds, giftCards: [...holds.giftCards, { code: account, amount: 900n }] }
    expect(withOwnHolds(known, { holds: credit }, 'ana').storeCredit).toEqual(new Map([[account, 1_000n]]))
  })

  it('belongs to a frozen cart always, to an open one only while the order waits beside it', () => {
    const order = (status: string, keepsCartOpen?: true) => ({ status, keepsCartOpen }) as unknown as Order
    expect(holdsForCart(order('pending'), { status: 'placing' })).toBe(true)
    expect(holdsForCart(order('pending', true), { status: 'open' })).toBe(true)
    expect(holdsForCart(order('pending'), { status: 'open' })).toBe(false)
    expect(holdsForCart(order('confirmed', true), { status: 'open' })).toBe(false)
  })

  it('counts for nobody else: uses of another buyer stay', () => {
    expect(withOwnHolds(held, { holds }, 'bea').coupons.get('once')).toMatchObject({ used: 0, usedByCustomer: 1 })
  })

  it('is never more than there was', () => {
    const twice = withOwnHolds(withOwnHolds(held, { holds }, 'ana'), { holds }, 'ana')
    expect(twice.coupons.get('once')).toMatchObject({ used: 0, usedByCustomer: 0 })
    expect(twice.giftCards.get('gift')?.balance).toBe(5_000n)
  })

  it('of nothing changes nothing', () => {
    expect(withOwnHolds(held, { holds: empty }, undefined)).toEqual(held)
  })
})
