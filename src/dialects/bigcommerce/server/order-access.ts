import type { Access } from '../auth.js'
import { respond } from '../respond.js'

export const readsOrders: Access = { scope: 'store_v2_orders', right: 'read' }
export const modifiesOrders: Access = { scope: 'store_v2_orders', right: 'modify' }

/** An empty list has no body. Source: dialects/bigcommerce.md 3.0.5. */
export function respondList(body: unknown) {
  return Array.isArray(body) && body.length === 0 ? respond(204, undefined) : respond(200, body)
}
