import type { Caller } from '../core/access/caller.js'
import { hasPermission, mayReachOrder } from '../core/access/permissions.js'
import type { Order } from '../core/orders/order.js'
import { ok, refuse } from '../core/result.js'
import type { OrderKey } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** A placed order; `order_not_found` also for others' orders, `forbidden` to a key that may read none. */
export async function readOrder(deps: Deps, caller: Caller, input: OrderKey): Answer<OrderView> {
  const state = await deps.storage.orders.readState(input)
  const order = state?.order
  if (caller.kind === 'key' && !hasPermission(caller, 'orders:read') && !holds(caller, order)) {
    return refuse({ code: 'forbidden', permission: 'orders:read' })
  }
  if (state === undefined || !mayReachOrder(caller, state.order, 'orders:read')) {
    return refuse({ code: 'order_not_found' })
  }
  const channel = await deps.facts.channel(state.order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: state.order.channel })
  return ok({ ...state, channel })
}

/** Presented the secret of the cart that was ordered. */
function holds(caller: Caller, order: Order | undefined): boolean {
  return order !== undefined && caller.kind !== 'system' && caller.heldCarts?.includes(order.cartId) === true
}
