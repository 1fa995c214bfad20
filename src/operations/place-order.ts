import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import type { Channel } from '../core/catalog/channel.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { PromotionId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { placementFault } from '../core/orders/placement-faults.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { PrepareOutcome } from '../storage/storage.js'
import { cartDesk } from './cart-desk.js'
import { factsFor, pause, queueKey, type ReachedCart, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { readMember } from './member-of.js'
import type { Answer, CartDesk, CartRef, Placed, Placement, PlannedPlacement } from './operations.js'
import { type PayingOptions, payOrder } from './pay-order.js'
import { decideHere, isDecidedHere, planOrder } from './plan-order.js'

/** What is to be bought, as far as the caller says; see `Operations.placeOrder`. */
interface Purchase {
  readonly placement: Placement
  readonly plan?: (desk: CartDesk) => Result<PlannedPlacement, CheckoutError>
}

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
      const reached = await reachCart(deps, caller, input.cart, 'orders:place')
      if (!reached.ok) return reached
      const outcome = await attemptPlacement(deps, caller, reached.value, input)
      if (outcome !== 'lost') return outcome
      await pause(attempt)
    }
    return refuse({ code: 'busy' })
  })
}

async function attemptPlacement(
  deps: Deps,
  caller: Caller,
  reached: ReachedCart,
  purchase: Purchase,
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  const { cart, since } = reached
  const { placement } = purchase
  if (since === undefined) return refuse({ code: 'cart_empty' })
  if (cart.status !== 'open') {
    const standing = await deps.storage.orders.ofPurchase(cart.id, cart.purchase)
    return standing === undefined ? refuse({ code: 'cart_locked' }) : repeated(deps, standing, placement)
  }
  if (placement.expectedVersion !== undefined && placement.expectedVersion !== since) {
    return refuse({ code: 'version_conflict', current: since })
  }
  const customer = await readMember(deps, caller)
  const ready = await pricedForPlacement(deps, reached, purchase, customer)
  if (!ready.ok) return ready
  const { priced, channel, instruments } = ready.value
  const drafted = planOrder(deps, ready.value, customer, placement)
  const paying = payingOptions(deps, channel, { ...placement, instruments })
  const plan = isDecidedHere(deps, drafted) ? await decideHere(deps, drafted, paying) : drafted
  if (plan.order.status === 'canceled') return declined(plan.order)
  const { order, payments, counting: number, events } = plan
  const outcome = await deps.storage.orders.prepare({
    order,
    number,
    payments,
    cart: { cart: plan.cart, since },
    events,
  })
  if (outcome.kind !== 'placed') {
    const isOvertaken = outcome.kind !== 'already_ordered' && (await hasMoved(deps, cart.id, since))
    return isOvertaken ? 'lost' : notPlaced(deps, outcome, priced, placement)
  }
  if (plan.order.status === 'confirmed') {
    return ok({ order: outcome.order, payments: outcome.payments, channel, redirectUrl: null, isRepeat: false })
  }
  return pay(deps, outcome, plan.cart, channel, paying)
}

export interface ReadyToPlace {
  readonly priced: PricedCart
  readonly channel: Channel
  readonly instruments: NonNullable<Placement['instruments']>
  readonly limited: ReadonlySet<PromotionId>
}

async function pricedForPlacement(
  deps: Deps,
  reached: ReachedCart,
  { placement, plan }: Purchase,
  customer: Customer | undefined,
): Promise<Result<ReadyToPlace, CheckoutError>> {
  const { cart, epoch } = reached
  // Stock need not be asked here: *prepare* takes it with a guarded decrement, which is the only answer that counts.
  const facts = await factsFor(deps, cart, epoch, { stock: placement.looksAtStock === true, gifts: true })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  const desk = cartDesk(deps, cart, facts, customer)
  const planned = plan === undefined ? ok({}) : plan(desk)
  if (!planned.ok) return planned
  const whole: Placement = { ...placement, ...planned.value }
  const quoted = desk.quote(whole)
  if (!quoted.ok) return quoted
  const priced = quoted.value.cart
  const fault = placementFault(priced, whole.requires ?? [])
  if (fault !== undefined) return refuse(fault)
  const actual = priced.totals.grandTotal
  if (whole.expectedTotal !== undefined && whole.expectedTotal !== actual) {
    return refuse({ code: 'total_changed', expected: whole.expectedTotal, actual })
  }
  const limited = facts.promotions.filter(
    promotion => promotion.usageLimit !== undefined || promotion.usageLimitPerCustomer !== undefined,
  )
  return ok({
    priced,
    channel: facts.channel,
    instruments: whole.instruments ?? [],
    limited: new Set(limited.map(promotion => promotion.id)),
  })
}

/** Whoever placed this very cart a moment earlier may have taken the last piece: then that order is the answer. */
async function hasMoved(deps: Deps, cartId: string, since: number): Promise<boolean> {
  const { cart } = await deps.storage.carts.read({ id: cartId })
  return cart?.version !== since
}

async function notPlaced(
  deps: Deps,
  outcome: Exclude<PrepareOutcome, { readonly kind: 'placed' }>,
  priced: PricedCart,
  placement: Placement,
): Promise<Result<Placed, CheckoutError> | 'lost'> {
  switch (outcome.kind) {
    case 'lost':
      return 'lost'
    case 'already_ordered':
      return repeated(deps, outcome.order, placement)
    case 'insufficient_stock': {
      const { sku, available } = outcome
      const name = priced.lines.find(line => line.item.sku === sku)?.name ?? sku
      return refuse({ code: 'insufficient_stock', sku, name, available })
    }
    case 'coupon_used_up':
      // No code: an automatic promotion went to somebody faster; whoever looks again sees the price without it.
      if (outcome.code === '') return refuse({ code: 'busy' })
      return refuse({ code: 'coupon_used_up', couponCode: outcome.code })
    case 'gift_card_short':
      return refuse({ code: 'gift_card_empty', giftCardCode: outcome.code })
  }
}

/** An order of this purchase stands. The same idempotency key gets it again; everyone else is told. */
async function repeated(deps: Deps, order: Order, placement: Placement): Promise<Result<Placed, CheckoutError>> {
  const isSameKey = placement.idempotencyKey !== undefined && order.extras.idempotencyKey === placement.idempotencyKey
  if (!isSameKey) {
    const pending = order.status === 'pending' ? { isPending: true as const } : {}
    return refuse({ code: 'cart_already_ordered', orderId: order.id, orderNumber: order.number, ...pending })
  }
  const [payments, channel] = await Promise.all([
    deps.storage.payments.ofOrder(order.id),
    deps.facts.channel(order.channel),
  ])
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  return standing({ order, payments, channel, isRepeat: true })
}

/** An order that stands, as its buyer is told; `payment_unknown` while nobody knows whether its payment was heard. */
function standing(placed: Omit<Placed, 'redirectUrl'>): Result<Placed, CheckoutError> {
  const { order, payments } = placed
  const isOpen = payments.some(payment => payment.state === 'unknown' || payment.state === 'created')
  if (order.status === 'pending' && isOpen) {
    return refuse({ code: 'payment_unknown', orderId: order.id, orderNumber: order.number })
  }
  return ok({ ...placed, redirectUrl: redirectOf(order, payments) })
}

async function pay(
  deps: Deps,
  placed: Extract<PrepareOutcome, { readonly kind: 'placed' }>,
  cart: Cart,
  channel: Channel,
  paying: PayingOptions,
): Promise<Result<Placed, CheckoutError>> {
  const known = { order: placed.order, payments: placed.payments, cart }
  const { order, payments } = await payOrder(deps, known, paying)
  if (order.status === 'canceled') return declined(order)
  return standing({ order, payments, channel, isRepeat: false })
}

function payingOptions(deps: Deps, channel: Channel, placement: Placement): PayingOptions {
  return {
    instruments: placement.instruments ?? [],
    returnUrl: placement.returnUrl ?? channel.urls.return ?? deps.baseUrl,
    capture: placement.capture ?? false,
  }
}

function declined(order: Order): Result<Placed, CheckoutError> {
  return refuse({ code: 'payment_declined', reason: order.cancelReason ?? 'declined' })
}

/** Where the shopper must go; null once nothing is left to do. */
export function redirectOf(order: Order, payments: Placed['payments']): string | null {
  if (order.status !== 'pending') return null
  return payments.find(payment => payment.state === 'requires_action')?.redirectUrl ?? null
}
