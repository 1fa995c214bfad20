import type { Caller } from '../core/access/caller.js'
import type { OrderId } from '../core/ids.js'
import { type Amendments, amendOrder as amended } from '../core/orders/amend-order.js'
import { changeOrder } from './change-order.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** Puts contact and addresses of a confirmed order right; see `amendOrder` of the core. Needs `orders:write`. */
export async function amendOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly id: OrderId; readonly amendments: Amendments },
): Answer<OrderView> {
  return changeOrder(deps, caller, input.id, 'order.amended', (order, now) => amended(order, input.amendments, now))
}
