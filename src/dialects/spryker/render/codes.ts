import type { AppliedDiscount, PricedCart, PricedCoupon, PricedGiftCard } from '../../../core/pricing/priced-cart.js'
import type { Attributes, Resource } from '../json-api.js'
import { toWire } from '../money.js'
import { wireTime } from './time.js'

/** End of a discount that has none: the attribute is a text in every release. (inferred) */
const noEnd = '9999-12-31 23:59:59.000000'

/** Vouchers that take something off now; the id is the code. */
export function renderVouchers(priced: PricedCart): readonly Resource[] {
  return priced.coupons
    .filter(coupon => coupon.status === 'applied')
    .map(coupon => ({
      type: 'vouchers',
      id: coupon.code,
      self: `/vouchers/${encodeURIComponent(coupon.code)}`,
      attributes: voucherAttributes(priced, coupon),
    }))
}

/** Discounts that nobody had to type a code for; the id is the discount's integer id. */
export function renderCartRules(priced: PricedCart): readonly Resource[] {
  return priced.discounts
    .filter(discount => discount.couponCode === undefined)
    .map(discount => ({
      type: 'cart-rules',
      id: discount.integerId.toString(),
      attributes: discountAttributes(discount, { code: null, discountType: 'cart_rule' }),
    }))
}

/** Gift cards on the cart that can pay; `actualValue` is what the card holds. */
export function renderGiftCards(priced: PricedCart, cartType: string): readonly Resource[] {
  return priced.giftCards
    .filter(card => card.status === 'applied')
    .map(card => ({
      type: 'gift-cards',
      id: card.code,
      self: `/${cartType}/${priced.cart.id}/cart-codes/${encodeURIComponent(card.code)}`,
      attributes: giftCardAttributes(card, priced.currency),
    }))
}

function voucherAttributes(priced: PricedCart, coupon: PricedCoupon): Attributes {
  const discount = priced.discounts.find(each => each.couponCode === coupon.code)
  if (discount !== undefined) {
    return {
      ...discountAttributes(discount, { code: coupon.code, discountType: 'voucher' }),
      amount: toWire(coupon.amount),
    }
  }
  return {
    amount: toWire(coupon.amount),
    code: coupon.code,
    discountType: 'voucher',
    displayName: coupon.name ?? coupon.code,
    isExclusive: coupon.isExclusive,
    expirationDateTime: coupon.endsAt === undefined ? noEnd : wireTime(coupon.endsAt),
    discountPromotionAbstractSku: null,
    discountPromotionQuantity: null,
  }
}

function discountAttributes(
  discount: AppliedDiscount,
  kind: { readonly code: string | null; readonly discountType: 'voucher' | 'cart_rule' },
): Attributes {
  return {
    amount: toWire(discount.amount),
    ...kind,
    displayName: discount.name,
    isExclusive: discount.isExclusive,
    expirationDateTime: discount.endsAt === undefined ? noEnd : wireTime(discount.endsAt),
    discountPromotionAbstractSku: null,
    discountPromotionQuantity: null,
  }
}

function giftCardAttributes(card: PricedGiftCard, currency: string): Attributes {
  return {
    code: card.code,
    name: card.name,
    value: toWire(card.initial),
    currencyIsoCode: currency,
    actualValue: toWire(card.balance),
    isActive: true,
  }
}
