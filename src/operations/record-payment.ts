import type { Caller } from '../core/access/caller.js'
import { hasPermission, mayReachOrder } from '../core/access/permissions.js'
import { present } from '../core/assert.js'
import type { CheckoutError } from '../core/errors.js'
import type { OrderId, PaymentId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Minor } from '../core/money.js'
import { amountOutstanding } from '../core/orders/amount-owed.js'
import type { Payment } from '../core/payments/payment.js'
import { paymentStatus } from '../core/payments/payment-status.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { PaymentProvider } from '../payments/provider.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { returnMoneyOfOrder } from './return-money-of-order.js'
import { readState, settleOrder } from './settle-order.js'
import { takePaymentStep } from './take-payment-step.js'

/** An order with the payment that was recorded; none where nothing was left to pay. */
export interface Recorded extends OrderView {
  readonly payment?: PaymentId
}

/**
 * Money that came in outside of every gateway: at the counter, by bank transfer. It settles an order that waits for its
 * payment, and redeems the promise to pay of one that was confirmed on account; attempts that it makes needless are given
 * up. However many say so at once, the order is never paid beyond what it costs.
 *
 * @param input.amount  absent: all that is left to pay; then repeating it changes nothing
 * @returns `payment_amount_wrong` above what is left, `order_state` for drafts and canceled orders
 */
export async function recordPayment(
  deps: Deps,
  caller: Caller,
  input: { readonly order: OrderId; readonly amount?: Minor; readonly method?: string },
): Answer<Recorded> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await reachOrder(deps, caller, input.order)
    if (!reached.ok) return reached
    const view = reached.value
    const due = amountOutstanding(view.order, view.payments)
    // Paid by somebody who has not come as far as telling the order, or never will.
    if (due === 0n && input.amount === undefined) {
      const state = view.order.status === 'pending' ? await settle(deps, view.order.id) : view
      const { status } = state.order
      return status === 'canceled' ? refuse({ code: 'order_state', status }) : ok({ ...view, ...state })
    }
    const amount = input.amount ?? due
    if (amount <= 0n || amount > due) return refuse({ code: 'payment_amount_wrong', expected: due, actual: amount })
    const promise = promiseOf(deps, view, amount)
    if (promise !== undefined) {
      const captured = await takePaymentStep(deps, caller, promise.id, { kind: 'capture' })
      return captured.ok ? ok({ ...captured.value, payment: promise.id }) : captured
    }
    if (amount === due && !(await holdNeedless(deps, view))) continue
    const payment = await received(deps, view, amount, input.method)
    const events = [
      { type: 'payment.captured', subject: payment.orderId, data: { paymentId: payment.id, orderId: payment.orderId } },
    ]
    // The key counts what was paid before: of two at once only one finds it free.
    if ((await deps.storage.payments.insert(payment, events)) === 'exists') continue
    const settled = await settle(deps, view.order.id)
    if (settled.order.status === 'canceled') return giveBack(deps, settled, payment.id)
    const state = await giveUpNeedless(deps, settled)
    return ok({ ...state, channel: view.channel, payment: payment.id })
  }
  return refuse({ code: 'busy' })
}

/** Only keys that may write payments record them; those who merely see the order are told no. */
async function reachOrder(deps: Deps, caller: Caller, id: OrderId): Promise<Result<OrderView, CheckoutError>> {
  const mayWrite = hasPermission(caller, 'payments:write')
  const state = await deps.storage.orders.readState({ id })
  if (state === undefined || !(mayWrite || mayReachOrder(caller, state.order, 'payments:write'))) {
    return refuse(caller.kind === 'key' && !mayWrite ? forbidden : { code: 'order_not_found' })
  }
  const { order } = state
  if (!mayWrite) return refuse(forbidden)
  if (order.status !== 'pending' && order.status !== 'confirmed') {
    return refuse({ code: 'order_state', status: order.status })
  }
  const channel = await deps.facts.channel(order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  return ok({ ...state, channel })
}

const forbidden: CheckoutError = { code: 'forbidden', permission: 'payments:write' }

/** The promise to pay on account that this very amount redeems. */
function promiseOf(deps: Deps, { order, payments }: OrderState, amount: Minor): Payment | undefined {
  if (order.status !== 'confirmed') return undefined
  return payments.find(payment => payment.state === 'authorized' && payment.amount === amount && isLocal(deps, payment))
}

function isLocal(deps: Deps, payment: Payment): boolean {
  return deps.providers.get(payment.provider)?.isLocal === true
}

/** A payment that is captured from the start, with a reference that lets it be refunded like any other. */
async function received(
  deps: Deps,
  { order, payments }: OrderState,
  amount: Minor,
  method = 'recorded',
): Promise<Payment> {
  const provider: PaymentProvider = present(deps.providers.get('manual'), 'payments on account are always possible')
  const before = payments.reduce((sum, payment) => sum + payment.captured, 0n)
  const idempotencyKey = `${order.id}:recorded:${before}`
  const answer = await provider.find(idempotencyKey, { amount, currency: order.currency, orderId: order.id })
  const now = deps.clock()
  return {
    id: deps.ids.uuid(),
    integerId: 0,
    orderId: order.id,
    method,
    provider: provider.name,
    state: 'captured',
    amount,
    currency: order.currency,
    captured: amount,
    refunded: 0n,
    idempotencyKey,
    ...(answer === undefined ? {} : { gatewayReference: answer.gatewayReference }),
    display: { methodName: method },
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
}

/**
 * The order as its payments make it now: confirmed where it waited for them, else with their status. It is written in any
 * case, one version later: whoever cancels it at the same moment has either seen the payment, or must look again.
 */
async function settle(deps: Deps, orderId: OrderId): Promise<OrderState> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const before = await readState(deps, orderId)
    const isPending = before.order.status === 'pending'
    const { order, payments } = isPending ? await settleOrder(deps, orderId, new Map()) : before
    if (order.status === 'canceled' || (isPending && order.status === 'confirmed')) return { order, payments }
    const status = order.status === 'pending' ? order.paymentStatus : paymentStatus(order, payments)
    const next = { ...order, paymentStatus: status, updatedAt: deps.clock(), version: order.version + 1 }
    const written = { order: next, since: order.version, payments: [], holds: 'keep', events: [] } as const
    if ((await deps.storage.orders.settle(written)) === 'saved') return { order: next, payments }
  }
  return readState(deps, orderId)
}

/** The order was called off between the look at it and the payment: no order stands behind the money. */
async function giveBack(deps: Deps, { order, payments }: OrderState, id: PaymentId): Answer<Recorded> {
  const stray = payments.find(payment => payment.id === id && payment.state === 'captured')
  if (stray !== undefined) {
    const due: Payment = { ...stray, state: 'refund_due', updatedAt: deps.clock(), version: stray.version + 1 }
    const saved = await deps.storage.payments.save(due, stray.version, [])
    if (saved === 'saved') await returnMoneyOfOrder(deps, await readState(deps, order.id))
  }
  return refuse({ code: 'order_state', status: order.status })
}

const needless: ReadonlySet<Payment['state']> = new Set(['authorized', 'requires_action', 'pending', 'unknown'])

/**
 * Before money is recorded that pays all the rest of an order that stands: what was merely promised is called off, so that
 * nobody captures it at the same moment. False where somebody does, and the order has to be looked at again.
 */
async function holdNeedless(deps: Deps, { order, payments }: OrderState): Promise<boolean> {
  const left = payments.filter(payment => needless.has(payment.state))
  if (order.status !== 'confirmed' || left.length === 0) return true
  for (const payment of left) await takePaymentStep(deps, { kind: 'system' }, payment.id, { kind: 'void' })
  const now = new Map((await readState(deps, order.id)).payments.map(payment => [payment.id, payment]))
  return left.every(({ id, captured }) => now.get(id)?.captured === captured && now.get(id)?.step?.kind !== 'capture')
}

/** Once everything is paid, what was merely promised or still waits is called off; a silent gateway is asked again later. */
async function giveUpNeedless(deps: Deps, { order, payments }: OrderState): Promise<OrderState> {
  if (order.status !== 'confirmed' || amountOutstanding(order, payments) > 0n) return { order, payments }
  const left = payments.filter(payment => needless.has(payment.state))
  if (left.length === 0) return { order, payments }
  for (const payment of left) await takePaymentStep(deps, { kind: 'system' }, payment.id, { kind: 'void' })
  return readState(deps, order.id)
}
