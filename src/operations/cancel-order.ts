import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { givenUp, reopenedCart } from '../core/orders/settle-order.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { returnStrayMoney } from './return-stray-money.js'
import { readState, waitingCart } from './settle-order.js'

/**
 * Cancels an order that is not fulfilled: stock, coupon uses and gift card amounts go back, money is returned. The cart
 * of an order that still waited for its payment is open again.
 */
export async function cancelOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly id: OrderId; readonly reason: string },
): Answer<OrderView> {
  const found = await deps.storage.orders.read({ id: input.id })
  if (found === undefined || !mayReachOrder(caller, found, 'orders:write')) return refuse({ code: 'order_not_found' })
  const channel = await deps.facts.channel(found.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: found.channel })
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const { order, payments } = await readState(deps, input.id)
    if (order.status === 'canceled') return ok({ order, payments, channel })
    if (order.fulfillmentStatus !== 'unfulfilled')
      return refuse({ code: 'order_state', status: order.fulfillmentStatus })
    const now = deps.clock()
    const { deadline: _over, ...rest } = order
    const canceled = {
      ...rest,
      status: 'canceled' as const,
      fulfillmentStatus: 'canceled' as const,
      cancelReason: input.reason,
      updatedAt: now,
      version: order.version + 1,
    }
    const after = givenUp(payments, now)
    const cart = order.status === 'pending' ? await waitingCart(deps, order) : undefined
    const saved = await deps.storage.orders.settle({
      order: canceled,
      since: order.version,
      payments: after.filter((payment, index) => payment !== payments[index]),
      holds: 'release',
      ...(cart === undefined ? {} : { cart: { cart: reopenedCart(cart, now), since: cart.version } }),
      events: [{ type: 'order.canceled', subject: order.id, data: { orderId: order.id, number: order.number } }],
    })
    if (saved === 'saved') return ok({ order: canceled, payments: await returnStrayMoney(deps, after), channel })
  }
  return refuse({ code: 'busy' })
}
