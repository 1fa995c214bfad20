import { withKeptTaxes } from '../core/cart/kept-taxes.js'
import { storable } from '../core/cart/personal-data.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { nothingAsked, openQuestion, withTaxes } from './ask-taxes.js'
import { cartEvent, type ReachedCart, stamped } from './change-cart.js'
import type { Deps } from './deps.js'

/**
 * Before a cart is ordered: where an outside provider has not said yet what taxes it owes as it is now (a price moved, a
 * promotion ended, the last answer failed), asks, and keeps the answer with the cart. So whoever is refused since the
 * total is another sees that total when they look again.
 *
 * @returns `current` where nothing had to be asked; else `written`, or `lost` to somebody faster: read the cart again
 */
export async function renewTaxes(
  deps: Deps,
  { cart, since }: Pick<ReachedCart, 'cart' | 'since'>,
  facts: Facts,
): Promise<'current' | 'written' | 'lost'> {
  if (facts.taxProvider === undefined) return 'current'
  const asked = nothingAsked()
  if (since === undefined || openQuestion(priceCart(cart, facts), asked) === undefined) return 'current'
  const priced = await withTaxes(
    deps,
    facts,
    asked,
    known => priceCart(cart, known),
    outcome => outcome,
  )
  const next = stamped(withKeptTaxes(cart, priced, facts.now), since, deps.clock())
  const saved = await deps.storage.carts.save(storable(next, facts.channel), since, [cartEvent('cart.changed', next)])
  return saved === 'saved' ? 'written' : 'lost'
}
