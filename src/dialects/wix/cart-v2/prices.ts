import type { Minor } from '../../../core/money.js'
import type { AppliedDiscount, PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import { pricesOf } from '../render/line-item.js'
import type { JsonObject } from '../validation.js'

/** Prices of a line of V2, minor units. */
export interface LinePricesV2 {
  /** One piece before the catalog's discount, and after it. */
  readonly full: Minor
  readonly sale: Minor
  /** One piece, and all of them, after what was taken off the line itself. */
  readonly unit: Minor
  readonly all: Minor
}

/** What one discount takes off one line. */
export interface LineShare {
  readonly discount: AppliedDiscount
  readonly amount: Minor
}

/** Shares of the discounts of some target in one line, options included. */
export function lineShares(
  line: PricedLine,
  priced: PricedCart,
  isMeant: (discount: AppliedDiscount) => boolean,
): readonly LineShare[] {
  const shares = [...line.discounts, ...line.options.flatMap(option => option.discounts ?? [])]
  return priced.discounts.filter(isMeant).flatMap(discount => {
    const amount = shares.reduce((sum, share) => (share.discountId === discount.id ? sum + share.amount : sum), 0n)
    return amount === 0n ? [] : [{ discount, amount }]
  })
}

/** Whether a discount is taken off single lines, so that their prices show it. */
export function isOfLines({ target }: AppliedDiscount): boolean {
  return target === 'lines'
}

/** A line's prices as V2 tells them apart. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202, ItemPricingInfo. */
export function linePricesV2(line: PricedLine, priced: PricedCart): LinePricesV2 {
  const { full, beforeDiscounts: sale } = pricesOf(line, priced)
  const off = lineShares(line, priced, isOfLines).reduce((sum, { amount }) => sum + amount, 0n)
  const all = line.subtotal - off
  const quantity = BigInt(line.quantity)
  return { full, sale, unit: off === 0n ? sale : (2n * all + quantity) / (2n * quantity), all }
}

/** All lines after what was taken off them, before what is taken off the cart. */
export function subtotalV2(priced: PricedCart): Minor {
  return priced.lines.reduce((sum, line) => sum + linePricesV2(line, priced).all, 0n)
}

/** Where a discount comes from: V2 knows coupons, and what applies by itself. */
export function renderDiscountSource({ id, source }: AppliedDiscount, priced: PricedCart): JsonObject {
  const isCoupon = source === 'coupon'
  return compact({
    sourceType: isCoupon ? 'COUPON' : 'AUTOMATIC_RULE',
    couponCode: isCoupon ? priced.coupons.find(coupon => coupon.promotionId === id)?.code : undefined,
  })
}
