import type { Caller } from '../core/access/caller.js'
import type { CheckoutChanges } from '../core/cart/changes.js'
import { applyChanges } from '../core/cart/checkout-changes.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { ok, refuse } from '../core/result.js'
import { factsFor, frozenFault, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** What the cart would cost with these changes; nothing is stored. The same function prices the purchase. */
export async function quoteCart(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly changes: CheckoutChanges },
): Answer<CartView> {
  const [reached, customer] = await Promise.all([
    reachCart(deps, caller, input.cart, 'carts:read'),
    readMember(deps, caller),
  ])
  if (!reached.ok) return reached
  const { cart, epoch } = reached.value
  const frozen = frozenFault(cart)
  if (frozen !== undefined) return refuse(frozen)
  const facts = await factsFor(deps, cart, epoch, { stock: false })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  const changed = applyChanges(cart, input.changes, customer, { facts, newId: deps.ids.uuid })
  if (!changed.ok) return changed
  const view = { cart: priceCart(changed.value, facts), channel: facts.channel }
  return ok(customer === undefined ? view : { ...view, customer })
}
