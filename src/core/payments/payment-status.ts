import { sumOf } from '../money.js'
import type { Order, PaymentStatus } from '../orders/order.js'
import { isDead, type Payment } from './payment.js'

/**
 * What an order's payments come to together. Money that was taken counts until it is given back, also where no order
 * stands behind it any more (`refund_due`). Nothing due and nothing paid, as with gift cards that cover all, is paid.
 */
export function paymentStatus(order: Pick<Order, 'amountDue'>, payments: readonly Payment[]): PaymentStatus {
  const captured = sumOf(payments.map(payment => payment.captured))
  const refunded = sumOf(payments.map(payment => payment.refunded))
  if (refunded > 0n) return refunded >= captured ? 'refunded' : 'partially_refunded'
  if (captured > 0n) return captured >= order.amountDue ? 'paid' : 'partially_paid'
  const alive = payments.filter(payment => !isDead(payment.state))
  if (alive.length > 0) {
    const authorized = sumOf(alive.filter(({ state }) => state === 'authorized').map(({ amount }) => amount))
    return authorized > 0n && authorized >= order.amountDue ? 'authorized' : 'pending'
  }
  if (payments.some(payment => payment.state === 'voided')) return 'voided'
  if (payments.length > 0) return 'failed'
  return order.amountDue === 0n ? 'paid' : 'none'
}
