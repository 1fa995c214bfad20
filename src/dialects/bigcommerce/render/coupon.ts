import type { Minor } from '../../../core/money.js'
import type { AppliedDiscount, PricedCoupon } from '../../../core/pricing/priced-cart.js'
import { giftCardsAlone } from '../../../core/pricing/store-credit.js'
import type { Rate } from '../../../core/rate.js'
import type { RenderContext } from './context.js'

/** Kinds of coupons, with the numbers that v2 gives them. Source: dialects/bigcommerce.md 5.6. */
export const couponTypes = [
  'per_item_discount',
  'percentage_discount',
  'per_total_discount',
  'shipping_discount',
  'free_shipping',
  'promotion',
] as const
export type CouponType = (typeof couponTypes)[number]

/** A coupon that is on the cart and counts. One that does not apply is not shown. */
interface CouponFigures {
  readonly coupon: PricedCoupon
  readonly type: CouponType
  /** Of a coupon that is one percentage. */
  readonly rate?: Rate
  /** What it takes off. */
  readonly amount: Minor
}

/** The coupons of a cart that apply, in the order in which they were entered. */
export function appliedCoupons({ cart, figures }: RenderContext): readonly CouponFigures[] {
  return cart.coupons
    .filter(coupon => coupon.status === 'applied')
    .map(coupon => {
      const { promotionId = '' } = coupon
      const discount = cart.discounts.find(one => one.id === promotionId)
      const makesAnOffer = cart.consignments.some(one => one.offers.some(offer => offer.promotionId === promotionId))
      const type = typeOf(discount, makesAnOffer)
      const amount = figures.byDiscount.get(promotionId) ?? 0n
      const isRate = type === 'percentage_discount' && discount?.rate !== undefined
      return { coupon, type, amount, ...(isRate ? { rate: discount.rate } : {}) }
    })
}

function typeOf(discount: AppliedDiscount | undefined, makesAnOffer: boolean): CouponType {
  if (discount === undefined) return makesAnOffer ? 'free_shipping' : 'promotion'
  if (discount.target === 'shipping') return discount.isPercent ? 'free_shipping' : 'shipping_discount'
  if (discount.isPercent) return 'percentage_discount'
  return discount.target === 'lines' ? 'per_item_discount' : 'per_total_discount'
}

/** Coupons as the server-to-server API shows them. */
export function serverCoupons(context: RenderContext) {
  return appliedCoupons(context).map(({ coupon, type, amount }) => ({
    id: coupon.integerId,
    code: coupon.code,
    coupon_type: type,
    display_name: coupon.name ?? coupon.code,
    discounted_amount: context.money(amount),
  }))
}

/** The same for the storefront. */
export function storefrontCoupons(context: RenderContext) {
  return appliedCoupons(context).map(({ coupon, type, amount }) => ({
    id: coupon.integerId,
    code: coupon.code,
    couponType: type,
    displayName: coupon.name ?? coupon.code,
    discountedAmount: context.money(amount),
  }))
}

/** Gift certificates that pay a part, as the storefront shows them; the server-to-server checkout shows the same in snake case. */
export function storefrontGiftCertificates({ cart, money }: RenderContext) {
  return payingCards(cart).map(card => ({
    code: card.code,
    balance: money(card.balance),
    used: money(card.used),
    remaining: money(card.remaining),
    purchaseDate: '',
  }))
}

export function serverGiftCertificates({ cart, money }: RenderContext) {
  return payingCards(cart).map(card => ({
    code: card.code,
    balance: money(card.balance),
    used: money(card.used),
    remaining: money(card.remaining),
    purchase_date: '',
  }))
}

/** Cards that may pay; of one that was disabled or taken back since, nothing is shown. */
function payingCards(cart: RenderContext['cart']) {
  return giftCardsAlone(cart).filter(({ status }) => status === 'applied')
}
