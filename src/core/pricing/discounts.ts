import type { Cart, ManualDiscount } from '../cart/cart.js'
import { type Minor, sumOf } from '../money.js'
import { amountOffOrder } from '../promotions/benefits/amount-off.js'
import { takeFromLine } from '../promotions/benefits/desk.js'
import type { CartFacts } from '../promotions/conditions/cart-facts.js'
import type { Promotion } from '../promotions/promotion.js'
import type { Workplace } from './apply-promotions.js'
import { type Ledger, openLedger, partsOfLine, takeShares } from './discount-ledger.js'
import type { Facts } from './facts.js'
import type { BaseLine } from './line-prices.js'
import type { AppliedDiscount, GiftChoice, GrantedGift, LosingPromotion, PricedCoupon } from './priced-cart.js'
import { type Candidate, type ScreenedCode, type Screening, screenPromotions } from './screening.js'
import { windowPrice } from './shipping-choice.js'
import type { BareOffer } from './shipping-offers.js'
import { stackPromotions, takesPercent } from './stacking.js'
import { destinationAddress } from './tax-zones.js'

export interface Discounting {
  readonly ledger: Ledger
  /** Promotions that apply, in order of application. */
  readonly winners: readonly Candidate[]
  readonly discounts: readonly AppliedDiscount[]
  /** Winners that took nothing. */
  readonly giving: readonly AppliedDiscount[]
  readonly losing: readonly LosingPromotion[]
  readonly coupons: readonly PricedCoupon[]
  readonly gifts: readonly GrantedGift[]
  readonly giftChoices: readonly GiftChoice[]
  /** What conditions saw. */
  readonly about: CartFacts
}

/** Takes off what promotions, coupons and people by hand take: lines, then the order, then shipping. */
export function discountCart(
  cart: Cart,
  facts: Facts,
  lines: readonly BaseLine[],
  chosen: readonly (BareOffer | undefined)[],
): Discounting {
  const about = cartFacts(cart, facts, lines, chosen)
  const screening = screenPromotions(cart, facts, about)
  const place = workplace(cart, facts, lines, chosen)
  const shipping = cart.consignments.map((consignment, index) => {
    const offer = chosen[index]
    return offer === undefined ? 0n : offer.price + windowPrice(consignment, offer)
  })
  const ledger = openLedger(lines, shipping)
  const { winners, losing } = stackPromotions(place, ledger, screening.candidates)
  takeByHand(cart, place, ledger)
  const allLosing = [...screening.losing, ...losing]
  return {
    ledger,
    winners,
    discounts: appliedDiscounts(cart, ledger, winners),
    giving: winners.flatMap(one => (ledger.taken.has(one.promotion.id) ? [] : [promotionDiscount(one, 0n, 'order')])),
    losing: allLosing,
    coupons: screening.codes.map(code => pricedCoupon(code, screening, winners, allLosing, ledger)),
    gifts: winners.flatMap(({ promotion }) => grantedGifts(promotion)),
    giftChoices: winners.flatMap(({ promotion }) => giftChoices(promotion)),
    about,
  }
}

/** What promotion conditions look at, with the given offers chosen. */
export function cartFacts(
  cart: Cart,
  facts: Facts,
  lines: readonly BaseLine[],
  chosen: readonly (BareOffer | undefined)[],
): CartFacts {
  const destinations = cart.consignments.flatMap(one => destinationAddress(one, facts)?.country ?? [])
  const billing = cart.billingAddress?.country
  return {
    cart,
    facts,
    lines,
    subtotal: sumOf(lines.map(line => line.subtotal)),
    shippingOptions: chosen.flatMap(offer => offer?.id ?? []),
    countries: destinations.length > 0 ? destinations : billing === undefined ? [] : [billing],
  }
}

function workplace(
  cart: Cart,
  facts: Facts,
  lines: readonly BaseLine[],
  chosen: readonly (BareOffer | undefined)[],
): Workplace {
  const { policy } = facts.channel
  return {
    lines,
    policy: policy.discounts,
    rounding: policy.rounding,
    currency: cart.currency,
    chosen,
    orderDiscountsReduceTax: policy.tax.orderDiscountsReduceTax,
  }
}

/** Manual discounts come after all promotions, each cut to what is left. */
function takeByHand(cart: Cart, place: Workplace, ledger: Ledger): void {
  const desk = { ...place, ledger }
  const positions = new Map(place.lines.map((line, index) => [line.item.id, index]))
  for (const discount of cart.manualDiscounts) {
    if (discount.lineItemId === undefined) {
      const takes = amountOffOrder(desk, discount.amount, {})
      takeShares(ledger, discount.id, 'order', place.orderDiscountsReduceTax, takes)
      continue
    }
    const line = positions.get(discount.lineItemId)
    if (line === undefined) continue
    const takes = takeFromLine(desk, line, discount.amount, partsOfLine(ledger, line))
    takeShares(ledger, discount.id, 'lines', true, takes)
  }
}

function appliedDiscounts(cart: Cart, ledger: Ledger, winners: readonly Candidate[]): readonly AppliedDiscount[] {
  const promotions = new Map(winners.map(winner => [winner.promotion.id, winner]))
  const manual = new Map(cart.manualDiscounts.map((discount, index) => [discount.id, { discount, index }]))
  return [...ledger.taken].flatMap(([id, { amount, level }]) => {
    const winner = promotions.get(id)
    if (winner !== undefined) return [promotionDiscount(winner, amount, level)]
    const byHand = manual.get(id)
    return byHand === undefined ? [] : [manualDiscount(byHand.discount, byHand.index, amount)]
  })
}

function promotionDiscount(
  { promotion, coupon }: Candidate,
  amount: Minor,
  target: AppliedDiscount['target'],
): AppliedDiscount {
  const [only, ...others] = promotion.benefits
  const rate = only !== undefined && others.length === 0 && 'rate' in only ? only.rate : undefined
  return {
    id: promotion.id,
    integerId: promotion.integerId,
    source: coupon === undefined ? 'promotion' : 'coupon',
    name: promotion.name,
    ...(promotion.description === undefined ? {} : { description: promotion.description }),
    ...(coupon === undefined ? {} : { couponCode: coupon.code }),
    target,
    isPercent: takesPercent(promotion),
    ...(rate === undefined ? {} : { rate }),
    isExclusive: promotion.isExclusive,
    ...(promotion.endsAt === undefined ? {} : { endsAt: promotion.endsAt }),
    amount,
  }
}

function manualDiscount(discount: ManualDiscount, index: number, amount: Minor): AppliedDiscount {
  return {
    id: discount.id,
    integerId: index + 1,
    source: 'manual',
    name: discount.name,
    target: discount.lineItemId === undefined ? 'order' : 'lines',
    isPercent: false,
    isExclusive: false,
    amount,
  }
}

function pricedCoupon(
  { code, coupon, promotion, fault, isUsedUpByCustomer }: ScreenedCode,
  screening: Screening,
  winners: readonly Candidate[],
  losing: readonly LosingPromotion[],
  ledger: Ledger,
): PricedCoupon {
  const about = {
    code,
    integerId: coupon?.integerId ?? 0,
    isExclusive: promotion?.isExclusive ?? false,
    ...(coupon === undefined ? {} : { promotionId: coupon.promotionId }),
    ...(promotion === undefined ? {} : { name: promotion.name }),
    ...(promotion?.description === undefined ? {} : { description: promotion.description }),
    ...endOf(coupon?.endsAt ?? promotion?.endsAt),
  }
  if (fault !== undefined) {
    return { ...about, status: fault, amount: 0n, ...(isUsedUpByCustomer === true ? { isUsedUpByCustomer } : {}) }
  }
  const winner = winners.find(one => one.promotion.id === promotion?.id)
  if (winner !== undefined && winner.coupon === coupon) {
    return { ...about, status: 'applied', amount: ledger.taken.get(winner.promotion.id)?.amount ?? 0n }
  }
  // A second code of the same promotion activates nothing more.
  if (screening.candidates.some(one => one.promotion.id === promotion?.id && one.coupon !== coupon)) {
    return { ...about, status: 'beaten', amount: 0n }
  }
  const { reason, condition, bound } = losing.find(one => one.promotionId === promotion?.id) ?? {}
  if (reason === 'exclusive_other' || reason === 'better_other') return { ...about, status: 'beaten', amount: 0n }
  const unmet = { ...(condition === undefined ? {} : { condition }), ...(bound === undefined ? {} : { bound }) }
  return { ...about, status: 'not_applicable', amount: 0n, ...unmet }
}

function endOf(endsAt: string | undefined): { readonly endsAt?: string } {
  return endsAt === undefined ? {} : { endsAt }
}

function giftChoices({ id: promotionId, benefits }: Promotion): readonly GiftChoice[] {
  return benefits.flatMap(benefit =>
    benefit.kind === 'gift_choice' ? [{ promotionId, skus: benefit.skus, quantity: benefit.quantity }] : [],
  )
}

function grantedGifts(promotion: Promotion): readonly GrantedGift[] {
  return promotion.benefits.flatMap(benefit =>
    benefit.kind === 'free_gift' ? [{ promotionId: promotion.id, sku: benefit.sku, quantity: benefit.quantity }] : [],
  )
}
