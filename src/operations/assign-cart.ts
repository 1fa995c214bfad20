import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import { assignedCart } from '../core/cart/assigned-cart.js'
import type { CustomerId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Gives a cart to a customer, or (null) to nobody but backends. For keys that administer carts. */
export async function assignCart(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly customerId: CustomerId | null },
): Answer<CartView> {
  if (!hasPermission(caller, 'carts:admin')) return refuse({ code: 'forbidden', permission: 'carts:admin' })
  const { customerId } = input
  if (customerId !== null && (await deps.storage.customers.read({ id: customerId })) === undefined) {
    return refuse({ code: 'customer_not_found' })
  }
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:admin',
    stock: false,
    decide: cart => ok(assignedCart(cart, customerId)),
  })
}
