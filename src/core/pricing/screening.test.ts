import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, promotion, rate, variant, withCode } from '../../../test/golden/builders.js'
import type { Promotion } from '../promotions/promotion.js'
import type { Coupon } from './facts.js'
import { priceCart } from './price-cart.js'

const policy = preset('netPerRate')
const before = '2026-11-21T07:59:59.999Z'
const now = '2026-11-21T08:00:00.000Z'

/** Status of one code, and what became of its promotion. */
function price(ofPromotion: Partial<Promotion>, ofCoupon: Partial<Coupon>, more: Promotion[] = []) {
  const code = withCode('CODE', { kind: 'amount_off_order', amount: { EUR: 300n } }, ofPromotion, ofCoupon)
  const store = facts({
    policy,
    variants: [variant('a', 1000n)],
    promotions: [code.promotion, ...more],
    coupons: [code.coupon],
  })
  return priceCart(cart([line('a', 1)], { couponCodes: ['CODE'] }), store)
}

describe('a code', () => {
  it.each([
    ['unknown', {}, { isActive: false }],
    ['unknown', { isActive: false }, {}],
    ['unknown', { channels: ['other'] }, {}],
    ['not_started', {}, { startsAt: '2026-11-21T08:00:00.001Z' }],
    ['not_started', { startsAt: '2026-12-01T00:00:00.000Z' }, {}],
    ['expired', {}, { endsAt: now }],
    ['expired', { endsAt: before }, {}],
    ['used_up', {}, { usageLimit: 2, used: 2 }],
    ['used_up', { usageLimit: 5, used: 5 }, {}],
    ['used_up', {}, { usageLimitPerCustomer: 1, usedByCustomer: 1 }],
    ['used_up', { usageLimitPerCustomer: 1 }, { usedByCustomer: 1 }],
    ['not_applicable', { conditions: [{ kind: 'quantity' as const, atLeast: 2 }] }, {}],
    ['applied', { startsAt: now, endsAt: '2026-11-21T08:00:00.001Z' }, { startsAt: now, usageLimit: 2, used: 1 }],
  ] as const)('is %s', (status, ofPromotion, ofCoupon) => {
    const priced = price(ofPromotion, ofCoupon)
    const amount = status === 'applied' ? 300n : 0n
    expect(priced.coupons).toMatchObject([{ code: 'CODE', status, amount }])
    expect(priced.totals.discount).toBe(amount)
    const stands = !['applied', 'not_applicable'].includes(status)
    expect(priced.problems.some(problem => problem.code === 'coupon_invalid')).toBe(stands)
  })

  it('that does not exist is unknown', () => {
    const priced = priceCart(cart([], { couponCodes: ['NONE'] }), facts({ policy }))
    expect(priced.coupons).toMatchObject([{ code: 'NONE', status: 'unknown', integerId: 0 }])
  })

  it('is beaten by an exclusive promotion, which says so', () => {
    const exclusive = promotion({ kind: 'percent_off_order', rate: rate('50') }, { isExclusive: true })
    const priced = price({}, {}, [exclusive])
    expect(priced.coupons).toMatchObject([{ status: 'beaten', amount: 0n }])
    expect(priced.losing).toMatchObject([{ couponCode: 'CODE', reason: 'exclusive_other', wouldTake: 300n }])
  })

  it('that takes nothing since nothing is left does not apply', () => {
    const everything = promotion({ kind: 'percent_off_order', rate: rate('100') }, { priority: 1 })
    expect(price({}, {}, [everything]).coupons).toMatchObject([{ status: 'not_applicable' }])
  })

  it('of a promotion that another code activates already is beaten', () => {
    const code = withCode('ONE', { kind: 'amount_off_order', amount: { EUR: 300n } })
    const store = facts({
      policy,
      variants: [variant('a', 1000n)],
      promotions: [code.promotion],
      coupons: [code.coupon, { ...code.coupon, code: 'TWO' }],
    })
    const priced = priceCart(cart([line('a', 1)], { couponCodes: ['ONE', 'TWO'] }), store)
    expect(priced.coupons.map(one => one.status)).toEqual(['applied', 'beaten'])
    expect(priced.totals.discount).toBe(300n)
  })
})

describe('an automatic promotion', () => {
  const off = (more: Partial<Promotion>) => {
    const one = promotion({ kind: 'amount_off_order', amount: { EUR: 300n } }, more)
    return priceCart(cart([line('a', 1)]), facts({ policy, variants: [variant('a', 1000n)], promotions: [one] }))
  }

  it.each([
    ['not_started', { startsAt: '2026-12-01T00:00:00.000Z' }],
    ['ended', { endsAt: now }],
    ['limit_reached', { usageLimit: 1, used: 1 }],
    ['condition_not_met', { conditions: [{ kind: 'first_order' as const }] }],
  ] as const)('loses because of %s', (reason, more) => {
    expect(off(more).losing).toMatchObject([{ reason }])
    expect(off(more).totals.discount).toBe(0n)
  })

  it('that needs a code, is off, or belongs elsewhere is not spoken of', () => {
    for (const more of [{ needsCoupon: true }, { isActive: false }, { channels: [] }]) {
      expect(off(more)).toMatchObject({ discounts: [], losing: [] })
    }
  })
})

describe('an automatic promotion with a limit', () => {
  const limited = (limits: Partial<Promotion>) =>
    promotion({ kind: 'amount_off_order', amount: { EUR: 300n } }, { used: 0, ...limits })
  const discount = (one: Promotion, used: number, usedByCustomer: number) => {
    const store = facts({ policy, variants: [variant('a', 1000n)], promotions: [one] })
    const promotionUses = new Map([[one.id, { used, usedByCustomer }]])
    return priceCart(cart([line('a', 1)]), { ...store, promotionUses })
  }

  it('applies until its uses, as they stand now, reach the limit', () => {
    const one = limited({ usageLimit: 2 })
    expect(discount(one, 1, 0).totals.discount).toBe(300n)
    const over = discount(one, 2, 0)
    expect(over.totals.discount).toBe(0n)
    expect(over.losing).toMatchObject([{ promotionId: one.id, reason: 'limit_reached' }])
  })

  it('applies once to a customer who may use it once', () => {
    const one = limited({ usageLimitPerCustomer: 1 })
    expect(discount(one, 9, 0).totals.discount).toBe(300n)
    expect(discount(one, 9, 1).totals.discount).toBe(0n)
  })
})
