import { type Order, type PaymentStatus, paymentStatuses } from '../../../core/orders/order.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'

/** Ways of paying whose money comes later. */
export const laterKinds: readonly PaymentMethod['kind'][] = ['bank_transfer', 'check']

/** Where payments stand when there is nothing left to wait for. */
const settled: readonly PaymentStatus[] = ['paid', 'none']

/** Where they stand otherwise. */
export const unsettled = paymentStatuses.filter(status => !settled.includes(status))

/** Where an order stands, in the words of the API. Source: dialects/vtex.md 4.7, 5.8. */
export function orderStatusOf(order: Order): string {
  if (order.status === 'canceled') return 'canceled'
  if (order.status !== 'confirmed') return 'payment-pending'
  if (order.fulfillmentStatus === 'fulfilled') return 'invoiced'
  if (order.fulfillmentStatus === 'partially_fulfilled') return 'handling'
  if (settled.includes(order.paymentStatus)) return 'ready-for-handling'
  const isPaidLater = order.snapshot.payments.some(({ method }) => laterKinds.includes(method.kind))
  return isPaidLater ? 'payment-pending' : 'payment-approved'
}

const descriptions: Readonly<Record<string, string>> = {
  canceled: 'Canceled',
  'payment-pending': 'Payment pending',
  'payment-approved': 'Payment approved',
  'ready-for-handling': 'Ready for handling',
  handling: 'Handling',
  invoiced: 'Invoiced',
}

export function describeStatus(status: string): string {
  return descriptions[status] ?? status
}

/** Whether the purchase came about: an order that was called off before that is incomplete. */
export function isCompleted({ status, paymentStatus }: Order): boolean {
  return status === 'confirmed' || (status === 'canceled' && paymentStatus !== 'failed' && paymentStatus !== 'pending')
}

/** Goods that nobody has sent yet may be called off. */
export function mayCancel({ status, fulfillmentStatus }: Order): boolean {
  return status !== 'canceled' && fulfillmentStatus === 'unfulfilled'
}

const dayMilliseconds = 24 * 3_600_000

/** Within so many days of its placing, the seller of an order may be changed. */
export function mayChangeSeller(order: Order, days: number, now: string): boolean {
  const isOpen = Date.parse(now) < Date.parse(order.placedAt) + days * dayMilliseconds
  return order.status === 'confirmed' && mayCancel(order) && isOpen
}
