import type { CheckoutError } from '../errors.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, Consignment, ConsignmentItem, Destination } from './cart.js'
import { shippingAddressOf } from './checkout-steps.js'
import type { DecisionContext } from './decision.js'

/**
 * The cart with new consignments to its shipping address, one per shipping category, each by its cheapest option: or by
 * the one that was chosen before, where that is still offered at the same price. Goods that need no shipping need none.
 *
 * @returns `not_deliverable` where a consignment cannot be shipped by any option
 */
export function planDelivery(cart: Cart, before: PricedCart, context: DecisionContext): Result<Cart, CheckoutError> {
  const address = shippingAddressOf(cart)
  const groups = shippedGroups(cart, context)
  if (address === undefined) return groups.length === 0 ? ok(cart) : refuse({ code: 'not_deliverable' })
  const consignments = groups.map((items, index): Consignment => {
    return {
      id: context.newId(),
      // Unlike that of any consignment that this cart had before: each plan is written as a version of its own.
      sequence: cart.version + 1 + index,
      items: groups.length === 1 ? [] : items,
      destination: { kind: 'address', address } satisfies Destination,
    }
  })
  const planned: Cart = { ...cart, consignments }
  const priced = priceCart(planned, context.facts)
  const chosen = priced.consignments.map((entry, index): Consignment | undefined => {
    const { offers } = entry
    const earlier = before.consignments[index]?.selected
    const kept = offers.find(offer => offer.id === earlier?.id && offer.price === earlier.price)
    const cheapest = [...offers].sort((a, b) => Number(a.price - b.price))[0]
    const selected = kept ?? cheapest
    return selected === undefined ? undefined : { ...entry.consignment, selectedOption: selected.id }
  })
  const whole = chosen.filter(consignment => consignment !== undefined)
  if (whole.length < chosen.length) return refuse({ code: 'not_deliverable' })
  return ok({ ...planned, consignments: whole })
}

/** Pieces that need shipping, by shipping category, in the order of the lines. */
function shippedGroups(cart: Cart, { facts }: DecisionContext): readonly (readonly ConsignmentItem[])[] {
  const groups = new Map<string, ConsignmentItem[]>()
  for (const line of cart.lineItems) {
    const variant = facts.variants.get(line.sku)
    const kind = line.origin.kind === 'custom' ? line.origin.itemKind : variant?.kind
    if (kind !== 'physical') continue
    const category = variant?.shippingCategory ?? ''
    const item = { lineItemId: line.id, quantity: line.quantity }
    groups.set(category, [...(groups.get(category) ?? []), item])
  }
  return [...groups.values()]
}
