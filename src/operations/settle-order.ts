import { invariant } from '../core/assert.js'
import type { Cart } from '../core/cart/cart.js'
import type { Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import {
  cartAfter,
  confirmedWhenPaid,
  givenUp,
  isGivenUp,
  settledOrder,
  type Verdict,
  verdictOn,
  withoutSurplus,
} from '../core/orders/settle-order.js'
import { type AttemptNews, applyNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import { paymentStatus } from '../core/payments/payment-status.js'
import { type OrderState, type OutboxEvent, StorageUnavailable } from '../storage/storage.js'
import { cartEvent } from './change-cart.js'
import type { Deps } from './deps.js'
import { returnMoneyOfOrder } from './return-money-of-order.js'
import { returnStrayMoney } from './return-stray-money.js'

/** What is known already, so that it need not be read again; `cart`: just after *prepare*. */
export interface KnownState extends OrderState {
  readonly cart?: Cart | undefined
}

/** How an order is settled. */
export interface Settling {
  readonly known?: KnownState | undefined
  readonly isOverdue?: boolean
  /** The word that the order was waiting for: it is confirmed as soon as it is paid for. */
  readonly confirms?: boolean
}

/**
 * *finalize*: brings news of payment attempts to an order and settles it: confirmed, canceled with everything released,
 * or still waiting. The browser's return, the gateway's webhook and the recovery job all end here; the first one wins
 * and the rest get its result. Money that no order stands behind is sent back.
 *
 * @param news  by payment id
 * @throws InvariantError when the order does not exist; StorageUnavailable when too many others change it at once
 */
export async function settleOrder(
  deps: Deps,
  orderId: string,
  news: ReadonlyMap<string, AttemptNews>,
  options: Settling = {},
): Promise<OrderState> {
  let known = options.known
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const state = known ?? (await readState(deps, orderId))
    const now = deps.clock()
    const payments = state.payments.map(payment => {
      const told = news.get(payment.id)
      return told === undefined ? payment : applyNews(payment, told, now)
    })
    const settled =
      state.order.status === 'pending'
        ? await settlePending(deps, state, payments, { ...options, known }, now)
        : await saveLateNews(deps, state, payments, now)
    known = undefined
    if (settled !== 'lost') return settled
  }
  // Whoever brought the news must bring it again: the gateway repeats a notification that was not taken.
  throw new StorageUnavailable('an order is being changed by too many at once')
}

async function settlePending(
  deps: Deps,
  before: OrderState,
  payments: readonly Payment[],
  { known, isOverdue = false, confirms = false }: Settling,
  now: Instant,
): Promise<OrderState | 'lost'> {
  const pending = confirms ? confirmedWhenPaid(before.order) : before.order
  const verdict = verdictOn(pending, payments, isOverdue)
  const isSame = pending === before.order && changedPayments(before.payments, payments).length === 0
  if (verdict === 'waiting' && isSame) return before
  // Called off, it is as if the word had not come.
  const order = settledOrder(verdict === 'canceled' ? before.order : pending, payments, verdict, now)
  const after = paymentsAfter(order, before.payments, payments, now)
  const cart = verdict === 'waiting' ? undefined : await waitingCart(deps, order, known?.cart)
  const settledCart = cart === undefined ? undefined : cartAfter(cart, order, now)
  const saved = await deps.storage.orders.settle({
    order,
    since: before.order.version,
    payments: changedPayments(before.payments, after).map(oneVersionLater(before.payments)),
    holds: verdict === 'canceled' ? 'release' : 'keep',
    ...(cart === undefined || settledCart === undefined ? {} : { cart: { cart: settledCart, since: cart.version } }),
    events: [...eventsOf(order, verdict), ...(settledCart === undefined ? [] : [settledCartEvent(order, settledCart)])],
  })
  if (saved === 'lost') return 'lost'
  const state = { order, payments: after.map(oneVersionLater(before.payments)) }
  return { order, payments: await returnStrayMoney(deps, state.payments) }
}

function paymentsAfter(
  order: Order,
  before: readonly Payment[],
  payments: readonly Payment[],
  now: Instant,
): readonly Payment[] {
  if (isGivenUp(order)) return givenUp(payments, now)
  return order.status === 'confirmed' ? withoutSurplus(order, before, payments, now) : payments
}

/**
 * News about an order that is settled already: a payment moved at the gateway, which a confirmed order's payment status
 * follows; and money that has no order behind it goes back.
 */
async function saveLateNews(
  deps: Deps,
  before: OrderState,
  payments: readonly Payment[],
  now: Instant,
): Promise<OrderState | 'lost'> {
  const changed = changedPayments(before.payments, payments)
  if (changed.length === 0) return returnMoneyOfOrder(deps, { order: before.order, payments })
  const kept = withoutSurplus(before.order, before.payments, payments, now)
  const after = kept.map(oneVersionLater(before.payments))
  const { order: known } = before
  const status = known.status === 'confirmed' ? paymentStatus(known, after) : known.paymentStatus
  const order = { ...known, paymentStatus: status, updatedAt: now, version: known.version + 1 }
  const events = changedPayments(before.payments, after).map(({ id, state }) => ({
    type: `payment.${state}`,
    subject: order.id,
    data: { paymentId: id, orderId: order.id },
  }))
  const saved = await deps.storage.orders.settle({
    order,
    since: known.version,
    payments: changedPayments(before.payments, after),
    holds: 'keep',
    events,
  })
  return saved === 'lost' ? 'lost' : returnMoneyOfOrder(deps, { order, payments: after })
}

/**
 * The cart that this order, settled as it is, changes: the one that is frozen for it, or an open one that loses what was
 * bought; undefined where it is gone, or not waiting for this purchase.
 */
export async function waitingCart(deps: Deps, order: Order, known?: Cart): Promise<Cart | undefined> {
  if (order.keepsCartOpen === true && order.status !== 'confirmed') return undefined
  const cart =
    known === undefined || order.keepsCartOpen === true
      ? (await deps.storage.carts.read({ id: order.cartId })).cart
      : known
  const expected = order.keepsCartOpen === true ? 'open' : 'placing'
  return cart?.status === expected && cart.purchase === order.purchase ? cart : undefined
}

/** What the outbox tells of the cart of a settled order, as it stands then. */
export function settledCartEvent(order: Order, cart: Cart): OutboxEvent {
  if (order.status !== 'confirmed') return cartEvent('cart.opened', cart)
  return cartEvent(order.keepsCartOpen === true ? 'cart.changed' : 'cart.closed', cart)
}

function changedPayments(before: readonly Payment[], after: readonly Payment[]): readonly Payment[] {
  return after.filter((payment, index) => payment !== before[index])
}

/** However many steps a payment took in this decision, it is written once: one version later. */
function oneVersionLater(before: readonly Payment[]): (payment: Payment) => Payment {
  const versions = new Map(before.map(payment => [payment.id, payment.version]))
  return payment => {
    const since = versions.get(payment.id)
    invariant(since !== undefined, 'a settled payment was read before')
    return payment.version === since ? payment : { ...payment, version: since + 1 }
  }
}

function eventsOf(order: Order, verdict: Verdict): readonly OutboxEvent[] {
  return [verdict === 'waiting' ? { ...orderEvent(order), type: 'order.waiting' } : orderEvent(order)]
}

/** What the outbox tells of a settled order. Its number may be counted only where it is stored, so its id names it. */
export function orderEvent(order: Order): OutboxEvent {
  return {
    type: `order.${order.status}`,
    subject: order.id,
    data: { orderId: order.id, cartId: order.cartId },
  }
}

/** The order as placed, for the outbox. Its number is not known yet when it counts up in the database. */
export function placedEvents(order: Order, cart: Cart | undefined): readonly OutboxEvent[] {
  const placed = { type: 'order.placed', subject: order.id, data: { orderId: order.id, cartId: order.cartId } }
  return cart?.status === 'placing' ? [placed, cartEvent('cart.placing', cart)] : [placed]
}

/** @throws InvariantError when there is no such order */
export async function readState(deps: Deps, orderId: string): Promise<OrderState> {
  const state = await deps.storage.orders.readState({ id: orderId })
  invariant(state !== undefined, 'an order that is being settled is stored')
  return state
}
