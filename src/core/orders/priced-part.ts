import type { LineItemId } from '../ids.js'
import { allocate, type Minor, sumOf } from '../money.js'
import { sumOfAmounts } from '../pricing/amounts.js'
import type { AppliedDiscount, PricedCart, PricedConsignment, PricedLine } from '../pricing/priced-cart.js'
import { totalsOf } from '../pricing/totals.js'
import type { OrderPart } from './order.js'

/**
 * What one seller's part of an order is made of, as if it had been bought alone: its lines, its shares of every shipment,
 * and the totals of these. The parts of an order add up to it in each figure; fees belong to no line and stand in the
 * first part, as in `orderParts`. Gift cards, payments and the lists of taxes are those of the whole order.
 *
 * @param isFirst  the part that carries the fees
 */
export function pricedPart(snapshot: PricedCart, part: OrderPart, isFirst: boolean): PricedCart {
  const lines = part.lines.flatMap(position => snapshot.lines[position] ?? [])
  if (lines.length === snapshot.lines.length) return snapshot
  const own = new Set(lines.map(({ item }) => item.id))
  const consignments = snapshot.consignments.flatMap(entry => shareOf(entry, own, snapshot.cart.priceMode === 'gross'))
  const fees = isFirst ? snapshot.fees : []
  const totals = totalsOf(lines, consignments, fees)
  const kept = new Set(consignments.map(({ consignment }) => consignment.id))
  return {
    ...snapshot,
    cart: {
      ...snapshot.cart,
      lineItems: lines.map(({ item }) => item),
      consignments: snapshot.cart.consignments.filter(({ id }) => kept.has(id)),
    },
    lines,
    consignments,
    fees,
    discounts: discountsOf(snapshot.discounts, lines, consignments),
    // Nobody pays a part: the gift cards of the order are not counted against it.
    totals: { ...totals, giftCards: 0n, amountDue: totals.grandTotal },
  }
}

/** Discounts that took something off this part, with what they took off it. */
function discountsOf(
  applied: readonly AppliedDiscount[],
  lines: readonly PricedLine[],
  consignments: readonly PricedConsignment[],
): readonly AppliedDiscount[] {
  const taken = new Map<string, Minor>()
  const shares = [
    ...lines.flatMap(line => [...line.discounts, ...line.options.flatMap(option => option.discounts ?? [])]),
    ...consignments.flatMap(entry => entry.discounts),
  ]
  for (const { discountId, amount } of shares) taken.set(discountId, (taken.get(discountId) ?? 0n) + amount)
  return applied.flatMap(discount => {
    const amount = taken.get(discount.id) ?? 0n
    return amount === 0n ? [] : [{ ...discount, amount }]
  })
}

/** A consignment's part for these lines; none where it carries nothing of them. */
function shareOf(
  entry: PricedConsignment,
  own: ReadonlySet<LineItemId>,
  isGross: boolean,
): readonly PricedConsignment[] {
  const places = entry.items.flatMap(({ lineItemId }, place) => (own.has(lineItemId) ? [place] : []))
  if (places.length === 0) return []
  const weights = entry.lineShares.map(({ net, gross }) => (isGross ? gross : net))
  // Free shipping has no shares to go by: then each line counts as its pieces.
  const isFree = weights.every(weight => weight === 0n)
  const spread = (amount: Minor) =>
    allocate(amount, isFree ? entry.items.map(({ quantity }) => BigInt(quantity)) : weights)
  const sumOfOwn = (amounts: readonly Minor[]) => sumOf(places.map(place => amounts[place] ?? 0n))
  const lineShares = places.flatMap(place => entry.lineShares[place] ?? [])
  const discounts = entry.discounts.map(share => ({ ...share, amount: sumOfOwn(spread(share.amount)) }))
  const discount = sumOf(discounts.map(({ amount }) => amount))
  const amount = sumOfAmounts(lineShares)
  return [
    {
      ...entry,
      items: places.flatMap(place => entry.items[place] ?? []),
      lineShares,
      amount,
      discounts,
      discount,
      price: sumOfOwn(spread(entry.price - entry.discount)) + discount,
    },
  ]
}
