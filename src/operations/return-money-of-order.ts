import { paymentStatus } from '../core/payments/payment-status.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { returnStrayMoney } from './return-stray-money.js'

/**
 * Returns the stray money of an order that is given up, and lets the order say what became of it: one that was paid for and
 * then canceled is refunded or voided as soon as its payments are. Whoever is faster at that order leaves it to the
 * recovery job.
 */
export async function returnMoneyOfOrder(deps: Deps, { order, payments }: OrderState): Promise<OrderState> {
  const after = await returnStrayMoney(deps, payments)
  // An order that was never paid for stays failed, whatever its attempts come to.
  if (order.status !== 'canceled' || order.paymentStatus === 'failed') return { order, payments: after }
  const status = paymentStatus(order, after)
  if (status === order.paymentStatus) return { order, payments: after }
  const told = { ...order, paymentStatus: status, updatedAt: deps.clock(), version: order.version + 1 }
  const events = [{ type: 'order.payment_changed', subject: order.id, data: { orderId: order.id } }]
  const saved = await deps.storage.orders.settle({
    order: told,
    since: order.version,
    payments: [],
    holds: 'keep',
    events,
  })
  return { order: saved === 'saved' ? told : order, payments: after }
}
