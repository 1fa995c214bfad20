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

type Come = Pick<Order, 'status' | 'paymentStatus' | 'fulfillmentStatus'>
type Attempt = Pick<Payment, 'provider' | 'state'>

/**
 * The status of an order by its number: the one that was set by hand as far as it has come, else what follows from that.
 *
 * @param mark  as `markOf` writes it
 */
export function statusIdOf(order: Come, payments: readonly Attempt[], mark: string | undefined): number {
  const stage = stageOf(order)
  const said = stage === undefined ? undefined : marksByStage[stage].find(id => markOf(stage, id) === mark)
  return said ?? ownStatusId(order, payments)
}

/** How a status that was set by hand is kept: with how far the order had come. */
export function markOf(stage: Stage, id: number): string {
  return `${stage}:${id.toString()}`
}

/** The status that follows from an order's payments and its goods. */
export function ownStatusId(order: Come, payments: readonly Attempt[]): number {
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

const unpaidBack: readonly PaymentStatus[] = [
  'none',
  'pending',
  'authorized',
  'partially_paid',
  'paid',
  'voided',
  'failed',
]
const open = { statuses: ['confirmed'], fulfillmentStatuses: ['unfulfilled', 'canceled'] } as const
const begun = { statuses: ['confirmed'], fulfillmentStatuses: ['partially_fulfilled'] } as const
const sent = { statuses: ['confirmed'], fulfillmentStatuses: ['fulfilled'] } as const
const refunded = { paymentStatuses: ['partially_refunded'] } as const

/**
 * How far an order may have come, by the orders that have. A status that was set by hand holds for one of these alone: it
 * never hides that goods were sent, money was given back or the order was called off since.
 */
const stages = {
  open: { ...open, paymentStatuses: unpaidBack },
  begun: { ...begun, paymentStatuses: unpaidBack },
  sent: { ...sent, paymentStatuses: unpaidBack },
  openRefunded: { ...open, ...refunded },
  begunRefunded: { ...begun, ...refunded },
  sentRefunded: { ...sent, ...refunded },
  canceled: { statuses: ['canceled'] },
} as const satisfies Record<string, OrderFilter>
export type Stage = keyof typeof stages

/** How far an order has come; undefined while nothing can be set by hand: its payment is not decided, or all went back. */
export function stageOf({ status, paymentStatus, fulfillmentStatus }: Come): Stage | undefined {
  if (status === 'canceled') return 'canceled'
  if (status !== 'confirmed' || paymentStatus === 'refunded') return undefined
  const isRefunded = paymentStatus === 'partially_refunded'
  if (fulfillmentStatus === 'fulfilled') return isRefunded ? 'sentRefunded' : 'sent'
  if (fulfillmentStatus === 'partially_fulfilled') return isRefunded ? 'begunRefunded' : 'begun'
  return isRefunded ? 'openRefunded' : 'open'
}

/** The stage once all goods are sent. */
export function stageSent(stage: Stage): Stage {
  return stage === 'sentRefunded' || stage === 'openRefunded' || stage === 'begunRefunded' ? 'sentRefunded' : 'sent'
}

const unsentMarks: readonly number[] = [1, 3, 7, 8, 9, 11, 12, 13]
const sentMarks: readonly number[] = [1, 2, 7, 10, 12, 13]
const marksByStage: Readonly<Record<Stage, readonly number[]>> = {
  open: unsentMarks,
  begun: unsentMarks,
  sent: sentMarks,
  openRefunded: [...unsentMarks, 14],
  begunRefunded: [...unsentMarks, 14],
  sentRefunded: [...sentMarks, 14],
  canceled: [5, 6],
}

/** Whether somebody may say that of an order that has come so far. */
export function mayBeMarked(stage: Stage, id: number): boolean {
  return marksByStage[stage].includes(id)
}

/** Where a status that was set by hand stands; migration 0019 repeats it in a column. */
export const markAt: readonly string[] = ['extras', 'bigcommerce', 'mark']

/** Orders that have come to a stage and, there, to these; undefined: whatever was set by hand. */
type Own = readonly [Stage | undefined, OrderFilter]

/** `ownStatusId` read backwards. */
function ownOrders(id: number): readonly Own[] {
  const placed = ['pending', 'confirmed'] as const
  switch (id) {
    case 0:
      return [
        [undefined, { statuses: ['incomplete'], paymentStatuses: unpaidBack.filter(one => one !== 'partially_paid') }],
      ]
    case 1:
      return [
        [undefined, { statuses: ['pending'], paymentStatuses: unpaidBack }],
        [undefined, { statuses: ['incomplete'], paymentStatuses: ['partially_paid'] }],
        ['open', { paymentStatuses: ['partially_paid'], isPromised: false }],
      ]
    case 2:
      return [['sent', {}]]
    case 3:
      return [['begun', {}]]
    case 4:
      return [[undefined, { statuses: placed, paymentStatuses: ['refunded'] }]]
    case 5:
      return [['canceled', { paymentStatuses: [...unpaidBack.filter(one => one !== 'failed'), ...paidBack] }]]
    case 6:
      return [['canceled', { paymentStatuses: ['failed'] }]]
    case 7:
      return [
        ['open', { paymentStatuses: ['pending'] }],
        ['open', { isPromised: true }],
      ]
    case 11: {
      const paid = unpaidBack.filter(one => one !== 'pending' && one !== 'partially_paid')
      return [['open', { paymentStatuses: paid, isPromised: false }]]
    }
    case 14:
      return [
        [undefined, { statuses: ['pending'], ...refunded }],
        ['openRefunded', {}],
        ['begunRefunded', {}],
        ['sentRefunded', {}],
      ]
    default:
      return []
  }
}

/**
 * The orders that have a status, as conditions of which one holds: `statusIdOf` read backwards. None for a status that no
 * order here comes to.
 */
export function statusOrders(id: number): readonly OrderFilter[] {
  const own = ownOrders(id).map(([stage, filter]) =>
    stage === undefined ? filter : { ...stages[stage], ...filter, notAnnotated: marked(stage, marksByStage[stage]) },
  )
  const sayable = (Object.keys(stages) as Stage[]).filter(stage => mayBeMarked(stage, id))
  if (sayable.length === 0) return own
  const values = sayable.map(stage => markOf(stage, id))
  const byHand = sayable.map(stage => ({ ...stages[stage], annotation: marked(stage, [id]) }))
  return [...own, { annotation: { path: markAt, values }, isAnyOf: byHand }]
}

function marked(stage: Stage, ids: readonly number[]): NonNullable<OrderFilter['annotation']> {
  return { path: markAt, values: ids.map(id => markOf(stage, id)) }
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
