import type { Caller } from '../../core/access/caller.js'
import { refuse } from '../../core/result.js'
import type { Answer, Operations, OrderView } from '../../operations/operations.js'
import { orderIdOf } from './render/order.js'

/** The order that this dialect shows under that id: by its number, or, where that is no integer, by the store's own. */
export async function findOrder(caller: Caller, id: number, operations: Operations): Answer<OrderView> {
  const numbered = await operations.readOrder(caller, { number: id.toString() })
  if (numbered.ok) return numbered
  const counted = await operations.readOrder(caller, { integerId: id })
  return counted.ok && orderIdOf(counted.value.order) === id ? counted : refuse({ code: 'order_not_found' })
}
