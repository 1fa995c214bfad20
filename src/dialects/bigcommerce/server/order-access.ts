import type { ChannelId } from '../../../core/ids.js'
import type { Order } from '../../../core/orders/order.js'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import type { Operations } from '../../../operations/operations.js'
import type { Access } from '../auth.js'
import { pickupPointIdOf } from '../render/pickup.js'
import { respond } from '../respond.js'

export const readsOrders: Access = { scope: 'store_v2_orders', right: 'read' }
export const modifiesOrders: Access = { scope: 'store_v2_orders', right: 'modify' }

/** An empty list has no body. Source: dialects/bigcommerce.md 3.0.5. */
export function respondList(body: unknown) {
  return Array.isArray(body) && body.length === 0 ? respond(204, undefined) : respond(200, body)
}

/** Places where goods are fetched, as they are today; looked up only where something of these orders is. */
export async function pickupPointsOf(
  orders: readonly Order[],
  channel: ChannelId,
  operations: Operations,
): Promise<readonly PickupPoint[]> {
  const isFetched = orders.some(({ snapshot }) => snapshot.consignments.some(one => pickupPointIdOf(one) !== undefined))
  const facts = isFetched ? await operations.readChannelFacts({ channel }) : undefined
  return facts?.ok === true ? facts.value.pickupPoints : []
}
