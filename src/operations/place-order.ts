import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { isBesideItsCart } from '../core/orders/own-holds.js'
import { ok, type Result, refuse } from '../core/result.js'
import { pause, queueKey, type ReachedCart, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { giveUpOrder } from './give-up-order.js'
import { readMember } from './member-of.js'
import type { Answer, CartRef, Placed, Placement } from './operations.js'
import {
  alreadyOrderedAs,
  asItStands,
  declined,
  notPrepared,
  payingOptions,
  payPrepared,
  repeated,
} from './pay-prepared.js'
import { countDeclined, guardingPayments } from './payment-attempts.js'
import { decideHere, isDecidedHere, planOrder } from './plan-order.js'
import { type Purchase, pricePlacement, type ReadyToPlace } from './price-placement.js'

/**
 * Places an order: *prepare* (one transaction), *pay* (none), *finalize* (one). Nothing talks to a gateway inside a
 * transaction; a crash in between leaves a pending order that the recovery job finishes. Where no outside party has a say
 * (invoice, check, nothing left to pay) there is no *pay*, and the first and last step are one transaction. However often
 * and from wherever one cart is placed, one order comes of it. Source: design section 5, decision 0004.
 */
export async function placeOrder(
  deps: Deps,
  caller: Caller,
  input: Purchase & { readonly cart: CartRef },
): Answer<Placed> {
  return deps.queue.run(queueKey(caller, input.cart), async () => {
    for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
      // Stock need not be asked: *prepare* takes it with a guarded decrement, which is the only answer that counts.
      const stockOf = input.placement.looksAtStock === true ? [] : undefined
      const reached = await reachCart(deps, caller, input.cart, 'orders:place', stockOf)
      if (!reached.ok) return reached
      const outcome = await attemptPlacement(deps, caller, reached.value, input)
      if (outcome !== 'lost') return outcome
      await pause(attempt)
    }
    return refuse({ code: 'busy' })
  })
}

/** One try to place a cart as it was reached; `lost` when somebody changed it since. */
export async function attemptPlacement(
  deps: Deps,
  caller: Caller,
  reached: ReachedCart,
  purchase: Purchase,
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  const { cart, since } = reached
  const { placement } = purchase
  if (since === undefined) return refuse({ code: 'cart_empty' })
  if (cart.status !== 'open') {
    const found = await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
    return found === undefined ? refuse({ code: 'cart_locked' }) : repeated(deps, found, placement)
  }
  if (placement.expectedVersion !== undefined && placement.expectedVersion !== since) {
    return refuse({ code: 'version_conflict', current: since })
  }
  const customer = await readMember(deps, caller)
  const stock = placement.looksAtStock === true
  const ready = await pricePlacement(deps, reached, purchase, { customer, stock })
  if (ready === 'lost') return 'lost'
  if (!ready.ok) return (await standingAnswer(deps, cart, placement)) ?? ready
  let isLost = false
  const payer = { cartId: cart.id, clientAddress: placement.clientAddress }
  const answer = await guardingPayments(deps, payer, async () => {
    const outcome = await prepareAndPay(deps, reached, ready.value, placement, customer)
    if (outcome !== 'lost') return outcome
    isLost = true
    return refuse({ code: 'busy' })
  })
  const isRefused =
    answer.ok && answer.value.order.standsUnpaid === true && answer.value.order.paymentStatus === 'failed'
  if (isRefused) await countDeclined(deps, payer)
  return isLost ? 'lost' : answer
}

async function prepareAndPay(
  deps: Deps,
  { cart, since }: ReachedCart,
  ready: ReadyToPlace,
  placement: Placement,
  customer: Parameters<typeof planOrder>[2],
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  const { priced, channel, facts, instruments } = ready
  const drafted = planOrder(deps, ready, customer, placement)
  const paying = payingOptions(deps, channel, { ...placement, instruments })
  const plan = isDecidedHere(deps, drafted) ? await decideHere(deps, drafted, paying) : drafted
  const { order, payments, counting: number, events } = plan
  if (order.status === 'canceled') return declined(order)
  // A cart that stays open is not written before its order is confirmed: it goes on being changed, but must be there still.
  const isWritten = order.keepsCartOpen !== true || order.status === 'confirmed'
  const outcome = await deps.storage.orders.prepare({
    order,
    number,
    payments,
    ...(since === undefined ? {} : { cart: { since, ...(isWritten && plan.cart ? { cart: plan.cart } : {}) } }),
    events,
  })
  if (outcome.kind === 'placed') {
    const placed = await payPrepared(deps, outcome, plan.cart, channel, paying)
    const isAsPriced = placed.ok && placed.value.order.status === 'pending' && order.keepsCartOpen === true
    return isAsPriced ? ok({ ...placed.value, cart: { cart: priced, channel, facts } }) : placed
  }
  if (outcome.kind === 'lost') return 'lost'
  if (outcome.kind === 'already_ordered') return alreadyOrdered(deps, outcome.order, order, placement)
  // What is short may be held by the order of this cart that nobody has paid for yet.
  const standing = await standingOrder(deps, cart, placement)
  if (standing !== undefined) return alreadyOrdered(deps, standing, order, placement)
  return (await hasMoved(deps, cart.id, since)) ? 'lost' : refuse(notPrepared(outcome, priced))
}

/** Whoever placed this very cart a moment earlier may have taken the last piece: then that order is the answer. */
async function hasMoved(deps: Deps, cartId: string, since: number | undefined): Promise<boolean> {
  const { cart } = await deps.storage.carts.read({ id: cartId })
  return cart?.version !== since
}

/**
 * A pending order of a cart that stayed open: the same again while the cart is as it was, also while its payment waits for
 * the shopper; replaced by a new one when the shopper has changed the cart since and nobody has said yet that the order
 * shall be confirmed.
 */
async function alreadyOrdered(
  deps: Deps,
  order: Order,
  wanted: Order,
  placement: Placement,
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  if (placement.keepsCartOpen !== true || !isBesideItsCart(order)) return repeated(deps, order, placement)
  if (placement.isMeant?.(order) === false) return refuse(alreadyOrderedAs(order))
  if (isSameCart(order.snapshot.cart, wanted.snapshot.cart)) return asItStands(deps, order)
  if (!isReplaceable(order)) return repeated(deps, order, placement)
  // Confirmed since it was read, it is nobody's to replace.
  await giveUpOrder(deps, order, 'replaced', isReplaceable)
  return 'lost'
}

/** Whether nothing was changed since: clients write what they have once more before they order again. */
function isSameCart(ordered: Cart, wanted: Cart): boolean {
  return ordered.version === wanted.version || isDeepStrictEqual(written(ordered), written(wanted))
}

/** What somebody put into a cart, without what each write of it makes anew. */
function written({ version: _, updatedAt: _at, expiresAt: _until, notices: _told, payments, ...rest }: Cart) {
  return { ...rest, payments: payments.map(({ id: _id, ...payment }) => payment) }
}

/**
 * What a cart that cannot be ordered as it is has been ordered as: the order that waits for its payment, which may have
 * taken the last piece. Undefined where none does, or where it is not that of this cart as it stands.
 */
async function standingAnswer(
  deps: Deps,
  cart: Cart,
  placement: Placement,
): Promise<Result<Placed, CheckoutError> | undefined> {
  const order = await standingOrder(deps, cart, placement)
  if (order === undefined) return undefined
  if (placement.isMeant?.(order) === false) return refuse(alreadyOrderedAs(order))
  return order.snapshot.cart.version === cart.version ? asItStands(deps, order) : undefined
}

async function standingOrder(deps: Deps, cart: Cart, { keepsCartOpen }: Placement): Promise<Order | undefined> {
  if (keepsCartOpen !== true) return undefined
  const order = await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
  return order !== undefined && isBesideItsCart(order) ? order : undefined
}

function isReplaceable(order: Order): boolean {
  return isBesideItsCart(order) && order.confirmsLater === true
}
