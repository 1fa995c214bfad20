import { sumOf } from '../../../core/money.js'
import { amountOwed } from '../../../core/orders/amount-owed.js'
import type { Order } from '../../../core/orders/order.js'
import type { Payment } from '../../../core/payments/payment.js'
import { paymentStatus } from '../../../core/payments/payment-status.js'

/** Statuses of an order on the wire. A draft is no order there. Source: dialects/wix.md 4.10 and 10. */
export const orderStatuses = {
  incomplete: 'INITIALIZED',
  pending: 'INITIALIZED',
  confirmed: 'APPROVED',
  canceled: 'CANCELED',
} as const

/**
 * Payment statuses on the wire. A promise, and money that is only reserved, is not paid; gift cards that cover the whole
 * make an order paid, a part of it does not show here.
 */
export const paymentStatuses = {
  none: 'NOT_PAID',
  pending: 'NOT_PAID',
  authorized: 'NOT_PAID',
  partially_paid: 'PARTIALLY_PAID',
  paid: 'PAID',
  partially_refunded: 'PARTIALLY_REFUNDED',
  refunded: 'FULLY_REFUNDED',
  voided: 'CANCELED',
  failed: 'DECLINED',
} as const

export const fulfillmentStatuses = {
  unfulfilled: 'NOT_FULFILLED',
  partially_fulfilled: 'PARTIALLY_FULFILLED',
  fulfilled: 'FULFILLED',
  canceled: 'NOT_FULFILLED',
} as const

/** `paymentStatus` of an order: as its payments stand now, not as they stood when it was settled. */
export function paymentStatusOf(order: Order, payments: readonly Payment[]): string {
  if (order.status === 'canceled' && order.paymentStatus === 'failed') return paymentStatuses.failed
  return paymentStatuses[paymentStatus(order, payments)]
}

/** How far an order was ever paid: what went back later was paid all the same. */
export function paidOnce(order: Order, payments: readonly Payment[]): 'all' | 'part' | undefined {
  const status = paymentStatusOf(order, payments)
  if (status === paymentStatuses.paid) return 'all'
  if (status === paymentStatuses.partially_paid) return 'part'
  const captured = sumOf(payments.map(payment => payment.captured))
  if (captured === 0n && order.holds.giftCards.length === 0) return undefined
  if (captured >= amountOwed(order)) return 'all'
  return captured > 0n ? 'part' : undefined
}

/** `fulfillmentStatus` of an order: what need not be sent is fulfilled once the order is approved. */
export function fulfillmentStatusOf(order: Order): string {
  const isSent = order.snapshot.lines.some(line => line.kind === 'physical')
  if (!isSent && order.status === 'confirmed') return fulfillmentStatuses.fulfilled
  return fulfillmentStatuses[order.fulfillmentStatus]
}
