import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { Instant, OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import type { Payment } from '../core/payments/payment.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/**
 * Changes what may change about a placed order, never its figures: read it, decide, write it where nobody was faster,
 * else again. For the system and keys with `orders:write`.
 *
 * @param decide  the order one version later, from it and its payments; undefined where there is nothing to do
 */
export async function changeOrder(
  deps: Deps,
  caller: Caller,
  id: OrderId,
  event: string,
  decide: (order: Order, now: Instant, payments: readonly Payment[]) => Result<Order | undefined, CheckoutError>,
): Answer<OrderView> {
  if (!hasPermission(caller, 'orders:write')) return refuse({ code: 'forbidden', permission: 'orders:write' })
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const state = await deps.storage.orders.readState({ id })
    if (state === undefined) return refuse({ code: 'order_not_found' })
    const { order, payments } = state
    const channel = await deps.facts.channel(order.channel)
    if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
    const decided = decide(order, deps.clock(), payments)
    if (!decided.ok) return decided
    if (decided.value === undefined) return ok({ order, payments, channel })
    const saved = await deps.storage.orders.settle({
      order: decided.value,
      since: order.version,
      payments: [],
      holds: 'keep',
      events: [{ type: event, subject: id, data: { orderId: id } }],
    })
    if (saved === 'saved') return ok({ order: decided.value, payments, channel })
  }
  return refuse({ code: 'busy' })
}
