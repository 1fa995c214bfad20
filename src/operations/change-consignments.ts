import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import { type ConsignmentChange, changeConsignments as changed } from '../core/cart/consignment-changes.js'
import { refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Adds, changes or removes consignments, one change at a time, on the newest cart: changes side by side all count. */
export async function changeConsignments(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly change: ConsignmentChange },
): Answer<CartView> {
  if (input.change.kind === 'set_custom_option' && !hasPermission(caller, 'carts:admin')) {
    return refuse({ code: 'forbidden', permission: 'carts:admin' })
  }
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: false,
    decide: (cart, context) => changed(cart, input.change, context),
  })
}
