import { paymentStatuses } from '../../../core/orders/order.js'
import type { Operations, OrderFilter } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondMany, respondOne } from '../json-api.js'
import { renderOrder, renderOrderSummary } from '../render/order.js'
import { endpoint, type GlueRequest, refused } from '../request.js'
import { isOwnReference } from './carts.js'

/** Orders in one answer where the client names no page; the newest. */
const ordersPerAnswer = 1_000

/** What the history shows: all that was placed, also what was called off later; no tries that came to no payment. */
const history: OrderFilter = {
  statuses: ['pending', 'confirmed', 'canceled'],
  isAnyOf: [
    { statuses: ['pending', 'confirmed'] },
    { paymentStatuses: paymentStatuses.filter(status => status !== 'failed') },
  ],
}

/** GET /orders: the customer's orders, newest first. 200; `page[offset]` and `page[limit]`. */
export const getOrders = endpoint({ type: 'orders', identity: 'customer', place: 'orders' }, listOrders)

/** GET /customers/:reference/orders: the same; 403 with code 802 for anybody else's reference. */
export const getCustomerOrders = endpoint(
  { type: 'orders', identity: 'customer', place: 'orders' },
  async (request, operations) =>
    isOwnReference(request) ? listOrders(request, operations) : respondErrors(request, [fixed.listForbidden]),
)

/** GET /orders/:reference: 200 with the whole order; 404 with code 801, also for others' orders. */
export const getOrder = endpoint(
  { type: 'orders', identity: 'customer', place: 'orders' },
  async (request, operations) => {
    const read = await operations.readOrder(request.caller, { number: request.params.reference ?? '' })
    return read.ok ? respondOne(request, renderOrder(read.value.order)) : refused(request, read.error)
  },
)

async function listOrders(request: GlueRequest, operations: Operations): Promise<WireResponse> {
  const page = request.page ?? { offset: 0, limit: ordersPerAnswer }
  const limit = Math.min(page.limit, ordersPerAnswer)
  const listed = await operations.listOrders(request.caller, {
    channel: request.channel.id,
    filter: history,
    offset: page.offset,
    limit,
  })
  if (!listed.ok) return refused(request, listed.error)
  const { orders, total } = listed.value
  return respondMany(request, orders.map(renderOrderSummary), {
    page: request.page === undefined ? undefined : { offset: page.offset, limit },
    total,
  })
}
