import type { ErrorOf } from '../errors.js'
import type { Instant } from '../ids.js'
import { ok, type Result, refuse } from '../result.js'
import type { Order } from './order.js'
import { untendered } from './tender.js'

/**
 * The order called off, one version later. What has been sent is not called off: it has to come back.
 *
 * @param reason  in the words of whoever calls it off
 * @returns `order_state` once goods were sent, be it only some
 */
export function canceledOrder(order: Order, reason: string, now: Instant): Result<Order, ErrorOf<'order_state'>> {
  const { fulfillmentStatus } = order
  if (fulfillmentStatus !== 'unfulfilled') return refuse({ code: 'order_state', status: fulfillmentStatus })
  const { deadline: _over, ...rest } = order.status === 'incomplete' ? untendered(order, now) : order
  return ok({
    ...rest,
    status: 'canceled',
    fulfillmentStatus: 'canceled',
    cancelReason: reason,
    updatedAt: now,
    version: order.version + 1,
  })
}
