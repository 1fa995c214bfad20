import type { Cart, Consignment, LineItem } from '../cart/cart.js'
import type { Order } from './order.js'

/**
 * A cart that stayed open while it was bought, ready for the next purchase: what was bought leaves it, together with codes,
 * payments, charges by hand and notices. What was added meanwhile stays, and so does everything about the person.
 */
export function withoutBought(cart: Cart, order: Pick<Order, 'snapshot'>): Cart {
  const bought = new Map(order.snapshot.cart.lineItems.map(line => [line.id, line.quantity]))
  const lineItems = cart.lineItems.flatMap((line): readonly LineItem[] => {
    const left = line.quantity - (bought.get(line.id) ?? 0)
    return left > 0 ? [left === line.quantity ? line : { ...line, quantity: left }] : []
  })
  const { staffNote: _staff, customerNote: _customer, usesStoreCredit: _credit, ...kept } = cart
  return {
    ...kept,
    status: 'open',
    step: 'cart',
    purchase: cart.purchase + 1,
    lineItems: withKnownParents(lineItems),
    consignments: consignmentsOf(cart.consignments, lineItems),
    couponCodes: [],
    giftCards: [],
    payments: [],
    fees: [],
    manualDiscounts: [],
    notices: [],
  }
}

/** A line whose parent was bought stands on its own. */
function withKnownParents(lines: readonly LineItem[]): readonly LineItem[] {
  const known = new Set(lines.map(line => line.id))
  return lines.map(line => {
    if (line.parent === undefined || known.has(line.parent)) return line
    const { parent: _bought, ...alone } = line
    return alone
  })
}

/** Consignments of what is left; of an empty cart only the first place, so that the next purchase knows where to. */
function consignmentsOf(consignments: readonly Consignment[], lines: readonly LineItem[]): readonly Consignment[] {
  const pieces = new Map(lines.map(line => [line.id, line.quantity]))
  const left = consignments.flatMap((consignment): readonly Consignment[] => {
    const items = consignment.items.flatMap(({ lineItemId, quantity }) => {
      const most = pieces.get(lineItemId) ?? 0
      return most > 0 ? [{ lineItemId, quantity: Math.min(quantity, most) }] : []
    })
    if (items.length === 0 && consignment.items.length > 0) return []
    return [{ ...consignment, items }]
  })
  if (lines.length > 0 && left.length > 0) return left
  return consignments
    .slice(0, 1)
    .map(({ selectedOption: _option, selectedPrice: _price, deliveryWindow: _window, ...place }) => ({
      ...place,
      items: [],
    }))
}
