import type { Caller } from '../core/access/caller.js'
import { hasPermission, mayReachOrder } from '../core/access/permissions.js'
import { present } from '../core/assert.js'
import type { CheckoutError } from '../core/errors.js'
import type { OrderId, PaymentId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Minor } from '../core/money.js'
import { amountOutstanding } from '../core/orders/amount-owed.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import type { Payment } from '../core/payments/payment.js'
import { paymentStatus } from '../core/payments/payment-status.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { PaymentProvider } from '../payments/provider.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { readState, settleOrder } from './settle-order.js'
import { finishBegunStep, takePaymentStep } from './take-payment-step.js'

/** An order with the payment that was recorded; none where nothing was left to pay. */
export interface Recorded extends OrderView {
  readonly payment?: PaymentId
}

/**
 * Money that came in outside of every gateway: at the counter, by bank transfer. It settles an order that waits for its
 * payment, and redeems the promise to pay of one that was confirmed on account; attempts that it makes needless are given
 * up. However many say so at once, the order is never paid beyond what it costs: each is written together with the order,
 * and what is just being captured is not recorded again.
 *
 * @param input.amount  absent: all that is left to pay; then repeating it changes nothing
 * @returns `payment_amount_wrong` above what is left, `order_state` for drafts and canceled orders, `payment_unknown` while
 *   a gateway does not say whether it took the rest
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
    const begun = view.payments.find(payment => payment.step?.kind === 'capture')
    if (begun !== undefined) {
      if (await finishBegunStep(deps, begun.id)) continue
      return refuse({ code: 'payment_unknown', orderId: view.order.id, orderNumber: view.order.number })
    }
    const due = amountOutstanding(view.order, view.payments)
    // Paid for by somebody who has not come as far as settling the order, or never will.
    if (due === 0n && input.amount === undefined) return settled(deps, view)
    const amount = input.amount ?? due
    if (amount <= 0n || amount > due) return refuse({ code: 'payment_amount_wrong', expected: due, actual: amount })
    const promise = promiseOf(deps, view, amount)
    if (promise !== undefined) {
      const captured = await takePaymentStep(deps, caller, promise.id, { kind: 'capture', amount })
      return captured.ok ? ok({ ...captured.value, payment: promise.id }) : captured
    }
    const payment = await received(deps, view, amount, input.method)
    if ((await add(deps, view, payment)) === 'lost') continue
    const state = await settled(deps, view)
    return state.ok ? ok({ ...state.value, payment: payment.id }) : state
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

/** Written with the order: whoever pays for it or cancels it at the same moment sees this payment, or comes before it. */
async function add(deps: Deps, { order, payments }: OrderState, payment: Payment): Promise<'saved' | 'lost'> {
  const status = order.status === 'pending' ? order.paymentStatus : paymentStatus(order, [...payments, payment])
  return deps.storage.orders.addPayment({
    order: { ...order, paymentStatus: status, updatedAt: deps.clock(), version: order.version + 1 },
    since: order.version,
    payment,
    events: [{ type: 'payment.captured', subject: order.id, data: { paymentId: payment.id, orderId: order.id } }],
  })
}

/** The order as its payments make it: confirmed where it waited for them, and nothing promised any more once it is paid. */
async function settled(deps: Deps, view: OrderView): Answer<Recorded> {
  const state = await settleOrder(deps, view.order.id, new Map())
  if (isGivenUp(state.order)) return refuse({ code: 'order_state', status: state.order.status })
  return ok({ ...(await giveUpNeedless(deps, state)), channel: view.channel })
}

const needless: ReadonlySet<Payment['state']> = new Set(['authorized', 'requires_action', 'pending', 'unknown'])

/** Once everything is paid, what was merely promised or still waits is called off; a silent gateway is asked again later. */
async function giveUpNeedless(deps: Deps, state: OrderState): Promise<OrderState> {
  const { order, payments } = state
  if (order.status !== 'confirmed' || amountOutstanding(order, payments) > 0n) return state
  const left = payments.filter(payment => needless.has(payment.state))
  if (left.length === 0) return state
  for (const payment of left) await takePaymentStep(deps, { kind: 'system' }, payment.id, { kind: 'void' })
  return readState(deps, order.id)
}
