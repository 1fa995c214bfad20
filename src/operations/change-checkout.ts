import type { Caller } from '../core/access/caller.js'
import type { CheckoutChanges } from '../core/cart/changes.js'
import { applyChanges } from '../core/cart/checkout-changes.js'
import { writtenAlike } from '../core/cart/same-since.js'
import { ok } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { memberOf } from './member-of.js'
import type { Answer, CartRef, CartView } from './operations.js'

/**
 * Stores what people filled in: buyer, addresses, consignments, payments, notes. Drafts are kept as they are.
 *
 * @param input  `isAside`: nobody's choices depend on what is stored, so that the version which they hold stays good
 */
export async function changeCheckout(
  deps: Deps,
  caller: Caller,
  input: {
    readonly cart: CartRef
    readonly since?: number
    readonly changes: CheckoutChanges
    readonly isAside?: boolean
  },
): Answer<CartView> {
  const customer = await memberOf(deps, caller, input.changes)
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: false,
    decide: (cart, context) => {
      const changed = applyChanges(cart, input.changes, customer, context)
      if (!changed.ok || input.isAside !== true) return changed
      return ok(writtenAlike({ ...changed.value, version: cart.version + 1 }, cart))
    },
  })
}
