import { z } from 'zod'
import type { Order } from '../../../core/orders/order.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import type { Handler } from '../../dialect.js'
import type { Access } from '../auth.js'
import { readBody } from '../body.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { orderStatuses, statusIdOf } from '../order-status.js'
import { invalid, type Problem, problems } from '../problem.js'
import { readInclude } from '../render/context.js'
import {
  legacyConsignments,
  legacyFees,
  legacyOrder,
  legacyOrderCoupons,
  legacyProducts,
  legacyShippingAddresses,
  legacyTaxes,
} from '../render/legacy-order.js'
import { type OrderContext, orderContext } from '../render/order.js'
import { respond } from '../respond.js'
import { respondProblem, respondRefusal, type ServerRequest, serverEndpoint } from '../server-request.js'

const readsOrders: Access = { scope: 'store_v2_orders', right: 'read' }
const modifiesOrders: Access = { scope: 'store_v2_orders', right: 'modify' }

/** GET /v2/orders/:orderId: 200 with the bare order, or 404. */
export const getLegacyOrder = ofOrder(legacyOrder)

/** GET /v2/orders/:orderId/products: 200 with a list. */
export const getLegacyProducts = ofOrder(legacyProducts)

/** GET /v2/orders/:orderId/shipping_addresses: 200 with a list; 204 where nothing is shipped. */
export const getLegacyShippingAddresses = ofOrder(legacyShippingAddresses)

/** GET /v2/orders/:orderId/coupons: 200 with a list; 204 without any. */
export const getLegacyOrderCoupons = ofOrder(legacyOrderCoupons)

/** GET /v2/orders/:orderId/taxes: 200 with a list; 204 without any. */
export const getLegacyTaxes = ofOrder(legacyTaxes)

/** GET /v2/orders/:orderId/fees: 200 with a list; 204 without any. */
export const getLegacyFees = ofOrder(legacyFees)

/** GET /v2/orders/:orderId/consignments: 200 with one object of lists. */
export const getLegacyConsignments = ofOrder(legacyConsignments)

/** An order of any channel by its number, or something of it; an empty list has no body. */
function ofOrder(render: (context: OrderContext) => unknown): Handler {
  return serverEndpoint(
    readsOrders,
    async (request, operations) => {
      const view = await readOrder(request, operations)
      if (!view.ok) return respondProblem(view.error, 'v2')
      return respondList(render(await contextOf(request, view.value, operations)))
    },
    'v2',
  )
}

function respondList(body: unknown) {
  return Array.isArray(body) && body.length === 0 ? respond(204, undefined) : respond(200, body)
}

async function readOrder(
  { params, caller }: ServerRequest,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const id = parseInteger(params.orderId ?? '')
  if (id === undefined) return refuse(problems.notFound)
  const read = await findOrder(caller, id, operations)
  return read.ok ? read : refuse(problems.notFound)
}

async function contextOf({ caller, wire }: ServerRequest, view: OrderView, operations: Operations) {
  const { owner } = view.order
  const read = owner.kind === 'member' ? await operations.readCustomer(caller, { id: owner.customerId }) : undefined
  const customer = read?.ok === true ? read.value : undefined
  return orderContext(view, { customer, baseUrl: wire.baseUrl, include: readInclude(wire.query) })
}

const change = z.object({ status_id: z.int().min(0).max(14).nullish() })

/**
 * PUT /v2/orders/:orderId: calls an order off (status 5); its own status changes nothing. Not covered: other statuses, which
 * follow from payment and goods here, and the rest of an order, which is a frozen record.
 */
export const putLegacyOrder = serverEndpoint(
  modifiesOrders,
  async (request, operations) => {
    const body = readBody(request.wire, change)
    if (!body.ok) return respondProblem(body.error, 'v2')
    const view = await readOrder(request, operations)
    if (!view.ok) return respondProblem(view.error, 'v2')
    const { status_id: wanted } = body.value
    const isSame =
      wanted === undefined || wanted === null || wanted === statusIdOf(view.value.order, view.value.payments)
    if (isSame) return respond(200, legacyOrder(await contextOf(request, view.value, operations)))
    if (wanted !== 5) return respondProblem(invalid({ status_id: 'follows from payment and goods' }), 'v2')
    const { id } = view.value.order
    const canceled = await operations.cancelOrder(request.caller, { id, reason: 'canceled by the shop' })
    if (!canceled.ok) return respondRefusal(canceled.error, 'v2')
    return respond(200, legacyOrder(await contextOf(request, canceled.value, operations)))
  },
  'v2',
)

/** All that a list may hold: drafts and canceled orders too. */
const everyStatus: readonly Order['status'][] = ['incomplete', 'pending', 'confirmed', 'canceled']

/** Most orders that are looked at for a list that is filtered here. Ours. */
const mostListed = 5_000

/**
 * GET /v2/orders: a page of orders, oldest first; 204 when there are none. Filters: min_id, max_id, customer_id, email,
 * status_id, cart_id, page, limit (50, at most 250), sort by id or date.
 */
export const listLegacyOrders = serverEndpoint(
  readsOrders,
  async (request, operations) => {
    const found = await findOrders(request, operations)
    if (!found.ok) return respondProblem(found.error, 'v2')
    const { query } = request.wire
    const limit = Math.min(250, parseInteger(query.get('limit') ?? '') ?? 50)
    const page = parseInteger(query.get('page') ?? '') ?? 1
    const isDescending = /:desc$/.test(query.get('sort') ?? '')
    const contexts = isDescending ? found.value.toReversed() : found.value
    return respondList(contexts.slice((page - 1) * limit, page * limit).map(legacyOrder))
  },
  'v2',
)

/** GET /v2/orders/count: how many orders there are, by status. */
export const countLegacyOrders = serverEndpoint(
  readsOrders,
  async (request, operations) => {
    const found = await findOrders(request, operations)
    if (!found.ok) return respondProblem(found.error, 'v2')
    const counts = new Map<number, number>()
    for (const { statusId } of found.value) counts.set(statusId, (counts.get(statusId) ?? 0) + 1)
    const statuses = orderStatuses.map(({ id, name, order, description }) => ({
      id,
      name,
      system_label: name,
      custom_label: name,
      system_description: description,
      count: counts.get(id) ?? 0,
      sort_order: order,
    }))
    return respond(200, { statuses, count: found.value.length })
  },
  'v2',
)

/** Orders of the mount's channel that the query asks for, oldest first. */
async function findOrders(
  request: ServerRequest,
  operations: Operations,
): Promise<Result<readonly OrderContext[], Problem>> {
  const { caller, channel, wire } = request
  const listed = await operations.listOrders(caller, {
    channel: channel.id,
    offset: 0,
    limit: mostListed,
    filter: { statuses: everyStatus },
    oldestFirst: true,
    withPayments: true,
  })
  if (!listed.ok) return refuse(problems.forbidden)
  const { orders, payments } = listed.value
  const contexts = await Promise.all(
    orders.map(order => contextOf(request, { order, payments: payments?.get(order.id) ?? [], channel }, operations)),
  )
  return ok(contexts.filter(context => isWanted(context, wire.query)))
}

function isWanted({ orderId, statusId, order, customer, cart }: OrderContext, query: URLSearchParams): boolean {
  const is = (name: string, value: string) => {
    const wanted = query.get(name)
    return wanted === null || wanted === '' || wanted.toLowerCase() === value.toLowerCase()
  }
  return (
    orderId >= (parseInteger(query.get('min_id') ?? '') ?? 0) &&
    orderId <= (parseInteger(query.get('max_id') ?? '') ?? Number.MAX_SAFE_INTEGER) &&
    is('status_id', statusId.toString()) &&
    is('customer_id', (customer?.integerId ?? 0).toString()) &&
    is('email', cart.cart.billingAddress?.email ?? order.email ?? '') &&
    is('cart_id', order.cartId)
  )
}

const readsStatuses: Access = { scope: 'store_v2_orders', right: 'read' }

const statusOnWire = ({ id, name, order, description }: (typeof orderStatuses)[number]) => ({
  id,
  name,
  system_label: name,
  custom_label: name,
  system_description: description,
  order,
})

/** GET /v2/order_statuses: every status. */
export const listOrderStatuses = serverEndpoint(
  readsStatuses,
  async () => respond(200, orderStatuses.map(statusOnWire)),
  'v2',
)

/** GET /v2/order_statuses/:statusId: one, or 404. */
export const getOrderStatus = serverEndpoint(
  readsStatuses,
  async request => {
    const found = orderStatuses.find(one => one.id.toString() === request.params.statusId)
    return found === undefined ? respondProblem(problems.notFound, 'v2') : respond(200, statusOnWire(found))
  },
  'v2',
)
