import type { OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { withoutTender } from '../core/orders/tender.js'
import { pause } from './change-cart.js'
import type { Deps } from './deps.js'

/** Takes a tender off whose money is not there any more, so that the draft says what is really due. */
export async function dropTender(deps: Deps, id: OrderId, code: string): Promise<void> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const order = await deps.storage.orders.read({ id })
    const next = order === undefined ? undefined : withoutTender(order, code, deps.clock())
    if (order === undefined || next === undefined || (await isSaved(deps, next, order.version))) return
    await pause(attempt)
  }
}

/** Writes a draft with other tenders, where nobody was faster. */
export async function isSaved(deps: Deps, order: Order, since: number): Promise<boolean> {
  const event = { type: 'order.tendered', subject: order.id, data: { orderId: order.id } }
  const saved = await deps.storage.orders.settle({ order, since, payments: [], holds: 'keep', events: [event] })
  return saved === 'saved'
}
