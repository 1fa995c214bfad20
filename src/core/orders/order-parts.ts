import { invariant } from '../assert.js'
import type { OrderNumberPattern } from '../catalog/channel.js'
import type { LineItemId, SellerId } from '../ids.js'
import type { Minor } from '../money.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import type { OrderPart } from './order.js'
import { partNumber } from './order-number.js'

/**
 * Splits a priced cart by seller, in order of first appearance. A part is worth its lines and its share of every
 * shipment that carries them; fees belong to no line and go to the first part. The parts add up to the grand total.
 *
 * @throws InvariantError when the cart is empty or its figures do not add up
 */
export function orderParts(
  priced: PricedCart,
  pattern: Pick<OrderNumberPattern, 'groupSuffix'>,
  number: string,
): readonly OrderPart[] {
  invariant(priced.lines.length > 0, 'an order has lines')
  const linesBySeller = new Map<SellerId, number[]>()
  for (const [position, { item }] of priced.lines.entries()) {
    const known = linesBySeller.get(item.seller)
    if (known === undefined) linesBySeller.set(item.seller, [position])
    else known.push(position)
  }
  const totals = totalsBySeller(priced)
  const parts = [...linesBySeller].map(([seller, lines], position) => ({
    number: partNumber(pattern, number, position),
    seller,
    lines,
    total: totals.get(seller) ?? 0n,
  }))
  const sum = parts.reduce((total, part) => total + part.total, 0n)
  invariant(sum === priced.totals.grandTotal, 'the parts of an order add up to its grand total')
  return parts
}

function totalsBySeller(priced: PricedCart): ReadonlyMap<SellerId, Minor> {
  const sellerOf = new Map<LineItemId, SellerId>(priced.lines.map(({ item }) => [item.id, item.seller]))
  const totals = new Map<SellerId, Minor>()
  const add = (seller: SellerId | undefined, amount: Minor): void => {
    const owner = seller ?? priced.lines[0]?.item.seller
    invariant(owner !== undefined, 'an order has lines')
    totals.set(owner, (totals.get(owner) ?? 0n) + amount)
  }
  for (const { item, total } of priced.lines) add(item.seller, total.gross)
  for (const { items, lineShares, amount } of priced.consignments) {
    for (const [position, share] of lineShares.entries()) {
      add(sellerOf.get(items[position]?.lineItemId ?? ''), share.gross)
    }
    // A shipment without lines has no shares; what it costs, if anything, goes where fees go.
    if (lineShares.length === 0) add(undefined, amount.gross)
  }
  for (const fee of priced.fees) add(undefined, fee.amount.gross)
  return totals
}
