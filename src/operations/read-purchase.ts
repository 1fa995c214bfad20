import type { Caller } from '../core/access/caller.js'
import { accessByToken, accessToCart, isOrderHidden, mayReachOrder } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import { shownTo } from '../core/cart/personal-data.js'
import type { Channel } from '../core/catalog/channel.js'
import type { CheckoutError } from '../core/errors.js'
import type { CartId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import { isPaidAhead } from '../core/orders/paid-ahead.js'
import type { Payment } from '../core/payments/payment.js'
import type { Facts } from '../core/pricing/facts.js'
import { priceCart } from '../core/pricing/price-cart.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { OrderState } from '../storage/storage.js'
import { factsFor } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'

/** A cart, or what became of it: for dialects in which an order is one thing from its first line to its delivery. */
export interface PurchaseView {
  /** As it stands now; as it was bought, once it is ordered. */
  readonly cart: PricedCart
  readonly channel: Channel
  /** Absent while the cart can still be changed. */
  readonly order?: Order
  /** What stands behind a payment that was sent before the shopper said to buy; changing the cart gives it up. */
  readonly ahead?: Order
  /** Every try to order it, where they were read. */
  readonly tries?: readonly Order[]
  /** Every attempt to pay for it, those of tries that failed included; oldest first. */
  readonly payments: readonly Payment[]
  /** What the figures come from, while the cart can still be changed. */
  readonly facts?: Facts
}

/** Which purchase. By the cart's number, else by the order's; or by the cart's id, for who may reach the cart itself. */
export type PurchaseRef =
  | {
      readonly number: string
      /** The secret of the cart, where the request presented one. */
      readonly token: string | undefined
    }
  | { readonly id: CartId }

/**
 * Reads a purchase by its number: to its owner, to keys that may, and to whoever presents its secret. By its id: to whoever
 * may read that cart.
 *
 * @returns `order_not_found`; `forbidden` for everybody else, where a number was given
 */
export async function readPurchase(deps: Deps, caller: Caller, ref: PurchaseRef): Answer<PurchaseView> {
  const key = 'id' in ref ? { id: ref.id } : { number: ref.number }
  const { cart: stored, epoch, stock } = await deps.storage.carts.read(key, [])
  if (stored === undefined) return readOrdered(deps, caller, ref)
  const cart = shownTo(caller, stored)
  const fault = mayNotRead(caller, cart, ref)
  if (fault !== undefined) return refuse(fault)
  const states = mayHaveOrders(cart) ? await deps.storage.orders.statesOfCart(cart.id) : []
  const former = 'number' in ref ? formerOrder(states, cart, ref.number) : undefined
  if (former !== undefined) return formerView(deps, caller, former, states)
  const standing = cart.status === 'open' ? undefined : orderOf(states, cart.purchase)
  const payments = paymentsOf(states)
  const tries = states.map(({ order }) => order)
  if (standing !== undefined) return orderedView(deps, caller, standing, payments, tries)
  const skus = cart.lineItems.map(({ sku }) => sku)
  const facts = await factsFor(deps, cart, epoch, {
    stock: true,
    ...(stock === undefined ? {} : { knownStock: { of: skus, pieces: stock } }),
  })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  return ok({ cart: priceCart(cart, facts), channel: facts.channel, payments, tries, facts })
}

function mayNotRead(caller: Caller, cart: Cart, ref: PurchaseRef): CheckoutError | undefined {
  if ('id' in ref) {
    return accessToCart(caller, cart, 'orders:read').kind === 'allowed' ? undefined : { code: 'order_not_found' }
  }
  const isAllowed = accessByToken(caller, cart, 'orders:read', ref.token).kind === 'allowed'
  return isAllowed ? undefined : { code: 'forbidden', permission: 'orders:read' }
}

/** Only a cart whose checkout came as far as paying can have been tried to order. */
export function mayHaveOrders(cart: Pick<Cart, 'status' | 'purchase' | 'notices'>): boolean {
  return cart.status !== 'open' || cart.purchase > 0 || cart.notices.some(({ code }) => code.startsWith('payment_'))
}

/** The order of that purchase that stands; else the newest that is canceled. */
function orderOf(states: readonly OrderState[], purchase: number): Order | undefined {
  const orders = states.map(({ order }) => order)
  const own = orders.filter(order => order.purchase === purchase && order.status !== 'incomplete')
  return own.find(({ status }) => status !== 'canceled') ?? own[0]
}

/** What was bought of a cart that stayed open and whose number that order took: it is what the number names now. */
function formerOrder(states: readonly OrderState[], cart: Cart, number: string): Order | undefined {
  const isFormer = ({ order }: OrderState) =>
    order.number === number && order.purchase < cart.purchase && order.status !== 'incomplete'
  return states.find(isFormer)?.order
}

/** Without what was bought of the same cart before or after. */
function formerView(deps: Deps, caller: Caller, order: Order, states: readonly OrderState[]) {
  const own = states.filter(state => state.order.purchase === order.purchase)
  return orderedView(
    deps,
    caller,
    order,
    paymentsOf(own),
    own.map(state => state.order),
  )
}

/** The cart's row is gone: its order remembers it. */
async function readOrdered(deps: Deps, caller: Caller, ref: PurchaseRef): Promise<Result<PurchaseView, CheckoutError>> {
  if ('id' in ref) return readOrderedById(deps, caller, ref.id)
  const found = await deps.storage.orders.read({ number: ref.number })
  if (found === undefined) return refuse({ code: 'order_not_found' })
  const access = accessByToken(caller, found, 'orders:read', ref.token)
  if (access.kind !== 'allowed') return refuse({ code: 'forbidden', permission: 'orders:read' })
  const states = await deps.storage.orders.statesOfCart(found.cartId)
  return formerView(deps, caller, orderOf(states, found.purchase) ?? found, states)
}

async function readOrderedById(deps: Deps, caller: Caller, id: CartId): Promise<Result<PurchaseView, CheckoutError>> {
  const states = await deps.storage.orders.statesOfCart(id)
  const newest = states[0]?.order
  const order = newest === undefined ? undefined : orderOf(states, newest.purchase)
  if (order === undefined || !mayReachOrder(caller, order, 'orders:read')) return refuse({ code: 'order_not_found' })
  return orderedView(
    deps,
    caller,
    order,
    paymentsOf(states),
    states.map(state => state.order),
  )
}

/** `order_not_found` also to whoever has the cart, where the order was bought in the name of somebody else. */
async function orderedView(
  deps: Deps,
  caller: Caller,
  order: Order,
  payments: readonly Payment[],
  tries: readonly Order[],
): Promise<Result<PurchaseView, CheckoutError>> {
  if (isOrderHidden(caller, order)) return refuse({ code: 'order_not_found' })
  const channel = await deps.facts.channel(order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  return ok({ ...purchaseOf({ order, payments, channel }), tries })
}

/** The view of a purchase that an order stands for; one that was paid ahead is still on its way there. */
export function purchaseOf({ order, payments, channel }: OrderView): PurchaseView {
  const view = { cart: order.snapshot, channel, payments }
  return isPaidAhead(order) ? { ...view, ahead: order } : { ...view, order }
}

/** Oldest first: orders come newest first. */
export function paymentsOf(states: readonly OrderState[]): readonly Payment[] {
  return [...states].reverse().flatMap(({ payments }) => payments)
}
