import { hasPermission } from '../../../core/access/permissions.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { findOrder } from '../orders/order-access.js'
import { orderContexts } from '../orders/order-context.js'
import { cancel } from '../orders/orders.js'
import { renderOmsListEntry, renderOmsOrder } from '../render/oms-order.js'
import type { VtexRequest } from '../request.js'
import { readOrderFilter } from './order-filter.js'

const usualPage = 15
const largestPage = 100
/** Orders further back than this are not paged to. */
const furthestPage = 30

/**
 * GET /api/oms/user/orders: 200, the orders of who is signed in, newest first; `status` (one, or several with commas
 * between), `creation_date`, `clientEmail` and `text` (a number or an e-mail address) narrow them. 401 ORD062 for nobody.
 */
export async function listUserOrders(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  if (request.identity.kind !== 'shopper') return respondError(fixed.unauthorized)
  const { query, caller, channel } = request
  const page = within(query.get('page'), 1, furthestPage)
  const perPage = within(query.get('per_page'), usualPage, largestPage)
  const filter = readOrderFilter(query)
  const listed = await operations.listOrders(caller, {
    channel: channel.id,
    offset: (page - 1) * perPage,
    limit: perPage,
    filter,
  })
  if (!listed.ok) return respondRefusal(listed.error)
  const { orders, total } = listed.value
  const contexts = await Promise.all(
    orders.map(order => orderContexts(request, operations, { order, payments: [], channel })),
  )
  return respondJson({
    list: contexts.flat().map(renderOmsListEntry),
    facets: [],
    paging: { total, pages: Math.ceil(total / perPage), currentPage: page, perPage },
    stats: { stats: { totalValue: emptyStatistics, totalItems: emptyStatistics } },
  })
}

const emptyStatistics = {
  ...{ Count: 0, Max: 0, Mean: 0, Min: 0, Missing: 0, StdDev: 0, Sum: 0, SumOfSquares: 0 },
  Facets: {},
}

function within(text: string | null, usual: number, most: number): number {
  return text !== null && /^\d{1,4}$/.test(text) && Number(text) > 0 ? Math.min(Number(text), most) : usual
}

/** GET /api/oms/user/orders/{orderId}: 200 for the signed-in owner. 401 ORD062, 404 CHK0201. */
export async function getUserOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  return request.identity.kind === 'shopper' ? answerOrder(request, operations) : respondError(fixed.unauthorized)
}

/** GET /api/oms/pvt/orders/{orderId}: 200 for keys. 401 ORD062 without one, 403 CHK003 without the right, 404 CHK0201. */
export async function getPrivateOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const fault = readerFault(request)
  return fault === undefined ? answerOrder(request, operations) : respondError(fault)
}

/** GET /api/oms/pvt/orders/order-group/{orderGroup}: 200, every order of the group. Errors as for one. */
export async function getPrivateOrderGroup(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const fault = readerFault(request)
  if (fault !== undefined) return respondError(fault)
  const found = await operations.readOrder(request.caller, { number: request.params.orderGroup ?? '' })
  if (!found.ok) return respondRefusal(found.error)
  return respondJson((await orderContexts(request, operations, found.value)).map(renderOmsOrder))
}

/** POST /api/oms/pvt/orders/{orderId}/cancel: 200 `{date, orderId, receipt}`; 400 CHK0202 once goods were sent. */
export async function cancelPrivateOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const { identity, caller } = request
  if (identity.kind !== 'key') return respondError(fixed.unauthorized)
  if (!hasPermission(caller, 'orders:write')) return respondError(fixed.accessDenied)
  return cancel(request, operations, caller)
}

function readerFault({ identity, caller }: VtexRequest): VtexError | undefined {
  if (identity.kind !== 'key') return fixed.unauthorized
  return hasPermission(caller, 'orders:read') ? undefined : fixed.accessDenied
}

async function answerOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const found = await findOrder(operations, request.caller, request.params.orderId ?? '')
  if (!found.ok) return respondRefusal(found.error)
  const contexts = await orderContexts(request, operations, found.value.view)
  const context = contexts[found.value.part ?? 0]
  return context === undefined ? respondRefusal({ code: 'order_not_found' }) : respondJson(renderOmsOrder(context))
}
