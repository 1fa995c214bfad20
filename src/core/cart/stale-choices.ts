import type { Facts } from '../pricing/facts.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedConsignment } from '../pricing/priced-cart.js'
import type { Cart } from './cart.js'

/**
 * The cart without the shipping choices that a change has made stale, where the policy lets a choice stand only while
 * what is offered stays as it is: people shall look again when something else is on offer. What was chosen by this very
 * change stands.
 */
export function withoutStaleChoices(before: Cart, after: Cart, facts: Facts): Cart {
  if (facts.channel.policy.shippingChoice !== 'while_offers_stay') return after
  const chosen = new Map(before.consignments.map(one => [one.id, one.selectedOption]))
  const kept = after.consignments.filter(
    one => one.selectedOption !== undefined && chosen.get(one.id) === one.selectedOption,
  )
  if (kept.length === 0) return after
  const offersBefore = offersById(before, facts)
  const offersAfter = offersById(after, facts)
  const stale = new Set(kept.filter(({ id }) => offersBefore.get(id) !== offersAfter.get(id)).map(({ id }) => id))
  if (stale.size === 0) return after
  return {
    ...after,
    consignments: after.consignments.map(consignment => {
      if (!stale.has(consignment.id)) return consignment
      const { selectedOption: _option, selectedPrice: _price, customOption: _custom, ...rest } = consignment
      return rest
    }),
  }
}

/** What is offered to each consignment, with prices, as texts to compare. */
function offersById(cart: Cart, facts: Facts): ReadonlyMap<string, string> {
  const text = ({ offers }: PricedConsignment) => JSON.stringify(offers.map(({ id, price }) => [id, price.toString()]))
  return new Map(priceCart(cart, facts).consignments.map(one => [one.consignment.id, text(one)]))
}
