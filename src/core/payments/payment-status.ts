import { sumOf } from '../money.js'
import { amountOwed } from '../orders/amount-owed.js'
import type { Order, PaymentStatus } from '../orders/order.js'
import { excessOf, isDead, isStray, type Payment } from './payment.js'

/**
 * What an order's payments come to together. Money that was taken counts until it is given back. Of an order that stands,
 * what went back because it was never owed does not count; of one that was given up, it is all that there is. Nothing due
 * and nothing paid, as with gift cards that cover all, is paid, as long as the order is not given up.
 */
export function paymentStatus(
  order: Pick<Order, 'amountDue' | 'status' | 'holds' | 'snapshot'>,
  payments: readonly Payment[],
): PaymentStatus {
  const stands = order.status === 'confirmed'
  const own = stands ? payments.filter(payment => !isStray(payment)) : payments
  const excess = stands ? sumOf(own.map(excessOf)) : 0n
  const captured = sumOf(own.map(payment => payment.captured)) - excess
  const refunded = sumOf(own.map(payment => payment.refunded)) - excess
  if (refunded > 0n) return refunded >= captured ? 'refunded' : 'partially_refunded'
  if (captured > 0n) return captured >= amountOwed(order) ? 'paid' : 'partially_paid'
  const alive = own.filter(({ state }) => !isDead(state) && state !== 'refunded')
  if (alive.length > 0) {
    const authorized = sumOf(alive.filter(({ state }) => state === 'authorized').map(({ amount }) => amount))
    return authorized > 0n && authorized >= amountOwed(order) ? 'authorized' : 'pending'
  }
  // Given back before anybody counted it: its gateway told only then that it was taken.
  if (!stands && own.some(({ state }) => state === 'refunded')) return 'refunded'
  if (payments.some(payment => payment.state === 'voided')) return 'voided'
  // Where gift cards paid it all, what was tried before them does not count.
  const isByGiftCards = order.amountDue === 0n && order.holds.giftCards.length > 0
  if (payments.length > 0 && !isByGiftCards) return 'failed'
  if (order.amountDue > 0n) return 'none'
  // What gift cards paid of an order that was given up is on them again.
  return order.status === 'canceled' && order.holds.giftCards.length > 0 ? 'voided' : 'paid'
}
