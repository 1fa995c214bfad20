import { describe, expect, it } from 'vitest'
import { cart, facts, giftCard, line, preset, rate, variant, withCode } from '../../../test/golden/builders.js'
import { limits } from '../limits.js'
import type { GiftCard } from '../pricing/facts.js'
import type { PricingPolicy } from '../pricing/policy.js'
import type { Cart } from './cart.js'
import { addCoupon, addGiftCard, couponFault, removeCoupon, removeGiftCard } from './codes.js'
import type { DecisionContext } from './decision.js'

const policy = preset('grossCarried')
const variants = [variant('mug', 1_000n)]
const now = facts({ policy }).now
const tenOff = { kind: 'percent_off_order', rate: rate('10') } as const
const fiftyOff = { kind: 'percent_off_order', rate: rate('50') } as const

const ten = withCode('TEN', tenOff)
const known = [
  ten,
  withCode('LATE', tenOff, {}, { endsAt: '2020-01-01T00:00:00.000Z' }),
  withCode('EARLY', tenOff, {}, { startsAt: '2099-01-01T00:00:00.000Z' }),
  withCode('SPENT', tenOff, {}, { usageLimit: 1, used: 1 }),
  withCode('DEAR', tenOff, { conditions: [{ kind: 'subtotal', atLeast: { EUR: 1_000_000n } }] }),
  withCode('BIG', fiftyOff, { competesIn: 'codes' }),
  withCode('SMALL', tenOff, { competesIn: 'codes' }),
]

function context(more: Partial<PricingPolicy> = {}, cards: readonly GiftCard[] = []): DecisionContext {
  const shop = facts({
    policy: { ...policy, ...more },
    variants,
    promotions: known.map(each => each.promotion),
    coupons: known.map(each => each.coupon),
    giftCards: cards,
  })
  return { facts: shop, newId: () => 'id' }
}

const mugs = cart([line('mug', 2)])

function withCoupons(...couponCodes: readonly string[]): Cart {
  return { ...mugs, couponCodes }
}

describe('a coupon', () => {
  it('that takes something off is added as the store writes it, however it was typed', () => {
    for (const typed of ['TEN', 'ten', ' Ten ']) {
      expect(addCoupon(mugs, typed, context())).toEqual({ ok: true, value: withCoupons('TEN') })
    }
  })

  it.each([
    ['NOBODY', { code: 'coupon_unknown' }],
    ['LATE', { code: 'coupon_expired', endedAt: '2020-01-01T00:00:00.000Z' }],
    ['EARLY', { code: 'coupon_not_started' }],
    ['SPENT', { code: 'coupon_used_up' }],
    [
      'DEAR',
      {
        code: 'coupon_not_applicable',
        condition: 'subtotal',
        bound: { side: 'below', amount: { minor: 1_000_000n, currency: 'EUR' } },
      },
    ],
  ])('%s is refused and not kept', (couponCode, error) => {
    expect(addCoupon(mugs, couponCode, context())).toEqual({ ok: false, error: { ...error, couponCode } })
  })

  it('that a better one beats is refused; one that beats is taken', () => {
    const beaten = addCoupon(withCoupons('BIG'), 'SMALL', context())
    expect(beaten).toEqual({ ok: false, error: { code: 'coupon_beaten', couponCode: 'SMALL' } })
    expect(addCoupon(withCoupons('SMALL'), 'BIG', context())).toEqual({ ok: true, value: withCoupons('SMALL', 'BIG') })
  })

  it('is there once, however it is typed', () => {
    const error = { code: 'coupon_present', couponCode: 'ten' }
    expect(addCoupon(withCoupons('TEN'), 'ten', context())).toEqual({ ok: false, error })
  })

  it('is refused by a full cart, or takes the place of the oldest', () => {
    const refusing = context({ coupons: { max: 1, whenFull: 'refuse' } })
    const error = { code: 'coupons_full', maximum: 1 }
    expect(addCoupon(withCoupons('TEN'), 'BIG', refusing)).toEqual({ ok: false, error })
    const replacing = context({ coupons: { max: 2, whenFull: 'replace' } })
    const next = addCoupon(withCoupons('DEAR', 'TEN'), 'BIG', replacing)
    expect(next).toEqual({ ok: true, value: withCoupons('TEN', 'BIG') })
    const single = context({ coupons: { max: 1, whenFull: 'replace' } })
    expect(addCoupon(withCoupons('TEN'), 'BIG', single)).toEqual({ ok: true, value: withCoupons('BIG') })
  })

  it('is refused where a cart may have none, also where another would take the place of the oldest', () => {
    const none = { max: 0, whenFull: 'replace' } as const
    const without = context({ coupons: none, giftCards: none }, [giftCard('GIFT', 5_000n)])
    expect(addCoupon(mugs, 'TEN', without)).toMatchObject({ ok: false, error: { code: 'coupons_full', maximum: 0 } })
    const paying = addGiftCard(mugs, 'GIFT', undefined, without)
    expect(paying).toMatchObject({ ok: false, error: { code: 'gift_cards_full', maximum: 0 } })
  })

  it('stays within the limit of all carts, whatever the channel allows', () => {
    const held = withCoupons(...Array.from({ length: limits.couponsPerCart }, (_, at) => `C${at}`))
    const generous = context({ coupons: { max: 1_000, whenFull: 'refuse' } })
    const error = { code: 'coupons_full', maximum: limits.couponsPerCart }
    expect(addCoupon(held, 'TEN', generous)).toEqual({ ok: false, error })
  })

  it('is taken off however it is typed; one that is not there is told', () => {
    expect(removeCoupon(withCoupons('TEN', 'BIG'), ' ten')).toEqual({ ok: true, value: withCoupons('BIG') })
    const error = { code: 'coupon_absent', couponCode: 'TEN' }
    expect(removeCoupon(withCoupons('BIG'), 'TEN')).toEqual({ ok: false, error })
  })

  it('that applies has no fault', () => {
    const applied = { code: 'TEN', integerId: 1, isExclusive: false, status: 'applied', amount: 1n } as const
    expect(couponFault(applied)).toBeUndefined()
    expect(couponFault({ ...applied, status: 'unknown' })).toEqual({ code: 'coupon_unknown', couponCode: 'TEN' })
    expect(couponFault({ ...applied, status: 'expired' })).toEqual({ code: 'coupon_expired', couponCode: 'TEN' })
  })
})

describe('a gift card', () => {
  const good = giftCard('GIFT', 5_000n)
  const add = (card: GiftCard, to: Cart = mugs, code = card.code) =>
    addGiftCard(to, code, undefined, context({}, [card]))

  it('is added as the store writes it, with the limit that the shopper sets', () => {
    const within = context({}, [good])
    expect(addGiftCard(mugs, ' gift', 700n, within)).toEqual({
      ok: true,
      value: { ...mugs, giftCards: [{ code: 'GIFT', limit: 700n }] },
    })
    expect(addGiftCard(mugs, 'GIFT', undefined, within)).toEqual({
      ok: true,
      value: { ...mugs, giftCards: [{ code: 'GIFT' }] },
    })
  })

  it.each<readonly [string, Partial<GiftCard>]>([
    ['gift_card_disabled', { isActive: false }],
    ['gift_card_disabled', { startsAt: '2099-01-01T00:00:00.000Z' }],
    ['gift_card_expired', { expiresAt: '2020-01-01T00:00:00.000Z' }],
    ['gift_card_expired', { expiresAt: now }],
    ['gift_card_currency', { currency: 'USD' }],
    ['gift_card_empty', { balance: 0n }],
  ])('is refused: %s (%o)', (code, more) => {
    expect(add({ ...good, ...more })).toEqual({ ok: false, error: { code, giftCardCode: 'GIFT' } })
  })

  it.each<readonly [string, Partial<GiftCard>]>([
    ['of the cart’s currency', { currency: 'EUR' }],
    ['from its first moment on', { startsAt: now }],
    ['that ends later', { expiresAt: '2099-01-01T00:00:00.000Z' }],
  ])('%s is taken', (_, more) => {
    expect(add({ ...good, ...more }).ok).toBe(true)
  })

  it('that nobody issued is unknown', () => {
    const error = { code: 'gift_card_unknown', giftCardCode: 'OTHER' }
    expect(add(good, mugs, 'OTHER')).toEqual({ ok: false, error })
  })

  it('is there once, however it is typed', () => {
    const error = { code: 'gift_card_present', giftCardCode: 'gift' }
    expect(add(good, { ...mugs, giftCards: [{ code: 'GIFT' }] }, 'gift')).toEqual({ ok: false, error })
  })

  it('buys neither gift certificates nor subscriptions', () => {
    const person = { name: 'A', email: 'a@polytill.test' }
    const origin = { kind: 'gift_certificate', amount: 5n, name: 'C', sender: person, recipient: person } as const
    const subscription = { optionId: 'monthly', frequency: 'month', interval: 1 } as const
    const error = { code: 'gift_card_not_allowed', giftCardCode: 'GIFT' }
    expect(add(good, cart([line('mug', 1, { origin })]))).toEqual({ ok: false, error })
    expect(add(good, cart([line('mug', 1, { subscription })]))).toEqual({ ok: false, error })
  })

  it('is refused by a full cart, or takes the place of the oldest', () => {
    const held = { ...mugs, giftCards: [{ code: 'ONE' }, { code: 'TWO' }] }
    const error = { code: 'gift_cards_full', maximum: 2 }
    const refusing = context({ giftCards: { max: 2, whenFull: 'refuse' } }, [good])
    expect(addGiftCard(held, 'GIFT', undefined, refusing)).toEqual({ ok: false, error })
    const replacing = context({ giftCards: { max: 2, whenFull: 'replace' } }, [good])
    const next = addGiftCard(held, 'GIFT', undefined, replacing)
    expect(next).toMatchObject({ ok: true, value: { giftCards: [{ code: 'TWO' }, { code: 'GIFT' }] } })
  })

  it('is taken off however it is typed; one that is not there is told', () => {
    const held = { ...mugs, giftCards: [{ code: 'GIFT' }] }
    expect(removeGiftCard(held, 'gift')).toEqual({ ok: true, value: mugs })
    const error = { code: 'gift_card_absent', giftCardCode: 'GIFT' }
    expect(removeGiftCard(mugs, 'GIFT')).toEqual({ ok: false, error })
  })
})
