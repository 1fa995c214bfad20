import type { Caller } from '../../core/access/caller.js'
import { firstIntegerUnnumbered, isNumberedByInteger } from '../../core/orders/order-number.js'
import { refuse } from '../../core/result.js'
import type { Answer, Operations, OrderView } from '../../operations/operations.js'

/** The order that this dialect shows under that id: by its number, or, where that is no integer, by `readOutInteger`. */
export async function findOrder(caller: Caller, id: number, operations: Operations): Answer<OrderView> {
  const numbered = await operations.readOrder(caller, { number: id.toString() })
  if (numbered.ok) return numbered
  if (id <= firstIntegerUnnumbered) return refuse({ code: 'order_not_found' })
  const counted = await operations.readOrder(caller, { integerId: id - firstIntegerUnnumbered })
  return counted.ok && !isNumberedByInteger(counted.value.order) ? counted : refuse({ code: 'order_not_found' })
}
