import type { Cart } from '../cart/cart.js'
import { writtenAlike } from '../cart/same-since.js'
import type { Instant } from '../ids.js'
import { type Minor, sumOf } from '../money.js'
import { excessKey, isDead, isSecured, isStray, type Payment } from '../payments/payment.js'
import { paymentStatus } from '../payments/payment-status.js'
import { withStep } from '../payments/payment-steps.js'
import { least } from '../pricing/amounts.js'
import { amountOwed } from './amount-owed.js'
import type { Order, PaymentStatus } from './order.js'
import { wasPaidAhead } from './paid-ahead.js'
import { withoutBought } from './without-bought.js'

/** What a pending order comes to, given its payments. */
export type Verdict = 'confirmed' | 'waiting' | 'canceled'

/**
 * Confirmed once the secured payments cover what is due, unless the order waits for a word on that; canceled once they no
 * longer can, or the deadline has passed; an order that stands unpaid is confirmed once every payment was refused.
 *
 * @param isOverdue  the order's deadline has passed: nothing is waited for any longer
 */
export function verdictOn(order: Order, payments: readonly Payment[], isOverdue: boolean): Verdict {
  const owed = amountOwed(order)
  const secured = amountOf(payments.filter(payment => isSecured(payment.state)))
  if (secured >= owed && order.confirmsLater !== true) return 'confirmed'
  const possible = amountOf(payments.filter(payment => !isDead(payment.state) && payment.state !== 'refund_due'))
  if (possible < owed && order.standsUnpaid === true && payments.every(payment => isDead(payment.state)))
    return 'confirmed'
  return isOverdue || possible < owed ? 'canceled' : 'waiting'
}

function amountOf(payments: readonly Payment[]): Minor {
  return sumOf(payments.map(payment => payment.amount))
}

/** The order without waiting for a word; the same object where it did not wait for one. */
export function confirmedWhenPaid(order: Order): Order {
  if (order.confirmsLater !== true) return order
  const { confirmsLater: _given, ...rest } = order
  return rest
}

/** The order after the verdict, one version later. */
export function settledOrder(order: Order, payments: readonly Payment[], verdict: Verdict, now: Instant): Order {
  const { deadline, cancelReason: _former, ...rest } = order
  const moved = { ...rest, version: order.version + 1, updatedAt: now }
  if (verdict === 'waiting') {
    return { ...moved, paymentStatus: 'pending', ...(deadline === undefined ? {} : { deadline }) }
  }
  if (verdict === 'confirmed') return { ...moved, status: 'confirmed', paymentStatus: paidStatus(order, payments) }
  const cancelReason = payments.find(payment => payment.declineReason !== undefined)?.declineReason ?? 'payment_expired'
  if (order.isDraft === true) {
    const isPartlyPaid = (order.tenders ?? []).length > 0
    return { ...moved, status: 'incomplete', paymentStatus: isPartlyPaid ? 'partially_paid' : 'failed', cancelReason }
  }
  return { ...moved, status: 'canceled', paymentStatus: 'failed', fulfillmentStatus: 'canceled', cancelReason }
}

/** The order will not be paid for as it was tried: called off, or a draft again. */
export function isGivenUp(order: Pick<Order, 'status'>): boolean {
  return order.status === 'canceled' || order.status === 'incomplete'
}

function paidStatus(order: Order, payments: readonly Payment[]): PaymentStatus {
  if (order.standsUnpaid === true) return paymentStatus(order, payments)
  const captured = sumOf(payments.map(payment => payment.captured))
  if (captured >= amountOwed(order)) return 'paid'
  return captured > 0n ? 'partially_paid' : 'authorized'
}

/**
 * What payments become when their order is given up: whatever took money, or still may, is due back.
 * Dead ones stay as they are (same objects).
 */
export function givenUp(payments: readonly Payment[], now: Instant): readonly Payment[] {
  return payments.map(payment =>
    isDead(payment.state) || payment.state === 'refund_due' || payment.state === 'refunded'
      ? payment
      : { ...payment, state: 'refund_due', updatedAt: now, version: payment.version + 1 },
  )
}

/** The cart of an order that was called off before it was settled: open again, as it was, but for payments that are spent. */
export function reopenedCart(cart: Cart, order: Order, now: Instant): Cart {
  const open = withoutSpent(openAgain(cart, now), order)
  return isSpent(order) ? toldOfPayment(open, order, now) : open
}

function withoutSpent(cart: Cart, order: Order): Cart {
  return isSpent(order) ? { ...cart, payments: [] } : cart
}

/** Whether the payments that were chosen for it are tried once, and over with it. */
function isSpent(order: Order): boolean {
  return wasPaidAhead(order) || order.paysOnce === true
}

function openCart(cart: Cart, now: Instant): Cart {
  return { ...cart, status: 'open', version: cart.version + 1, updatedAt: now }
}

/** Nothing was bought: what was noted of the frozen cart holds of the open one. */
function openAgain(cart: Cart, now: Instant): Cart {
  const open = openCart(cart, now)
  return cart.same?.until === cart.version ? writtenAlike(open, cart) : open
}

/**
 * Payments of an order that stands, after news: what was secured only now, though the rest covers the order already, has no
 * order behind it and is due back; whoever was first stays. Of a payment that took more now than was left to pay, the rest
 * is due back: a refund is begun, which the recovery job finishes.
 */
export function withoutSurplus(
  order: Order,
  before: readonly Payment[],
  after: readonly Payment[],
  now: Instant,
): readonly Payment[] {
  const isLate = (payment: Payment, index: number) => {
    const known = before[index]
    return isSecured(payment.state) && known !== undefined && !isSecured(known.state)
  }
  const owed = amountOwed(order)
  let covered = amountOf(after.filter((payment, index) => isSecured(payment.state) && !isLate(payment, index)))
  const kept = after.map((payment, index) => {
    if (!isLate(payment, index)) return payment
    if (order.status === 'confirmed' && covered < owed) {
      covered += payment.amount
      return payment
    }
    return { ...payment, state: 'refund_due' as const, updatedAt: now, version: payment.version + 1 }
  })
  return order.status === 'confirmed' ? withoutExcess(owed, before, kept, now) : kept
}

function withoutExcess(
  owed: Minor,
  before: readonly Payment[],
  after: readonly Payment[],
  now: Instant,
): readonly Payment[] {
  let excess =
    sumOf(after.filter(payment => !isStray(payment)).map(payment => payment.captured - payment.refunded)) - owed
  return after.map((payment, index) => {
    const taken = isStray(payment) ? 0n : payment.captured - (before[index]?.captured ?? 0n)
    const amount = least(excess, taken)
    if (amount <= 0n || payment.step !== undefined) return payment
    excess -= amount
    return withStep(payment, { kind: 'refund', amount, key: excessKey(payment.id), since: now }, now)
  })
}

/** Notices that a cart keeps at most; the oldest go. Ours. */
const noticesKept = 50

/** The cart once its order is settled: closed for good, or open again with a word on why. */
export function cartAfter(cart: Cart, order: Order, now: Instant): Cart {
  if (order.status === 'confirmed') {
    const open = openCart(cart, now)
    return order.keepsCartOpen === true ? withoutBought(open, order) : { ...open, status: 'closed', step: 'complete' }
  }
  return toldOfPayment(withoutSpent(openAgain(cart, now), order), order, now)
}

function toldOfPayment(cart: Cart, order: Order, at: Instant): Cart {
  const reason = order.cancelReason ?? ''
  const isDeclined = order.paymentStatus === 'failed' && reason !== 'payment_expired'
  return {
    ...cart,
    notices: [
      ...cart.notices.slice(1 - noticesKept),
      {
        code: isDeclined ? 'payment_declined' : 'payment_expired',
        level: 'error',
        data: { orderNumber: order.number, reason },
        at,
      },
    ],
  }
}
