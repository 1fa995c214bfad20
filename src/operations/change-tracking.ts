import type { Caller } from '../core/access/caller.js'
import type { ConsignmentId, OrderId } from '../core/ids.js'
import { retrackedOrder } from '../core/orders/fulfill-order.js'
import { changeOrder } from './change-order.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** A consignment that was sent, and the number by which it can be followed. */
export interface ChangeTracking {
  readonly id: OrderId
  readonly consignmentId: ConsignmentId
  readonly trackingNumber: string
}

/** Puts the tracking number of goods right that were sent. Needs `orders:write`; `consignment_not_found` before they are. */
export async function changeTracking(deps: Deps, caller: Caller, input: ChangeTracking): Answer<OrderView> {
  const { id, ...tracking } = input
  return changeOrder(deps, caller, id, 'order.tracking_changed', (order, now) => retrackedOrder(order, tracking, now))
}
