import { type Minor, sumOf } from '../money.js'
import { isStray, type Payment } from '../payments/payment.js'
import type { Order } from './order.js'

/**
 * What the order's payments must come to: what is due, and what paying in installments costs on top. Attempts are over that
 * too, so that one's interest never pays another's share.
 */
export function amountOwed(order: Pick<Order, 'amountDue' | 'snapshot'>): Minor {
  return order.amountDue + sumOf(order.snapshot.payments.map(payment => payment.interest))
}

/**
 * What is not paid yet; what was taken and given back counts as paid, unless no order stood behind it from the start. Zero
 * or more.
 */
export function amountOutstanding(order: Pick<Order, 'amountDue' | 'snapshot'>, payments: readonly Payment[]): Minor {
  const paid = sumOf(payments.filter(payment => !isStray(payment)).map(payment => payment.captured))
  return notNegative(amountOwed(order) - paid)
}

/** The most that may be taken now: what the order costs beyond what is kept for it and what is just being taken. */
export function amountOpen(order: Pick<Order, 'amountDue' | 'snapshot'>, payments: readonly Payment[]): Minor {
  const kept = payments.filter(payment => !isStray(payment)).map(payment => payment.captured - payment.refunded)
  const begun = payments.map(({ step }) => (step?.kind === 'capture' ? step.amount : 0n))
  return notNegative(amountOwed(order) - sumOf(kept) - sumOf(begun))
}

function notNegative(amount: Minor): Minor {
  return amount > 0n ? amount : 0n
}

/** Whether everything was paid, and not all of it given back: the goods may go. */
export function isPaid(order: Pick<Order, 'amountDue' | 'snapshot'>, payments: readonly Payment[]): boolean {
  if (amountOutstanding(order, payments) > 0n) return false
  return order.amountDue === 0n || payments.some(({ captured, refunded }) => captured > refunded)
}
