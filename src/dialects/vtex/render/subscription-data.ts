import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { extrasOf } from '../extras.js'

/**
 * What is to come again, by the places that the items have now: others may go, come before them or be arranged anew. Null where
 * nothing is, or is no longer.
 */
export function renderSubscriptionData({ priced }: { readonly priced: Pick<PricedCart, 'cart' | 'lines'> }) {
  const places = new Map(priced.lines.map(({ item }, index) => [item.id, index]))
  const subscriptions = (extrasOf(priced.cart).subscriptions ?? []).flatMap(({ lineItemId, ...kept }) => {
    // A cart that was stored before ids were kept knows the place alone.
    const itemIndex = typeof lineItemId === 'string' ? places.get(lineItemId) : kept.itemIndex
    return itemIndex === undefined ? [] : [{ ...kept, itemIndex }]
  })
  return subscriptions.length === 0 ? null : { subscriptions }
}
