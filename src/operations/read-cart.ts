import type { Caller } from '../core/access/caller.js'
import { isOrderHidden } from '../core/access/permissions.js'
import { asOrdered } from '../core/orders/as-ordered.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { ok, refuse } from '../core/result.js'
import { factsFor, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/**
 * A cart with its figures, and where asked with its stock. One query; a first access that claims the cart is one write
 * more. One that is ordered has the figures of its order, whatever was said in placing it: one query more.
 */
export async function readCart(
  deps: Deps,
  caller: Caller,
  input: CartRef,
  { stock = false }: { readonly stock?: boolean } = {},
): Answer<CartView> {
  const reached = await reachCart(deps, caller, input, 'carts:read', stock ? [] : undefined)
  if (!reached.ok) return reached
  const { cart, epoch } = reached.value
  const pieces = reached.value.stock
  const known = pieces === undefined ? {} : { knownStock: { of: cart.lineItems.map(line => line.sku), pieces } }
  const standing = cart.status === 'open' ? {} : { order: await deps.storage.orders.ofPurchase(cart.id, cart.purchase) }
  const facts = await factsFor(deps, cart, epoch, { stock, ...standing, ...known })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  const { order } = standing
  // The order names the person whom the cart does not show to this caller.
  const isShown = order !== undefined && !isOrderHidden(caller, order)
  return ok({ cart: isShown ? asOrdered(cart, order) : priceCart(cart, facts), channel: facts.channel, facts })
}
