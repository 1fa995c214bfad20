import type { Order } from '../../../core/orders/order.js'

/** Ways of paying whose money comes later. */
const laterKinds: ReadonlySet<string> = new Set(['bank_transfer', 'check'])

/** Where an order stands, in the words of the API. Source: dialects/vtex.md 4.7, 5.8. */
export function orderStatusOf(order: Order): string {
  if (order.status === 'canceled') return 'canceled'
  if (order.status !== 'confirmed') return 'payment-pending'
  if (order.fulfillmentStatus === 'fulfilled') return 'invoiced'
  if (order.fulfillmentStatus === 'partially_fulfilled') return 'handling'
  if (order.paymentStatus === 'paid' || order.paymentStatus === 'none') return 'ready-for-handling'
  const isPaidLater = order.snapshot.payments.some(({ method }) => laterKinds.has(method.kind))
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
