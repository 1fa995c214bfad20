import type { Cart } from '../cart/cart.js'
import { codeKey } from '../cart/code-key.js'
import type { CartFacts } from '../promotions/conditions/cart-facts.js'
import { conditionHolds } from '../promotions/conditions/condition-holds.js'
import { missedBound } from '../promotions/conditions/contents.js'
import type { Promotion } from '../promotions/promotion.js'
import type { Coupon, Facts } from './facts.js'
import type { LosingPromotion, PricedCoupon } from './priced-cart.js'

/** A promotion whose conditions hold, and the coupon that activates it, if one does. */
export interface Candidate {
  readonly promotion: Promotion
  readonly coupon?: Coupon
}

export interface Screening {
  readonly candidates: readonly Candidate[]
  readonly losing: readonly LosingPromotion[]
  /** Per code on the cart, in its order: what is wrong with it, or the coupon. */
  readonly codes: readonly ScreenedCode[]
}

export interface ScreenedCode {
  readonly code: string
  readonly coupon?: Coupon
  readonly promotion?: Promotion
  /** Absent: valid; whether it applies is decided later. */
  readonly fault?: PricedCoupon['status']
  /** `used_up`, but only by the buyer at hand. */
  readonly isUsedUpByCustomer?: true
}

/** Finds the promotions that may apply to the cart, and says of the others why not. */
export function screenPromotions(cart: Cart, facts: Facts, about: CartFacts): Screening {
  const here = facts.promotions.filter(one => one.isActive && one.channels.includes(cart.channel))
  const byId = new Map(here.map(promotion => [promotion.id, promotion]))
  const codes = cart.couponCodes.map(code => screenCode(code, facts, byId))
  const activeCoupons = new Map<string, Coupon>()
  for (const { coupon, promotion, fault } of codes) {
    if (fault === undefined && coupon !== undefined && promotion !== undefined && !activeCoupons.has(promotion.id)) {
      activeCoupons.set(promotion.id, coupon)
    }
  }
  const candidates: Candidate[] = []
  const losing: LosingPromotion[] = []
  for (const promotion of here) {
    const coupon = activeCoupons.get(promotion.id)
    if (promotion.needsCoupon && coupon === undefined) continue
    const refusal = whyNot(promotion, about)
    if (refusal === undefined) candidates.push({ promotion, ...(coupon === undefined ? {} : { coupon }) })
    else losing.push({ ...lost(promotion, coupon), ...refusal })
  }
  return { candidates, losing, codes }
}

/** Start of an entry about a promotion that does not apply. */
export function lost(promotion: Promotion, coupon: Coupon | undefined): Omit<LosingPromotion, 'reason'> {
  return {
    promotionId: promotion.id,
    name: promotion.name,
    ...(coupon === undefined ? {} : { couponCode: coupon.code }),
  }
}

/** Whether a promotion's conditions hold; shipping options left aside, since each offer answers those for itself. */
export function holdsBesidesShipping(promotion: Promotion, about: CartFacts): boolean {
  return promotion.conditions.every(one => one.kind === 'shipping_option' || conditionHolds(one, about))
}

function whyNot(
  promotion: Promotion,
  about: CartFacts,
): Pick<LosingPromotion, 'reason' | 'condition' | 'bound'> | undefined {
  const { now } = about.facts
  if (promotion.startsAt !== undefined && now < promotion.startsAt) return { reason: 'not_started' }
  if (promotion.endsAt !== undefined && now >= promotion.endsAt) return { reason: 'ended' }
  if (isUsedUp(promotion, about.facts)) return { reason: 'limit_reached' }
  const failed = promotion.conditions.find(condition => !conditionHolds(condition, about))
  if (failed === undefined) return undefined
  const bound = failed.kind === 'subtotal' ? missedBound(failed, about) : undefined
  return { reason: 'condition_not_met', condition: failed.kind, ...(bound === undefined ? {} : { bound }) }
}

function screenCode(code: string, facts: Facts, promotions: ReadonlyMap<string, Promotion>): ScreenedCode {
  const coupon = facts.coupons.get(codeKey(code))
  if (coupon === undefined || !coupon.isActive) return { code, fault: 'unknown' }
  const promotion = promotions.get(coupon.promotionId)
  if (promotion === undefined) return { code, coupon, fault: 'unknown' }
  const fault = codeFault(coupon, promotion, facts)
  const byCustomer = fault === 'used_up' && !isUsedUpByAll(coupon, promotion, facts)
  return {
    code,
    coupon,
    promotion,
    ...(fault === undefined ? {} : { fault }),
    ...(byCustomer ? { isUsedUpByCustomer: true } : {}),
  }
}

/** Why a code that is known does not count now; undefined where it does. */
export function codeFault(coupon: Coupon, promotion: Promotion, facts: Facts): PricedCoupon['status'] | undefined {
  const { now } = facts
  const starts = [coupon.startsAt, promotion.startsAt]
  const ends = [coupon.endsAt, promotion.endsAt]
  if (starts.some(start => start !== undefined && now < start)) return 'not_started'
  if (ends.some(end => end !== undefined && now >= end)) return 'expired'
  const ofCustomer = coupon.usedByCustomer ?? 0
  const isOver =
    reached(coupon.used, coupon.usageLimit) ||
    reached(ofCustomer, coupon.usageLimitPerCustomer) ||
    reached(ofCustomer, promotion.usageLimitPerCustomer) ||
    isUsedUp(promotion, facts)
  return isOver ? 'used_up' : undefined
}

function isUsedUpByAll(coupon: Coupon, promotion: Promotion, { promotionUses }: Facts): boolean {
  const used = promotionUses?.get(promotion.id)?.used ?? promotion.used
  return reached(coupon.used, coupon.usageLimit) || reached(used, promotion.usageLimit)
}

/** Whether a promotion was used as often as it may be, by all or by the buyer at hand. */
export function isUsedUp(promotion: Promotion, { promotionUses }: Facts): boolean {
  const { used, usedByCustomer } = promotionUses?.get(promotion.id) ?? { used: promotion.used, usedByCustomer: 0 }
  return reached(used, promotion.usageLimit) || reached(usedByCustomer, promotion.usageLimitPerCustomer)
}

function reached(used: number, limit: number | undefined): boolean {
  return limit !== undefined && used >= limit
}
