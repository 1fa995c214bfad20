import { type Result, refuse } from '../../../core/result.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import type { Handler } from '../../dialect.js'
import type { Access } from '../auth.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { orderStatuses } from '../order-status.js'
import { pageOf } from '../page.js'
import { type Problem, problems } from '../problem.js'
import { readInclude } from '../render/context.js'
import { legacyConsignments, legacyShippingAddresses } from '../render/legacy-consignment.js'
import { legacyFees, legacyOrder, legacyOrderCoupons } from '../render/legacy-order.js'
import { legacyProducts } from '../render/legacy-product.js'
import { legacyTaxes } from '../render/legacy-tax.js'
import { type OrderContext, orderContext } from '../render/order.js'
import { respond } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { pickupPointsOf, readsOrders, respondList } from './order-access.js'

/** GET /v2/orders/:orderId: 200 with the bare order, or 404. */
export const getLegacyOrder = ofOrder(legacyOrder)

/** GET /v2/orders/:orderId/products: 200 with a page (`page`, `limit`) of a list, as of all these lists; 204 beyond its end. */
export const getLegacyProducts = ofOrder(legacyProducts)

/** GET /v2/orders/:orderId/products/:productId: one line, or 404. */
export const getLegacyProduct = partOfOrder(legacyProducts, 'productId')

/** GET /v2/orders/:orderId/shipping_addresses: 200 with a list; 204 where nothing is shipped. */
export const getLegacyShippingAddresses = ofOrder(legacyShippingAddresses)

/** GET /v2/orders/:orderId/shipping_addresses/:addressId: one of them, or 404. */
export const getLegacyShippingAddress = partOfOrder(legacyShippingAddresses, 'addressId')

/**
 * GET /v2/orders/:orderId/shipping_addresses/:addressId/shipping_quotes: 204, as for an order that no quote was kept of; 404
 * where there is no such address.
 */
export const getLegacyShippingQuotes = partOfOrder(legacyShippingAddresses, 'addressId', () => [])

/** GET /v2/orders/:orderId/consignments/shipping/:addressId/shipping_quotes: the same of a consignment. */
export const getLegacyConsignmentQuotes = getLegacyShippingQuotes

/** GET /v2/orders/:orderId/coupons: 200 with a list; 204 without any. */
export const getLegacyOrderCoupons = ofOrder(legacyOrderCoupons)

/** GET /v2/orders/:orderId/taxes: 200 with a list, by what is taxed where `details` is true; 204 without any. */
export const getLegacyTaxes = ofOrder((context, query) =>
  legacyTaxes(context, { details: query.get('details') === 'true' }),
)

/** GET /v2/orders/:orderId/fees: 200 with a list; 204 without any. */
export const getLegacyFees = ofOrder(legacyFees)

/** GET /v2/orders/:orderId/consignments: 200 with one object of lists. */
export const getLegacyConsignments = ofOrder(legacyConsignments)

/** An order of any channel by its number, or something of it; of a list a page, and an empty one has no body. */
function ofOrder(render: (context: OrderContext, query: URLSearchParams) => unknown): Handler {
  return serverEndpoint(
    readsOrders,
    async (request, operations) => {
      const view = await readOrder(request, operations)
      if (!view.ok) return respondProblem(view.error, 'v2')
      const shown = render(await contextOf(request, view.value, operations), request.wire.query)
      return respondList(Array.isArray(shown) ? pageIn(shown, request.wire.query) : shown)
    },
    'v2',
  )
}

function pageIn(list: readonly unknown[], query: URLSearchParams): readonly unknown[] {
  const { offset, limit } = pageOf(query)
  return list.slice(offset, offset + limit)
}

/** The one of a list whose id a parameter names, or 404. */
function partOfOrder<Part extends { readonly id: number }>(
  render: (context: OrderContext) => readonly Part[],
  parameter: string,
  show: (part: Part) => unknown = part => part,
): Handler {
  return serverEndpoint(
    readsOrders,
    async (request, operations) => {
      const view = await readOrder(request, operations)
      if (!view.ok) return respondProblem(view.error, 'v2')
      const parts = render(await contextOf(request, view.value, operations))
      const found = parts.find(({ id }) => id.toString() === request.params[parameter])
      return found === undefined ? respondProblem(problems.notFound, 'v2') : respondList(show(found))
    },
    'v2',
  )
}

export async function readOrder(
  { params, caller }: ServerRequest,
  operations: Operations,
): Promise<Result<OrderView, Problem>> {
  const id = parseInteger(params.orderId ?? '')
  if (id === undefined) return refuse(problems.notFound)
  const read = await findOrder(caller, id, operations)
  return read.ok ? read : refuse(problems.notFound)
}

export async function contextOf({ caller, wire }: ServerRequest, view: OrderView, operations: Operations) {
  const { owner } = view.order
  const read = owner.kind === 'member' ? await operations.readCustomer(caller, { id: owner.customerId }) : undefined
  const customer = read?.ok === true ? read.value : undefined
  const pickupPoints = await pickupPointsOf([view.order], view.channel.id, operations)
  return orderContext(view, { customer, baseUrl: wire.baseUrl, include: readInclude(wire.query), pickupPoints })
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
