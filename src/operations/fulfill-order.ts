import type { Caller } from '../core/access/caller.js'
import type { OrderId } from '../core/ids.js'
import { isPaid } from '../core/orders/amount-owed.js'
import { fulfilledOrder, fulfilledWhole, type Sending } from '../core/orders/fulfill-order.js'
import { refuse } from '../core/result.js'
import { changeOrder } from './change-order.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** What is sent: one consignment, or all that was not sent yet. */
export type FulfillOrder = (Sending | { readonly isAll: true }) & { readonly id: OrderId; readonly onlyPaid?: true }

/**
 * Notes that a consignment of a confirmed order was sent, once, or all that is left of it. Needs `orders:write`.
 *
 * @param input.onlyPaid  refuse with `order_state` while money is missing
 */
export async function fulfillOrder(deps: Deps, caller: Caller, input: FulfillOrder): Answer<OrderView> {
  const { id, onlyPaid, ...sending } = input
  return changeOrder(deps, caller, id, 'order.fulfilled', (order, now, payments) => {
    if (onlyPaid === true && !isPaid(order, payments))
      return refuse({ code: 'order_state', status: order.paymentStatus })
    return 'isAll' in sending ? fulfilledWhole(order, now) : fulfilledOrder(order, sending, now)
  })
}
