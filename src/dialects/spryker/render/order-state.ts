import type { Order } from '../../../core/orders/order.js'

/** Name of the state that all items of an order are in; only the name matters on the wire. */
export function itemState(order: Order): string {
  if (order.status === 'canceled') return 'canceled'
  if (order.status !== 'confirmed') return 'payment pending'
  if (order.fulfillmentStatus === 'fulfilled') return 'shipped'
  if (order.paymentStatus === 'refunded') return 'refunded'
  // What was given back in part was paid before.
  return order.paymentStatus === 'paid' || order.paymentStatus === 'partially_refunded' ? 'paid' : 'new'
}
