import { type Minor, sumOf } from '../money.js'
import type { Payment } from '../payments/payment.js'
import type { Order } from './order.js'

/** What the order's payments must come to: what is due, and what paying in installments costs on top. */
export function amountOwed(order: Pick<Order, 'amountDue' | 'snapshot'>): Minor {
  return order.amountDue + sumOf(order.snapshot.payments.map(payment => payment.interest))
}

/** What is not paid yet; what was taken and given back counts as paid. Zero or more. */
export function amountOutstanding(
  order: Pick<Order, 'amountDue' | 'snapshot'>,
  payments: readonly Pick<Payment, 'captured'>[],
): Minor {
  const left = amountOwed(order) - sumOf(payments.map(payment => payment.captured))
  return left > 0n ? left : 0n
}

/** Whether everything was paid, and not all of it given back: the goods may go. */
export function isPaid(
  order: Pick<Order, 'amountDue' | 'snapshot'>,
  payments: readonly Pick<Payment, 'captured' | 'refunded'>[],
): boolean {
  if (amountOutstanding(order, payments) > 0n) return false
  return order.amountDue === 0n || payments.some(({ captured, refunded }) => captured > refunded)
}
