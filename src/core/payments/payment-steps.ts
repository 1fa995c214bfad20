import { invariant, unreachable } from '../assert.js'
import type { ErrorOf } from '../errors.js'
import type { Instant } from '../ids.js'
import type { Minor } from '../money.js'
import { least } from '../pricing/amounts.js'
import { ok, type Result, refuse } from '../result.js'
import type { AttemptAnswer } from './apply-answer.js'
import { type AnswerMismatch, checkGatewayAnswer } from './check-answer.js'
import { isDead, isSecured, type Payment, type PaymentState, type PaymentStep } from './payment.js'

/** What somebody wants of a payment. An absent amount is all that there is. */
export type StepRequest =
  | { readonly kind: 'capture'; readonly amount?: Minor }
  | { readonly kind: 'void' }
  /** The same `key` is the same refund. */
  | { readonly kind: 'refund'; readonly amount?: Minor; readonly key: string }

export type StepRefusal = ErrorOf<'payment_state' | 'payment_amount_wrong' | 'idempotency_mismatch'>

/** Undefined: it is done already, a repeat has nothing to do. */
export type StepPlan = Result<PaymentStep | undefined, StepRefusal>

/**
 * Whether `request` may be made of `payment`, and what to ask the gateway for.
 *
 * @param payment  without a step under way: that one is finished first
 * @param open  what its order lacks besides (`amountOpen`): no more than that is captured
 */
export function planStep(payment: Payment, request: StepRequest, open: Minor, now: Instant): StepPlan {
  invariant(payment.step === undefined, 'one step at a time')
  switch (request.kind) {
    case 'capture':
      return planCapture(payment, request.amount, open, now)
    case 'void':
      return planVoid(payment, now)
    case 'refund':
      return planRefund(payment, request, now)
    default:
      return unreachable(request)
  }
}

function planCapture(payment: Payment, wanted: Minor | undefined, open: Minor, now: Instant): StepPlan {
  const most = least(open + payment.captured, payment.amount)
  const amount = wanted ?? most
  if (payment.captured > 0n && payment.captured === amount) return ok(undefined)
  // What is needed no longer is no more to be captured than what was called off.
  if (payment.state !== 'authorized' || most === 0n) return refuse({ code: 'payment_state', state: payment.state })
  if (amount <= 0n || amount > most) return refuse({ code: 'payment_amount_wrong', expected: most, actual: amount })
  return ok({ kind: 'capture', amount, since: now })
}

const voidable: ReadonlySet<PaymentState> = new Set(['authorized', 'requires_action', 'pending', 'unknown'])

function planVoid(payment: Payment, now: Instant): StepPlan {
  if (payment.state === 'voided') return ok(undefined)
  const isStray = payment.state === 'refund_due' && payment.captured === 0n
  if (!voidable.has(payment.state) && !isStray) return refuse({ code: 'payment_state', state: payment.state })
  return ok({ kind: 'void', since: now })
}

function planRefund(payment: Payment, request: Extract<StepRequest, { kind: 'refund' }>, now: Instant): StepPlan {
  const made = payment.refunds?.find(refund => refund.key === request.key)
  if (made !== undefined) {
    const isSame = request.amount === undefined || request.amount === made.amount
    return isSame ? ok(undefined) : refuse({ code: 'idempotency_mismatch' })
  }
  const left = payment.captured - payment.refunded
  if (left <= 0n || isDead(payment.state)) return refuse({ code: 'payment_state', state: payment.state })
  const amount = request.amount ?? left
  if (amount <= 0n || amount > left) return refuse({ code: 'payment_amount_wrong', expected: left, actual: amount })
  return ok({ kind: 'refund', amount, key: request.key, since: now })
}

/** The payment with a step that is about to be asked for: whoever saves this first has claimed it. */
export function withStep(payment: Payment, step: PaymentStep, now: Instant): Payment {
  return { ...payment, step, updatedAt: now, version: payment.version + 1 }
}

/** What the gateway's answer to a step comes to. */
export type StepOutcome =
  | { readonly kind: 'done'; readonly payment: Payment }
  /** The gateway said no; the payment is as it was before the step. */
  | { readonly kind: 'declined'; readonly payment: Payment; readonly reason: string }
  /** The answer proves nothing: the step stays under way. */
  | { readonly kind: 'unsure'; readonly mismatch?: AnswerMismatch }

/**
 * The payment after the gateway answered its step; one version later.
 *
 * @throws InvariantError when no step is under way
 */
export function finishStep(payment: Payment, answer: AttemptAnswer, now: Instant): StepOutcome {
  const { step, ...rest } = payment
  invariant(step !== undefined, 'a step that is finished was begun')
  const moved: Payment = { ...rest, updatedAt: now, version: payment.version + 1 }
  if (answer.outcome === 'declined') {
    return { kind: 'declined', payment: moved, reason: answer.declineReason ?? 'declined' }
  }
  if (answer.outcome !== outcomeOf[step.kind]) return { kind: 'unsure' }
  // What is given up has no amount to compare: the gateway may never have named one.
  if (step.kind === 'void') return { kind: 'done', payment: { ...moved, state: 'voided' } }
  const { currency, orderId } = payment
  const checked = checkGatewayAnswer(answer, { amount: step.amount, currency, orderId })
  if (!checked.ok) return { kind: 'unsure', mismatch: checked.error }
  return { kind: 'done', payment: step.kind === 'capture' ? captured(moved, step.amount) : refunded(moved, step, now) }
}

const outcomeOf: Readonly<Record<PaymentStep['kind'], AttemptAnswer['outcome']>> = {
  capture: 'captured',
  void: 'voided',
  refund: 'refunded',
}

/** Taken while its order was given up meanwhile: due back at once. */
function captured(payment: Payment, amount: Minor): Payment {
  invariant(amount <= payment.amount, 'no more is captured than was authorized')
  return { ...payment, captured: amount, state: isSecured(payment.state) ? 'captured' : 'refund_due' }
}

function refunded(payment: Payment, step: Extract<PaymentStep, { kind: 'refund' }>, now: Instant): Payment {
  const total = payment.refunded + step.amount
  invariant(total <= payment.captured, 'no more is given back than was taken')
  const partly = payment.state === 'refund_due' ? 'refund_due' : 'partially_refunded'
  return {
    ...payment,
    refunded: total,
    refunds: [...(payment.refunds ?? []), { key: step.key, amount: step.amount, at: now }],
    state: total === payment.captured ? 'refunded' : partly,
  }
}
