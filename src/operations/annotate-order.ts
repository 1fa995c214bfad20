import type { Caller } from '../core/access/caller.js'
import type { CheckoutError } from '../core/errors.js'
import type { Json, OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { ok, type Result, refuse } from '../core/result.js'
import { changeOrder } from './change-order.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/**
 * Keeps with a placed order what only one dialect knows of, under that dialect's name. Needs `orders:write`.
 *
 * @param input.note  what to keep instead of what is kept; may be asked more than once
 */
export async function annotateOrder(
  deps: Deps,
  caller: Caller,
  input: {
    readonly id: OrderId
    readonly dialect: string
    readonly note: (order: Order) => Result<Json, CheckoutError>
  },
): Answer<OrderView> {
  return changeOrder(deps, caller, input.id, 'order.annotated', (order, now) => {
    const note = input.note(order)
    if (!note.ok) return note
    const extras = { ...order.extras, [input.dialect]: note.value }
    if (JSON.stringify(extras).length > limits.extrasBytes) {
      return refuse({ code: 'limit_reached', limit: 'extras', maximum: limits.extrasBytes })
    }
    return ok({ ...order, extras, updatedAt: now, version: order.version + 1 })
  })
}
