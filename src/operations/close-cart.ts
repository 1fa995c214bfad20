import type { Caller } from '../core/access/caller.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { cartEvent, pause, queueKey, reachCart, stamped } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef } from './operations.js'

/**
 * Says that a cart is done with, since its order was made elsewhere; no order comes of it here. Again: no fault. While
 * it is being ordered here it cannot be closed (`cart_locked`).
 */
export async function closeCart(deps: Deps, caller: Caller, input: { readonly cart: CartRef }): Answer<null> {
  return deps.queue.run(queueKey(caller, input.cart), async () => {
    for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
      const reached = await reachCart(deps, caller, input.cart, 'carts:write')
      if (!reached.ok) return reached
      const { cart, since } = reached.value
      if (since === undefined) return refuse({ code: 'cart_not_found' })
      if (cart.status === 'closed') return ok(null)
      if (cart.status === 'placing') return refuse({ code: 'cart_locked' })
      const closed = stamped({ ...cart, status: 'closed', step: 'complete' }, since, deps.clock())
      const saved = await deps.storage.carts.save(closed, since, [cartEvent('cart.closed', closed)])
      if (saved === 'saved') return ok(null)
      await pause(attempt)
    }
    return refuse({ code: 'busy' })
  })
}
