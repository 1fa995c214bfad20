import type { Cart } from '../core/cart/cart.js'
import { storable } from '../core/cart/personal-data.js'
import type { Customer } from '../core/customers/customer.js'
import { boughtGiftCards } from '../core/orders/bought-gift-cards.js'
import { cartWhilePlacing, newOrder, newPayments } from '../core/orders/new-order.js'
import type { Order } from '../core/orders/order.js'
import { cartAfter, settledOrder, verdictOn } from '../core/orders/settle-order.js'
import { applyNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import type { OutboxEvent, PrepareOrder } from '../storage/storage.js'
import { couponHolder } from './coupon-holder.js'
import type { Deps } from './deps.js'
import { drawnCode } from './gift-card-code.js'
import type { Placement } from './operations.js'
import { orderNumbering } from './order-numbering.js'
import { authorizePayments, type PayingOptions } from './pay-order.js'
import type { ReadyToPlace } from './price-placement.js'
import { orderEvent, placedEvents, settledCartEvent } from './settle-order.js'

/** Everything that *prepare* writes. */
export interface OrderPlan {
  readonly order: Order
  readonly payments: readonly Payment[]
  readonly counting: PrepareOrder['number']
  /** As it shall stand, one version later; undefined: a draft's cart that is gone or was bought. */
  readonly cart: Cart | undefined
  readonly events: readonly OutboxEvent[]
}

/** A pending order with its payment attempts; the cart is frozen until it is settled. */
export function planOrder(
  deps: Deps,
  { before, priced, channel, limited }: ReadyToPlace,
  customer: Customer | undefined,
  placement: Placement,
): OrderPlan {
  const now = deps.clock()
  const numbering = orderNumbering(deps, channel, priced)
  const order = newOrder({
    id: deps.ids.uuid(),
    number: numbering.number,
    parts: numbering.parts,
    priced,
    channel,
    customer,
    idempotencyKey: placement.idempotencyKey,
    limited,
    couponHolder: couponHolder(priced.cart),
    giftCards: boughtGiftCards(priced, () => drawnCode(deps)),
    keepsCartOpen: placement.keepsCartOpen,
    standsUnpaid: placement.standsUnpaid,
    paysOnce: placement.paysOnce,
    confirmsLater: placement.confirmsLater === true && priced.totals.amountDue > 0n,
    now,
  })
  const payments = newPayments(order, priced, deps.ids.uuid, now)
  const left = placement.leavesCart === true ? before : priced.cart
  const cart = storable(cartWhilePlacing(left, order, now), channel)
  return { order, payments, counting: numbering.counting, cart, events: placedEvents(order, cart) }
}

/** Nobody outside has a say in the payments: an invoice, a check, or nothing left to pay. */
export function isDecidedHere(deps: Deps, { order, payments }: Pick<OrderPlan, 'order' | 'payments'>): boolean {
  return (
    order.confirmsLater !== true && payments.every(payment => deps.providers.get(payment.provider)?.isLocal === true)
  )
}

/**
 * The plan with the verdict on it already, so that *prepare* and *finalize* are one transaction: what needs no gateway
 * has no step between them. Canceled: nothing shall be written at all.
 */
export async function decideHere(deps: Deps, plan: OrderPlan, options: PayingOptions): Promise<OrderPlan> {
  const now = deps.clock()
  const news = await authorizePayments(deps, plan.order, plan.payments, options)
  const payments = plan.payments.map(payment => {
    const told = news.get(payment.id)
    return told === undefined ? payment : { ...applyNews(payment, told, now), version: payment.version }
  })
  const verdict = verdictOn(plan.order, payments, false)
  if (verdict === 'waiting') return { ...plan, payments }
  const order = { ...settledOrder(plan.order, payments, verdict, now), version: plan.order.version }
  if (plan.cart === undefined) return { ...plan, order, payments, events: [...plan.events, orderEvent(order)] }
  const cart = { ...cartAfter(plan.cart, order, now), version: plan.cart.version }
  const events = [...plan.events, orderEvent(order), settledCartEvent(order, cart)]
  return { ...plan, order, payments, cart, events }
}
