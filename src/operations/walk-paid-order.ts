import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import { isReached } from '../core/cart/checkout-steps.js'
import { applyWalkChanges } from '../core/cart/walk-changes.js'
import type { Customer } from '../core/customers/customer.js'
import type { Order } from '../core/orders/order.js'
import { isPaidAhead, isSamePurchase } from '../core/orders/paid-ahead.js'
import { ok, refuse } from '../core/result.js'
import { cartDesk } from './cart-desk.js'
import { factsFor, reachCart } from './change-cart.js'
import { confirmOrder } from './confirm-order.js'
import type { Deps } from './deps.js'
import { giveUpOrder } from './give-up-order.js'
import type { Answer } from './operations.js'
import { instrumentsOf } from './pay-ahead.js'
import { purchaseOf } from './read-purchase.js'
import { sendPayments } from './send-payments.js'
import type { WalkCheckout, Walked } from './walk-checkout.js'

/** A frozen cart, with the order whose payment was sent ahead. */
interface PaidAhead {
  readonly cart: Cart
  readonly order: Order
  readonly epoch: bigint
}

/**
 * A walk over a cart that is frozen since its payment was sent ahead. What changes nothing leaves the payment; the last
 * step makes it the order's, without another charge; whatever changes the purchase gives the money back first.
 *
 * @returns undefined where the cart is not frozen for that; `again` once the money is on its way back: the cart is open
 */
export async function walkPaidOrder(
  deps: Deps,
  caller: Caller,
  customer: Customer | undefined,
  input: WalkCheckout,
): Promise<Awaited<Answer<Walked>> | 'again' | undefined> {
  const paid = await paidAhead(deps, caller, input)
  if (paid === undefined) return undefined
  const changed = await isChanged(deps, customer, input, paid)
  if (!changed.ok) return changed
  if (changed.value) {
    const given = await giveUpOrder(deps, paid.order, 'changed', isPaidAhead)
    // Bought or given up by somebody else meanwhile: whoever looks again finds out.
    return given.ok || given.error.code === 'order_state' ? 'again' : given
  }
  if (input.steps === 'none') return seen(deps, paid.order)
  return buy(deps, caller, input, paid)
}

async function paidAhead(deps: Deps, caller: Caller, input: WalkCheckout): Promise<PaidAhead | undefined> {
  const reached = await reachCart(deps, caller, input.cart, 'carts:write')
  if (!reached.ok || reached.value.cart.status !== 'placing') return undefined
  const { cart, epoch } = reached.value
  const order = await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
  return order !== undefined && isPaidAhead(order) ? { cart, order, epoch } : undefined
}

/** Whether the request would make it another purchase. */
async function isChanged(
  deps: Deps,
  customer: Customer | undefined,
  input: WalkCheckout,
  { cart, epoch }: PaidAhead,
): Answer<boolean> {
  if (input.coupon !== undefined) return ok(true)
  if (input.plan === undefined) return ok(false)
  // The goods are held already, so the stock has no say.
  const facts = await factsFor(deps, cart, epoch, { stock: false, skus: input.skus ?? [], gifts: true })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  const planned = input.plan(cartDesk(deps, cart, facts, customer))
  if (!planned.ok) return planned
  const { backTo } = planned.value
  if (planned.value.clears === true || (backTo !== undefined && !isReached('payment', backTo))) return ok(true)
  const after = applyWalkChanges(cart, planned.value, customer, { facts, newId: deps.ids.uuid })
  return after.ok ? ok(!isSamePurchase(cart, after.value)) : after
}

async function seen(deps: Deps, order: Order): Answer<Walked> {
  const state = await deps.storage.orders.readState({ id: order.id })
  const channel = await deps.facts.channel(order.channel)
  if (state === undefined || channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  const purchase = purchaseOf({ ...state, channel })
  return ok({ view: { cart: purchase.cart, channel }, purchase })
}

/** The last step: the payment that was sent ahead is that of the order. */
async function buy(deps: Deps, caller: Caller, input: WalkCheckout, { cart, order }: PaidAhead): Answer<Walked> {
  if (caller.kind === 'key' && !hasPermission(caller, 'orders:place')) {
    return refuse({ code: 'forbidden', permission: 'orders:place' })
  }
  const now = await seen(deps, order)
  if (!now.ok) return now
  const { view } = now.value
  if (input.expectedTotal !== undefined && input.expectedTotal !== order.grandTotal) {
    const fault = { code: 'total_changed', expected: input.expectedTotal, actual: order.grandTotal } as const
    return ok({ ...now.value, fault })
  }
  // Whoever reached the cart may buy it.
  const holder: Caller = { ...caller, heldCarts: [...(caller.heldCarts ?? []), cart.id] }
  const sent = await sendPayments(deps, holder, {
    id: order.id,
    plan: known => ok({ instruments: instrumentsOf(known), capture: input.capture === true }),
    ...(input.clientAddress === undefined ? {} : { clientAddress: input.clientAddress }),
  })
  const placed = sent.ok ? await confirmOrder(deps, holder, { id: order.id }) : sent
  return placed.ok ? ok({ view, placed: placed.value }) : ok({ view, fault: placed.error })
}
