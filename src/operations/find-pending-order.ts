import type { Caller } from '../core/access/caller.js'
import type { Order } from '../core/orders/order.js'
import { ok } from '../core/result.js'
import { reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef } from './operations.js'

/** The order of this cart's purchase that waits for its payment; undefined where none does. */
export async function findPendingOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef },
): Answer<Order | undefined> {
  const reached = await reachCart(deps, caller, input.cart, 'orders:place')
  if (!reached.ok) return reached
  const { cart } = reached.value
  const standing = await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
  return ok(standing?.status === 'pending' ? standing : undefined)
}
