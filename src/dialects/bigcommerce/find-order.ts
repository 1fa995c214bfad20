import type { Caller } from '../../core/access/caller.js'
import { firstIntegerUnnumbered, isNumberedByInteger } from '../../core/orders/order-number.js'
import { refuse } from '../../core/result.js'
import type { Answer, Operations, OrderView } from '../../operations/operations.js'

/**
 * The order that this dialect shows under that id: by its number, or, where that is no integer, by the store's own. The
 * latter alone was the id once, so whoever kept it still finds the order where no other one has that number.
 */
export async function findOrder(caller: Caller, id: number, operations: Operations): Answer<OrderView> {
  const numbered = await operations.readOrder(caller, { number: id.toString() })
  if (numbered.ok) return numbered
  const integerId = id > firstIntegerUnnumbered ? id - firstIntegerUnnumbered : id
  const counted = await operations.readOrder(caller, { integerId })
  return counted.ok && !isNumberedByInteger(counted.value.order) ? counted : refuse({ code: 'order_not_found' })
}
