import type { Cart } from '../cart/cart.js'
import type { LineItemId } from '../ids.js'
import type { Goods } from './goods.js'

/** Pieces of the line at position `line` of the cart. */
export interface AssignedPieces {
  readonly line: number
  readonly lineItemId: LineItemId
  readonly quantity: number
}

export interface Assignment {
  /** In the order of `cart.consignments`. */
  readonly consignments: readonly (readonly AssignedPieces[])[]
  /** Pieces that need shipping and go nowhere. */
  readonly unassigned: readonly AssignedPieces[]
  /** Position of the first consignment that carries pieces of the line. */
  readonly consignmentOfLine: readonly (number | undefined)[]
}

/**
 * Says which pieces go where. A consignment takes what it names, as far as the line has pieces left; the first one that
 * names nothing takes all that no other names. Only goods that need shipping are carried.
 */
export function assignLines(cart: Cart, goods: readonly Goods[]): Assignment {
  const positions = new Map<LineItemId, number>()
  goods.forEach((one, line) => {
    if (one.needsShipping) positions.set(one.item.id, line)
  })
  const left = goods.map(one => (one.needsShipping ? one.item.quantity : 0))
  const consignments = cart.consignments.map(consignment => {
    const carried = new Map<number, AssignedPieces>()
    for (const { lineItemId, quantity } of consignment.items) {
      const line = positions.get(lineItemId)
      if (line === undefined) continue
      const taken = Math.min(quantity, left[line] ?? 0)
      if (taken <= 0) continue
      left[line] = (left[line] ?? 0) - taken
      carried.set(line, { line, lineItemId, quantity: taken + (carried.get(line)?.quantity ?? 0) })
    }
    return [...carried.values()]
  })
  const rest = piecesLeft(goods, left)
  const forRest = cart.consignments.findIndex(consignment => consignment.items.length === 0)
  if (forRest >= 0) consignments[forRest] = rest
  const consignmentOfLine: (number | undefined)[] = goods.map(() => undefined)
  consignments.forEach((pieces, index) => {
    for (const { line } of pieces) consignmentOfLine[line] ??= index
  })
  return { consignments, unassigned: forRest >= 0 ? [] : rest, consignmentOfLine }
}

function piecesLeft(goods: readonly Goods[], left: readonly number[]): AssignedPieces[] {
  const rest: AssignedPieces[] = []
  goods.forEach((one, line) => {
    const quantity = left[line] ?? 0
    if (quantity > 0) rest.push({ line, lineItemId: one.item.id, quantity })
  })
  return rest
}
