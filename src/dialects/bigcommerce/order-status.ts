import type { Order, PaymentStatus } from '../../core/orders/order.js'
import type { Payment } from '../../core/payments/payment.js'
import type { OrderFilter } from '../../operations/operations.js'

/** A status by its number, with the place in which shops list it. Source: dialects/bigcommerce.md 3.9. */
export interface StatusFacts {
  readonly id: number
  readonly name: string
  readonly order: number
  readonly description: string
}

const status = (id: number, name: string, order: number, description: string): StatusFacts => ({
  id,
  name,
  order,
  description,
})

export const orderStatuses: readonly StatusFacts[] = [
  status(0, 'Incomplete', 0, 'The order was begun and nothing was paid.'),
  status(1, 'Pending', 1, 'The order was begun and is paid in part, or its payment is under way.'),
  status(2, 'Shipped', 8, 'Everything was sent.'),
  status(3, 'Partially Shipped', 6, 'Some of it was sent.'),
  status(4, 'Refunded', 11, 'Everything was paid back.'),
  status(5, 'Cancelled', 9, 'The order was called off.'),
  status(6, 'Declined', 10, 'The payment was declined.'),
  status(7, 'Awaiting Payment', 2, 'The order stands; its money has not come yet.'),
  status(8, 'Awaiting Pickup', 5, 'The goods wait to be fetched.'),
  status(9, 'Awaiting Shipment', 4, 'The goods are packed.'),
  status(10, 'Completed', 7, 'The goods were sent and the money came.'),
  status(11, 'Awaiting Fulfillment', 3, 'The money came; the goods are to be packed.'),
  status(12, 'Manual Verification Required', 13, 'Somebody must look at it.'),
  status(13, 'Disputed', 12, 'The buyer disputes the payment.'),
  status(14, 'Partially Refunded', 14, 'Some of the money was paid back.'),
]

/** A promise to pay outside of every gateway, whose money has not come yet. */
export function awaitsMoney(payments: readonly Pick<Payment, 'provider' | 'state'>[]): boolean {
  return payments.some(({ provider, state }) => provider === 'manual' && state === 'authorized')
}

/** The status of an order by its number, from what is known of its payments and its goods. */
export function statusIdOf(
  order: Pick<Order, 'status' | 'paymentStatus' | 'fulfillmentStatus'>,
  payments: readonly Pick<Payment, 'provider' | 'state'>[],
): number {
  if (order.status === 'incomplete') return order.paymentStatus === 'partially_paid' ? 1 : 0
  if (order.status === 'canceled') return order.paymentStatus === 'failed' ? 6 : 5
  if (order.paymentStatus === 'refunded') return 4
  if (order.paymentStatus === 'partially_refunded') return 14
  if (order.status === 'pending') return 1
  if (order.fulfillmentStatus === 'fulfilled') return 2
  if (order.fulfillmentStatus === 'partially_fulfilled') return 3
  if (order.paymentStatus === 'pending' || awaitsMoney(payments)) return 7
  return order.paymentStatus === 'partially_paid' ? 1 : 11
}

/**
 * The orders that have a status, as conditions of which one holds: `statusIdOf` read backwards. None for a status that no
 * order here comes to.
 */
export function statusOrders(id: number): readonly OrderFilter[] {
  const unpaidBack: readonly PaymentStatus[] = [
    ...(['none', 'pending', 'authorized', 'partially_paid'] as const),
    ...(['paid', 'voided', 'failed'] as const),
  ]
  const unsent = { statuses: ['confirmed'], fulfillmentStatuses: ['unfulfilled', 'canceled'] } as const
  const placed = ['pending', 'confirmed'] as const
  switch (id) {
    case 0:
      return [{ statuses: ['incomplete'], paymentStatuses: unpaidBack.filter(one => one !== 'partially_paid') }]
    case 1:
      return [
        { statuses: ['pending'], paymentStatuses: unpaidBack },
        { statuses: ['incomplete'], paymentStatuses: ['partially_paid'] },
        { ...unsent, paymentStatuses: ['partially_paid'], isPromised: false },
      ]
    case 2:
      return [{ statuses: ['confirmed'], paymentStatuses: unpaidBack, fulfillmentStatuses: ['fulfilled'] }]
    case 3:
      return [{ statuses: ['confirmed'], paymentStatuses: unpaidBack, fulfillmentStatuses: ['partially_fulfilled'] }]
    case 4:
      return [{ statuses: placed, paymentStatuses: ['refunded'] }]
    case 5:
      return [{ statuses: ['canceled'], paymentStatuses: [...unpaidBack.filter(one => one !== 'failed'), ...paidBack] }]
    case 6:
      return [{ statuses: ['canceled'], paymentStatuses: ['failed'] }]
    case 7:
      return [
        { ...unsent, paymentStatuses: ['pending'] },
        { ...unsent, paymentStatuses: unpaidBack, isPromised: true },
      ]
    case 11:
      return [
        {
          ...unsent,
          paymentStatuses: unpaidBack.filter(one => one !== 'pending' && one !== 'partially_paid'),
          isPromised: false,
        },
      ]
    case 14:
      return [{ statuses: placed, paymentStatuses: ['partially_refunded'] }]
    default:
      return []
  }
}

const paidBack: readonly PaymentStatus[] = ['refunded', 'partially_refunded']

/** Its name: `Awaiting Payment`. */
export function statusName(id: number): string {
  return orderStatuses.find(one => one.id === id)?.name ?? 'Incomplete'
}

/** As the storefront spells it: `AWAITING_PAYMENT`. */
export function statusKey(id: number): string {
  return statusName(id).toUpperCase().replaceAll(' ', '_')
}

/** Whether the shopper may see the confirmation; not of one that waits for the rest of its money. */
export function isComplete({ status }: Pick<Order, 'status'>, id: number): boolean {
  return status !== 'incomplete' && ![0, 5, 6].includes(id)
}
