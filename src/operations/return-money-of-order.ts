import { limits } from '../core/limits.js'
import { paymentStatus } from '../core/payments/payment-status.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { returnStrayMoney } from './return-stray-money.js'

/**
 * Returns the stray money of an order that is given up, and lets the order say what became of it: one that was paid for and
 * then canceled is refunded or voided as soon as its payments are. Where somebody else is faster at that order it is looked
 * at again, since nobody may come to it later.
 */
export async function returnMoneyOfOrder(deps: Deps, state: OrderState): Promise<OrderState> {
  let { order, payments } = state
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    payments = await returnStrayMoney(deps, payments)
    // An order that was never paid for stays failed, whatever its attempts come to.
    if (order.status !== 'canceled' || order.paymentStatus === 'failed') break
    const status = paymentStatus(order, payments)
    if (status === order.paymentStatus) break
    const told = { ...order, paymentStatus: status, updatedAt: deps.clock(), version: order.version + 1 }
    const events = [{ type: 'order.payment_changed', subject: order.id, data: { orderId: order.id } }]
    const written = { order: told, since: order.version, payments: [], holds: 'keep', events } as const
    if ((await deps.storage.orders.settle(written)) === 'saved') return { order: told, payments }
    const now = await deps.storage.orders.readState({ id: order.id })
    if (now === undefined) break
    order = now.order
    payments = now.payments
  }
  return { order, payments }
}
