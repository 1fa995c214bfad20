import type { Caller } from '../core/access/caller.js'
import type { CheckoutChanges } from '../core/cart/changes.js'
import { applyChanges } from '../core/cart/checkout-changes.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { memberOf } from './member-of.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Stores what people filled in: buyer, addresses, consignments, payments, notes. Drafts are kept as they are. */
export async function changeCheckout(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly changes: CheckoutChanges },
): Answer<CartView> {
  const customer = await memberOf(deps, caller, input.changes)
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: false,
    decide: (cart, context) => applyChanges(cart, input.changes, customer, context),
  })
}
