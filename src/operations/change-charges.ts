import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import { type ChargeChanges, changeCharges as changed } from '../core/cart/charges.js'
import { refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Sets fees and discounts by hand; for keys that administer carts. */
export async function changeCharges(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly changes: ChargeChanges },
): Answer<CartView> {
  if (!hasPermission(caller, 'carts:admin')) return refuse({ code: 'forbidden', permission: 'carts:admin' })
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:admin',
    stock: false,
    decide: (cart, context) => changed(cart, input.changes, context),
  })
}
