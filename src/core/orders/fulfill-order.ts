import type { ErrorOf } from '../errors.js'
import type { ConsignmentId, Instant } from '../ids.js'
import { ok, type Result, refuse } from '../result.js'
import type { Fulfillment, FulfillmentStatus, Order } from './order.js'

/** How goods are sent. */
export interface Sending {
  readonly consignmentId: ConsignmentId
  readonly carrier?: string
  readonly trackingNumber?: string
  readonly trackingUrl?: string
}

/**
 * The order with one of its consignments sent, one version later. Goods are sent for confirmed orders, each once.
 *
 * @returns undefined where that consignment was sent already; `order_state` where it must not be sent;
 *   `consignment_not_found`
 */
export function fulfilledOrder(
  order: Order,
  sending: Sending,
  now: Instant,
): Result<Order | undefined, ErrorOf<'order_state' | 'consignment_not_found'>> {
  const { consignmentId, ...about } = sending
  const entry = order.snapshot.consignments.find(({ consignment }) => consignment.id === consignmentId)
  if (entry === undefined || entry.items.length === 0) return refuse({ code: 'consignment_not_found', consignmentId })
  if (order.status !== 'confirmed') return refuse({ code: 'order_state', status: order.status })
  if (order.fulfillments.some(({ id }) => id === consignmentId)) return ok(undefined)
  return ok(withSent(order, [{ id: consignmentId, items: entry.items, ...about, at: now }], now))
}

/**
 * The order with everything sent that was not yet, one version later; goods that are in no parcel are handed over with it.
 *
 * @returns undefined where all was sent already; `order_state` where it must not be sent
 */
export function fulfilledWhole(order: Order, now: Instant): Result<Order | undefined, ErrorOf<'order_state'>> {
  if (order.status !== 'confirmed') return refuse({ code: 'order_state', status: order.status })
  if (order.fulfillmentStatus === 'fulfilled') return ok(undefined)
  const isSent = (id: ConsignmentId) => order.fulfillments.some(one => one.id === id)
  const left = order.snapshot.consignments.filter(
    ({ consignment, items }) => items.length > 0 && !isSent(consignment.id),
  )
  const sent = left.map(({ consignment: { id }, items, selected }) => ({
    ...{ id, items, at: now },
    ...(selected === undefined ? {} : { carrier: selected.carrier }),
  }))
  return ok(withSent(order, sent, now))
}

/**
 * The order with another tracking number for a consignment that was sent, one version later.
 *
 * @returns undefined where it has that number; `consignment_not_found` where nothing of that id was sent
 */
export function retrackedOrder(
  order: Order,
  { consignmentId, trackingNumber }: { readonly consignmentId: ConsignmentId; readonly trackingNumber: string },
  now: Instant,
): Result<Order | undefined, ErrorOf<'consignment_not_found'>> {
  const sent = order.fulfillments.find(({ id }) => id === consignmentId)
  if (sent === undefined) return refuse({ code: 'consignment_not_found', consignmentId })
  if (sent.trackingNumber === trackingNumber) return ok(undefined)
  const fulfillments = order.fulfillments.map(one => (one === sent ? { ...one, trackingNumber } : one))
  return ok({ ...order, fulfillments, updatedAt: now, version: order.version + 1 })
}

function withSent(order: Order, more: readonly Fulfillment[], now: Instant): Order {
  const fulfillments = [...order.fulfillments, ...more]
  return {
    ...order,
    fulfillments,
    fulfillmentStatus: statusOf(order, fulfillments),
    updatedAt: now,
    version: order.version + 1,
  }
}

function statusOf({ snapshot }: Order, fulfillments: readonly Fulfillment[]): FulfillmentStatus {
  const sent = new Map<string, number>()
  for (const { lineItemId, quantity } of fulfillments.flatMap(({ items }) => items)) {
    sent.set(lineItemId, (sent.get(lineItemId) ?? 0) + quantity)
  }
  const due = snapshot.lines.filter(({ kind }) => kind === 'physical')
  return due.every(({ item, quantity }) => (sent.get(item.id) ?? 0) >= quantity) ? 'fulfilled' : 'partially_fulfilled'
}
