import { invariant } from '../assert.js'
import { type Minor, sumOf } from '../money.js'
import { sumOfAmounts } from './amounts.js'
import type { PricedConsignment, PricedFee, PricedGiftCard, PricedLine, Totals } from './priced-cart.js'

/** Sums of everything but what gift cards pay. */
export type Purchase = Omit<Totals, 'giftCards' | 'amountDue'>

/** Adds up lines, shipping and fees. */
export function totalsOf(
  lines: readonly PricedLine[],
  consignments: readonly PricedConsignment[],
  fees: readonly PricedFee[],
): Purchase {
  const items = sumOfAmounts(lines.map(line => line.total))
  const shippingAmount = sumOfAmounts(consignments.map(one => one.amount))
  const feesAmount = sumOfAmounts(fees.map(fee => fee.amount))
  const itemDiscount = sumOf(lines.map(line => line.fullDiscount))
  const shippingDiscount = sumOf(consignments.map(one => one.discount))
  const grandTotal = items.gross + shippingAmount.gross + feesAmount.gross
  invariant(grandTotal >= 0n, 'a purchase never costs less than nothing')
  return {
    subtotal: sumOf(lines.map(line => line.subtotal)),
    itemDiscount,
    shippingDiscount,
    discount: itemDiscount + shippingDiscount,
    shipping: sumOf(consignments.map(one => one.price)),
    fees: sumOf(fees.map(fee => fee.price)),
    items,
    shippingAmount,
    feesAmount,
    tax: items.tax + shippingAmount.tax + feesAmount.tax,
    grandTotal,
  }
}

/** Takes off what gift cards pay. */
export function afterGiftCards(purchase: Purchase, giftCards: readonly PricedGiftCard[]): Totals {
  const paid: Minor = sumOf(giftCards.map(card => card.used))
  invariant(paid <= purchase.grandTotal, 'gift cards pay at most the whole purchase')
  return { ...purchase, giftCards: paid, amountDue: purchase.grandTotal - paid }
}
