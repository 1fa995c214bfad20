import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { OrderId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** A placed order; `order_not_found` also for others' orders, `forbidden` to a key that may read none. */
export async function readOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly id: OrderId } | { readonly number: string } | { readonly integerId: number },
): Answer<OrderView> {
  const order = await deps.storage.orders.read(input)
  if (caller.kind === 'key' && !caller.permissions.includes('orders:read') && !holds(caller, order)) {
    return refuse({ code: 'forbidden', permission: 'orders:read' })
  }
  if (order === undefined || !mayReachOrder(caller, order, 'orders:read')) return refuse({ code: 'order_not_found' })
  const [payments, channel] = await Promise.all([
    deps.storage.payments.ofOrder(order.id),
    deps.facts.channel(order.channel),
  ])
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  return ok({ order, payments, channel })
}

/** Presented the secret of the cart that was ordered. */
function holds(caller: Caller, order: Order | undefined): boolean {
  return order !== undefined && caller.kind !== 'system' && caller.heldCarts?.includes(order.cartId) === true
}
