import type { Caller } from '../core/access/caller.js'
import { hasPermission, mayReachOrder } from '../core/access/permissions.js'
import { invariant, present } from '../core/assert.js'
import type { CheckoutError } from '../core/errors.js'
import type { Instant, PaymentId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { amountOpen } from '../core/orders/amount-owed.js'
import { isPaidAhead } from '../core/orders/paid-ahead.js'
import type { Payment } from '../core/payments/payment.js'
import { paymentStatus } from '../core/payments/payment-status.js'
import { finishStep, planStep, type StepRequest, withStep } from '../core/payments/payment-steps.js'
import { ok, type Result, refuse } from '../core/result.js'
import { type GatewayAnswer, GatewayUnknown } from '../payments/provider.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { settleOrder } from './settle-order.js'

/** One payment of an order, with what stands around it. */
interface PaymentState extends OrderView {
  readonly payment: Payment
}

/**
 * Captures, voids or refunds: the wish is saved on the payment first (whoever saves it has claimed it), then the gateway
 * is asked outside of any transaction, then its answer is saved together with the order's payment status.
 *
 * A step that somebody else began is finished before a new one is begun: the gateway takes repeats of one step as one,
 * so neither a crash nor a second caller doubles it. A gateway that stays silent leaves the step begun
 * (`payment_unknown`); doing the same again finishes it.
 */
export async function takePaymentStep(
  deps: Deps,
  caller: Caller,
  id: PaymentId,
  request: StepRequest,
): Answer<OrderView> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const reached = await reachPayment(deps, caller, id)
    if (!reached.ok) return reached
    const isOurs = reached.value.payment.step === undefined
    const begun = isOurs ? await begin(deps, reached.value, request) : reached
    if (begun === 'done') return ok(viewOf(reached.value))
    if (begun === 'lost') continue
    if (!begun.ok) return begun
    const finished = await finish(deps, begun.value)
    if (finished === 'lost') continue
    if (isOurs || (!finished.ok && finished.error.code !== 'payment_declined')) return finished
  }
  return refuse({ code: 'busy' })
}

/**
 * Finishes a step that a crash or a silent gateway left begun, for the recovery job. False while the gateway keeps
 * silent; a payment without such a step is fine as it is.
 */
export async function finishBegunStep(deps: Deps, id: PaymentId): Promise<boolean> {
  const reached = await reachPayment(deps, { kind: 'system' }, id)
  if (!reached.ok || reached.value.payment.step === undefined) return true
  const finished = await finish(deps, reached.value)
  return finished === 'lost' || finished.ok || finished.error.code !== 'payment_unknown'
}

/** Payments are moved by the system and by keys that may; those who merely paid are told no. */
async function reachPayment(deps: Deps, caller: Caller, id: PaymentId): Promise<Result<PaymentState, CheckoutError>> {
  const mayWrite = hasPermission(caller, 'payments:write')
  if (caller.kind === 'key' && !mayWrite) return refuse({ code: 'forbidden', permission: 'payments:write' })
  const known = await deps.storage.payments.read({ id })
  const state = known === undefined ? undefined : await deps.storage.orders.readState({ id: known.orderId })
  if (state === undefined) return refuse({ code: 'payment_not_found' })
  const { order, payments } = state
  if (!mayWrite) {
    const isSeen = mayReachOrder(caller, order, 'payments:read')
    return refuse(isSeen ? { code: 'forbidden', permission: 'payments:write' } : { code: 'payment_not_found' })
  }
  const channel = await deps.facts.channel(order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  const payment = payments.find(candidate => candidate.id === id)
  invariant(payment !== undefined, 'a payment is among those of its order')
  return ok({ order, payments, channel, payment })
}

async function begin(
  deps: Deps,
  state: PaymentState,
  request: StepRequest,
): Promise<Result<PaymentState, CheckoutError> | 'done' | 'lost'> {
  const now = deps.clock()
  const plan = planStep(state.payment, request, amountOpen(state.order, state.payments), now)
  if (!plan.ok) return plan
  if (plan.value === undefined) return 'done'
  if (request.kind === 'capture' && state.order.status !== 'confirmed' && !isPaidAhead(state.order)) {
    return refuse({ code: 'order_state', status: state.order.status })
  }
  const claimed = withPayment(state, withStep(state.payment, plan.value, now))
  if (plan.value.kind === 'capture') return claimWithOrder(deps, claimed, now)
  const saved = await deps.storage.payments.save(claimed.payment, state.payment.version, [])
  return saved === 'lost' ? 'lost' : ok(claimed)
}

/** One version of the order later, so that of two who take money for it at once the second one sees what the first takes. */
async function claimWithOrder(
  deps: Deps,
  state: PaymentState,
  now: Instant,
): Promise<Result<PaymentState, never> | 'lost'> {
  const order = { ...state.order, updatedAt: now, version: state.order.version + 1 }
  const written = { order, since: state.order.version, payments: [state.payment], holds: 'keep', events: [] } as const
  return (await deps.storage.orders.settle(written)) === 'lost' ? 'lost' : ok({ ...state, order })
}

async function finish(deps: Deps, state: PaymentState): Promise<Result<OrderView, CheckoutError> | 'lost'> {
  const { order, payment } = state
  const answer = await ask(deps, payment)
  const outcome = answer === undefined ? ({ kind: 'unsure' } as const) : finishStep(payment, answer, deps.clock())
  switch (outcome.kind) {
    case 'unsure':
      deps.log.warn({ paymentId: payment.id, orderId: order.id, ...why(outcome) }, 'a payment step is not answered')
      return refuse({ code: 'payment_unknown', orderId: order.id, orderNumber: order.number })
    case 'declined': {
      const saved = await deps.storage.payments.save(outcome.payment, payment.version, [])
      if (saved === 'lost') return 'lost'
      if (payment.step?.kind === 'void') await learnFate(deps, outcome.payment)
      return refuse({ code: 'payment_declined', reason: outcome.reason })
    }
    case 'done':
      return save(deps, withPayment(state, outcome.payment))
  }
}

/**
 * What cannot be called off is over already. The gateway's news of that may have come while the step was under way, when
 * nobody listens to it, so it is asked once more.
 */
async function learnFate(deps: Deps, payment: Payment): Promise<void> {
  const provider = present(deps.providers.get(payment.provider), 'the provider of a payment stays configured')
  try {
    const answer = await provider.find(payment.idempotencyKey, payment)
    if (answer === undefined) return
    await settleOrder(deps, payment.orderId, new Map([[payment.id, { kind: 'answer', answer }]]))
  } catch (error) {
    if (!(error instanceof GatewayUnknown)) throw error
  }
}

function why(outcome: { readonly mismatch?: { readonly differs: readonly string[] } }): { readonly differs?: string } {
  return outcome.mismatch === undefined ? {} : { differs: outcome.mismatch.differs.join(', ') }
}

/** Undefined: the gateway kept silent. */
async function ask(deps: Deps, payment: Payment): Promise<GatewayAnswer | undefined> {
  const provider = present(deps.providers.get(payment.provider), 'the provider of a payment stays configured')
  const step = present(payment.step, 'a step was begun')
  const { idempotencyKey, gatewayReference } = payment
  try {
    if (step.kind === 'void') {
      const named = gatewayReference === undefined ? {} : { gatewayReference }
      return await provider.void({ idempotencyKey, ...named }, payment)
    }
    invariant(gatewayReference !== undefined, 'what was authorized has a name at the gateway')
    const attempt = { idempotencyKey, gatewayReference, amount: step.amount }
    if (step.kind === 'capture') return await provider.capture(attempt)
    return await provider.refund({ ...attempt, refundKey: `${payment.id}:${step.key}` })
  } catch (error) {
    if (error instanceof GatewayUnknown) return undefined
    throw error
  }
}

async function save(deps: Deps, state: PaymentState): Promise<Result<OrderView, CheckoutError> | 'lost'> {
  const { order, payments, payment, channel } = state
  const events = [
    { type: `payment.${payment.state}`, subject: order.id, data: { paymentId: payment.id, orderId: order.id } },
  ]
  const now = deps.clock()
  if (order.status === 'pending') {
    // With the order, so that whoever confirms it at the same moment sees what was taken.
    const later = { ...order, updatedAt: now, version: order.version + 1 }
    const written = { order: later, since: order.version, payments: [payment], holds: 'keep', events } as const
    if ((await deps.storage.orders.settle(written)) === 'lost') return 'lost'
    // A payment less may mean that nothing can pay for the order any more.
    return ok({ ...(await settleOrder(deps, order.id, new Map())), channel })
  }
  const after = { ...order, paymentStatus: paymentStatus(order, payments), updatedAt: now, version: order.version + 1 }
  const saved = await deps.storage.orders.settle({
    order: after,
    since: order.version,
    payments: [payment],
    holds: 'keep',
    events,
  })
  return saved === 'lost' ? 'lost' : ok({ order: after, payments, channel })
}

function withPayment(state: PaymentState, payment: Payment): PaymentState {
  const payments = state.payments.map(known => (known.id === payment.id ? payment : known))
  return { ...state, payment, payments }
}

function viewOf({ order, payments, channel }: PaymentState): OrderView {
  return { order, payments, channel }
}
