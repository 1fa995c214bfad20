import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondJson } from '../answer.js'
import { isObject, textOf } from '../body.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { renderOrder } from '../render/order.js'
import type { VtexRequest } from '../request.js'
import { findOrder, orderCallerOf, wordOrderRefusal } from './order-access.js'
import { orderContexts } from './order-context.js'

/** Orders of one page of the old list. */
const listedAtMost = 50
const longestReason = 2_000

/**
 * GET /api/checkout/pub/orders/order-group/{orderGroup}: 200, one order per seller; for the order's cookie, its signed-in
 * owner, or a key. 401 ORD062 without any of these, 404 CHK0201.
 */
export async function getOrderGroup(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const caller = await orderCallerOf(request, operations)
  const found = await operations.readOrder(caller, { number: request.params.orderGroup ?? '' })
  if (!found.ok) return respondError(wordOrderRefusal(request, caller, found.error))
  return respondJson((await orderContexts(request, operations, found.value)).map(renderOrder))
}

/** GET /api/checkout/pub/orders/{orderId}: 200, one order. Rights and errors as for the group. */
export async function getOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const caller = await orderCallerOf(request, operations)
  const found = await findOrder(operations, caller, request.params.orderId ?? '')
  if (!found.ok) return respondError(wordOrderRefusal(request, caller, found.error))
  const contexts = await orderContexts(request, operations, found.value.view)
  const context = contexts[found.value.part ?? 0]
  return context === undefined ? respondRefusal({ code: 'order_not_found' }) : respondJson(renderOrder(context))
}

/** GET /api/checkout/pub/orders: 200, the newest orders of who is signed in. 401 ORD062 for nobody. */
export async function listCheckoutOrders(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  if (request.identity.kind !== 'shopper') return respondError(fixed.unauthorized)
  const { caller, channel } = request
  const listed = await operations.listOrders(caller, { channel: channel.id, offset: 0, limit: listedAtMost })
  if (!listed.ok) return respondRefusal(listed.error)
  const contexts = await Promise.all(
    listed.value.orders.map(order => orderContexts(request, operations, { order, payments: [], channel })),
  )
  return respondJson(contexts.flat().map(renderOrder))
}

/**
 * POST /api/checkout/pub/orders/{orderId}/user-cancel-request `{reason}`: 200 `{date, orderId, receipt}`; the whole group is
 * called off, what was paid goes back. 400 CHK0202 once goods were sent; rights as for reading.
 */
export async function requestCancel(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const caller = await orderCallerOf(request, operations)
  return cancel(request, operations, caller)
}

/** Calls an order off for whoever may. */
export async function cancel(
  request: VtexRequest,
  operations: Operations,
  caller: VtexRequest['caller'],
): Promise<WireResponse> {
  const { orderId = '' } = request.params
  const found = await findOrder(operations, caller, orderId)
  if (!found.ok) return respondError(wordOrderRefusal(request, caller, found.error))
  const sent = isObject(request.body) ? textOf(request.body.reason) : undefined
  const reason = (sent ?? 'canceled by the customer').slice(0, longestReason)
  const canceled = await operations.cancelOrder(caller, { id: found.value.view.order.id, reason })
  if (!canceled.ok) {
    const { error } = canceled
    return error.code === 'order_state'
      ? respondError(fixed.notCancelable(orderId, error.status))
      : respondRefusal(error)
  }
  const { id, updatedAt } = canceled.value.order
  return respondJson({ date: updatedAt, orderId, receipt: id.replaceAll('-', '') })
}
