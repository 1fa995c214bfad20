import type { Caller } from '../core/access/caller.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { cartEvent, frozenFault, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef } from './operations.js'

/** Deletes a cart. With `keepLast` the owner's only open cart stays: `cart_locked`. */
export async function deleteCart(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly keepLast?: boolean },
): Answer<null> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await reachCart(deps, caller, input.cart, 'carts:write')
    if (!reached.ok) return reached
    const { cart, since } = reached.value
    const frozen = frozenFault(cart)
    if (frozen !== undefined) return refuse(frozen)
    if (since === undefined) return refuse({ code: 'cart_not_found' })
    if (input.since !== undefined && input.since !== since) return refuse({ code: 'version_conflict', current: since })
    if (input.keepLast === true) {
      const { carts } = await deps.storage.carts.list(cart.owner, cart.channel)
      if (carts.length <= 1) return refuse({ code: 'cart_locked' })
    }
    const removed = await deps.storage.carts.remove(cart.id, since, [cartEvent('cart.deleted', cart)])
    if (removed === 'saved') return ok(null)
  }
  return refuse({ code: 'busy' })
}
