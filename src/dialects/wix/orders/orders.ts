import type { CheckoutError } from '../../../core/errors.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { isPrivileged } from '../auth.js'
import { respondError, respondRefusal } from '../errors.js'
import { renderOrder } from '../render/order.js'
import { endpoint, guidParam, type WixCall } from '../request.js'
import { object, objectAt, optional, required, text, textAt } from '../validation.js'
import { applicationError } from '../wix-error.js'
import { readSearch, writeCursor } from './search.js'

/**
 * GET /ecom/v1/orders/:id (also /_api/ecom-orders/v1/orders/:id): one order. 200 with `order`: to whoever placed it, and
 * to keys that may read orders; 404 with ORDER_NOT_FOUND to such a key, 403 with READ_ORDER_FORBIDDEN to everybody else.
 * Source: dialects/wix.md 3.15, 4.10.
 */
export const getOrder = endpoint({ place: 'order', scopes: ['ECOM.READ_ORDERS'] }, async (call, operations) => {
  const read = await operations.readOrder(call.caller, { id: guidParam(call, 'id') })
  return read.ok
    ? respondJson(call.wire, { order: renderOrder(read.value, call.wire.baseUrl) })
    : refusedOrder(call, read.error)
})

/**
 * POST /ecom/v1/orders/search (also /_api/ecom-orders/v1/orders/search): orders, newest first; shoppers find their own.
 * 200 with `orders` and `metadata`; orders that still wait for their first payment are never among them. 400 for
 * conditions that are not supported, 403 for keys without the permission. Source: dialects/wix.md 3.15.
 */
export const searchOrders = endpoint(
  { place: 'order', scopes: ['ECOM.READ_ORDERS'], fields: { search: optional(object({})) } },
  async (call, operations) => {
    const asked = objectAt(call.body, 'search')
    const search = readSearch(asked)
    if (!search.ok) return respondError(call.wire, { violations: search.error })
    const { filter, sortBy, oldestFirst, offset, limit } = search.value
    const channel = call.channel.id
    const found = await operations.listOrders(call.caller, {
      channel,
      filter,
      sortBy,
      oldestFirst,
      offset,
      limit,
      withPayments: true,
    })
    if (!found.ok) return respondRefusal(call.wire, found.error, call.place)
    const { orders, total, payments } = found.value
    const next = offset + orders.length
    const hasNext = next < total && orders.length > 0
    return respondJson(call.wire, {
      orders: orders.map(order =>
        renderOrder({ order, payments: payments?.get(order.id) ?? [], channel: call.channel }, call.wire.baseUrl),
      ),
      metadata: {
        count: orders.length,
        cursors: {
          ...(hasNext ? { next: writeCursor(asked, search.value, next) } : {}),
          ...(offset > 0 ? { prev: writeCursor(asked, search.value, Math.max(0, offset - limit)) } : {}),
        },
        hasNext,
      },
    })
  },
)

/**
 * POST /ecom/v1/orders/:id/cancel (also /_api/ecom-orders/v1/orders/:id/cancel): calls an order off; goods go back to the
 * stock, money to the buyer. 200 with `order`, also when it was canceled before; 403, 404, 428 once something was sent.
 * Left out: mails to the buyer, and keeping the goods off the stock. Source: dialects/wix.md 1.3.
 */
export const cancelOrder = endpoint(
  { place: 'order', scopes: ['ECOM.MODIFY_ORDERS'], fields: { customMessage: optional(text(1000)) } },
  async (call, operations) => {
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const reason = textAt(call.body, 'customMessage') ?? 'canceled'
    const canceled = await operations.cancelOrder(call.caller, { id: guidParam(call, 'id'), reason })
    return canceled.ok
      ? respondJson(call.wire, { order: renderOrder(canceled.value, call.wire.baseUrl) })
      : respondRefusal(call.wire, canceled.error, call.place)
  },
)

/** To a shopper an order of somebody else is as forbidden as one that is not there, so that nobody learns which are. */
export function refusedOrder(call: WixCall, error: CheckoutError): WireResponse {
  const isHidden = error.code === 'order_not_found' && !isPrivileged(call.identity)
  return respondRefusal(call.wire, isHidden ? { code: 'forbidden' } : error, call.place)
}

/** What only backends may do. */
export function respondDenied(call: WixCall): WireResponse {
  return respondError(call.wire, applicationError(403, 'PERMISSION_DENIED', 'The caller lacks a permission.'))
}

/** An id in a body. */
export const orderId = required(text(100, 1))
