import { present } from '../../core/assert.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Result } from '../../core/result.js'
import type { Offers, Operations, PurchaseView, Walked } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { respondJson } from './errors.js'
import { type OrderContext, renderOrder } from './render/order.js'
import { purchaseRef, type SpreeRequest } from './request.js'

/** What the channel of a purchase offers; for zones, methods and their ids. */
export async function offersOf(view: Pick<PurchaseView, 'channel'>, operations: Operations): Promise<Offers> {
  const offers = await operations.readOffers({ channel: view.channel.id })
  return present(offers.ok ? offers.value : undefined, 'the channel of a purchase exists')
}

/** What an order is rendered with for this caller. */
export async function contextOf(
  request: SpreeRequest,
  view: Pick<PurchaseView, 'channel'>,
  operations: Operations,
): Promise<OrderContext> {
  return { offers: await offersOf(view, operations), settings: request.settings, isAdmin: request.isAdmin }
}

/** Answers with the order whole. */
export async function respondOrder(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  status = 200,
): Promise<WireResponse> {
  return respondJson(status, renderOrder(view, await contextOf(request, view, operations)))
}

/** How often, and after how long, an order that is just being paid for is looked at again. Ours: five seconds in all. */
const mostLooks = 25
const lookMilliseconds = 200

/**
 * The purchase, once nobody is asking a gateway about its payment: requests on one order come one after the other, so
 * whoever repeats the last one gets what came of it.
 */
export async function settledPurchase(
  request: SpreeRequest,
  operations: Operations,
): Promise<Result<PurchaseView, CheckoutError>> {
  for (let looks = 1; ; looks += 1) {
    const read = await operations.readPurchase(request.caller, purchaseRef(request))
    if (!read.ok || looks === mostLooks || !isBeingPaid(read.value)) return read
    await new Promise(resolve => setTimeout(resolve, lookMilliseconds))
  }
}

/** Nobody but the gateway has to do anything: neither the shopper, nor whoever looks for what it kept to itself. */
function isBeingPaid({ order, ahead, payments }: PurchaseView): boolean {
  if (ahead !== undefined) return payments.some(({ orderId, state }) => orderId === ahead.id && state === 'created')
  const own = payments.filter(({ orderId }) => orderId === order?.id)
  const isWaiting = own.some(({ state }) => state === 'requires_action' || state === 'pending' || state === 'unknown')
  return order?.status === 'pending' && !isWaiting
}

/** The purchase after a change: the order, once there is one. */
export async function purchaseAfter(
  request: SpreeRequest,
  operations: Operations,
  changed: Pick<Walked, 'view' | 'placed' | 'purchase'>,
): Promise<PurchaseView> {
  const { view, placed, purchase } = changed
  if (purchase !== undefined) return purchase
  const { cart } = view.cart
  const known: PurchaseView =
    placed === undefined
      ? { ...view, payments: [] }
      : { cart: placed.order.snapshot, channel: view.channel, order: placed.order, payments: placed.payments }
  // Earlier tries that failed are part of the answer, and only they have to be looked up.
  if (!cart.notices.some(({ code }) => code.startsWith('payment_'))) return known
  const read = await operations.readPurchase(request.caller, purchaseRef(request, cart.number))
  return read.ok ? read.value : known
}
