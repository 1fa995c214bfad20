import { problemOf } from '../errors.js'
import { storefrontOrder } from '../render/order.js'
import { shopperEndpoint } from '../shopper-endpoint.js'
import { ownOrderContext, readOwnOrder } from './own-order.js'

/**
 * GET /api/storefront/orders/:orderId, and /order as some pages call it: 200 for the session that placed it and its
 * customer, 404 for anybody else. Source: dialects/bigcommerce.md 3.5, reference/orders.sf.yml.
 */
export const getOrder = shopperEndpoint('storefront', async (request, operations) => {
  const read = await readOwnOrder(request, operations)
  if (!read.ok) return { problem: problemOf(read.error) }
  return { status: 200, body: storefrontOrder(await ownOrderContext(request, read.value, operations)) }
})
