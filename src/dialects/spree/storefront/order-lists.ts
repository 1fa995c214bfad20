import { ok } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import {
  respondInvalid,
  respondJson,
  respondNoTransition,
  respondNothing,
  respondUnauthorized,
  texts,
} from '../errors.js'
import { extrasOf } from '../extras.js'
import { cancelReason, integerOf } from '../ids.js'
import { envelope, pageOf } from '../paging.js'
import { contextOf, respondOrder } from '../purchase-answer.js'
import { renderOrder, renderOrderSummary } from '../render/order.js'
import { endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'
import { conditionsIn, sortsIn } from '../search.js'

/** GET /api/orders: every order, in pages, without what it is made of; `q` searches. Source: dialects/spree.md 3.6. */
export const getOrders = endpoint('admin', async (request, operations) => {
  const page = pageOf(request)
  const listed = await operations.listPurchases(request.caller, {
    channel: request.channel.id,
    whose: 'all',
    conditions: conditionsIn(request.tree.q, request.channel.currency),
    sorts: sortsIn(request.tree.q),
    offset: page.offset,
    limit: page.perPage,
  })
  if (!listed.ok) return refused(request, listed.error)
  const { purchases, total } = listed.value
  const context = await contextOf(request, request, operations)
  const orders = purchases.map(view => renderOrderSummary(view, context))
  return respondJson(200, { orders, ...envelope(orders.length, total, page) })
})

/** GET /api/orders/mine: the user's orders, completed ones first, newest first; 401 without a key. */
export const getMyOrders = endpoint('user', async (request, operations) => {
  const page = pageOf(request)
  const sorts = sortsIn(request.tree.q)
  const listed = await operations.listPurchases(request.caller, {
    channel: request.channel.id,
    whose: 'own',
    whole: true,
    conditions: conditionsIn(request.tree.q, request.channel.currency),
    sorts: sorts.length === 0 ? [{ field: 'completed_at', isDescending: true }] : sorts,
    offset: page.offset,
    limit: page.perPage,
  })
  if (!listed.ok) return refused(request, listed.error)
  const { purchases, total } = listed.value
  const context = await contextOf(request, request, operations)
  const orders = purchases.map(view => renderOrder(view, context))
  return respondJson(200, { orders, ...envelope(orders.length, total, page) })
})

/** GET /api/orders/current: the user's newest order that is not completed; 204 where there is none, also for guests. */
export const getCurrentOrder = endpoint('open', async (request, operations) => {
  if (request.customerId === undefined) return respondNothing()
  const listed = await operations.listPurchases(request.caller, {
    channel: request.channel.id,
    whose: 'own',
    whole: true,
    conditions: [{ field: 'state', test: 'not_in', values: ['complete', 'canceled'] }],
    sorts: [{ field: 'created_at', isDescending: true }],
    offset: 0,
    limit: 1,
  })
  if (!listed.ok) return refused(request, listed.error)
  const [newest] = listed.value.purchases
  return newest === undefined ? respondNothing() : respondOrder(request, operations, newest)
})

/**
 * PUT /api/orders/:number/cancel: 200, canceled, with money and goods back; 422 where it cannot be. Administrators, and
 * owners where the store lets them. Source: dialects/spree.md 3.7.
 */
export const putCancel = endpoint('open', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  const { order, cart } = read.value
  const isOwner = request.settings.owner_can_cancel && order?.status === 'confirmed'
  if (!request.isAdmin && !isOwner) return respondUnauthorized()
  if (order === undefined || order.status !== 'confirmed') return respondCannot('cancel')
  // Whoever holds the order's secret may act on it as its owner does.
  const caller = request.isAdmin ? request.caller : { ...request.caller, heldCarts: [cart.cart.id] }
  const reason = cancelReason(await cancelerOf(request, operations))
  const canceled = await operations.cancelOrder(caller, { id: order.id, reason })
  if (!canceled.ok)
    return canceled.error.code === 'order_state' ? respondCannot('cancel') : refused(request, canceled.error)
  // Tries that failed before are part of the answer too.
  const before = read.value.payments.filter(({ orderId }) => orderId !== order.id)
  const payments = [...before, ...canceled.value.payments]
  return respondOrder(request, operations, { ...read.value, ...canceled.value, payments })
})

/** Who called it off: a user by their id, an administrator's key by an integer of its own; nobody known by a token. */
async function cancelerOf(request: SpreeRequest, operations: Operations): Promise<number | undefined> {
  const { caller, customerId } = request
  if (caller.kind === 'key') return integerOf(`key ${caller.keyId}`)
  if (customerId === undefined) return undefined
  const customer = await operations.readCustomer(caller, { id: customerId })
  return customer.ok ? customer.value.integerId : undefined
}

/** PUT /api/orders/:number/approve: 200; the mark of a risk is taken off. */
export const putApprove = endpoint('admin', async (request, operations) => {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  if (read.value.order === undefined) return respondCannot('approve')
  return approve(request, operations, read.value.order.id)
})

async function approve(request: SpreeRequest, operations: Operations, id: string) {
  const noted = await operations.annotateOrder(request.caller, {
    id,
    dialect: 'spree',
    note: order => ok({ ...extrasOf(order), consideredRisky: false }),
  })
  if (!noted.ok) return refused(request, noted.error)
  const after = await operations.readPurchase(request.caller, purchaseRef(request))
  return after.ok ? respondOrder(request, operations, after.value) : respondInvalid({ base: [texts.isInvalid] })
}

function respondCannot(event: string) {
  return respondNoTransition({ state: [`cannot transition via "${event}"`] })
}
