import type { Instant } from '../../core/ids.js'
import { judgeInstrument } from './judge-instrument.js'
import { pageTokenOf, referenceOf } from './proof.js'
import { approved, type SandboxAttempt } from './sandbox-attempt.js'
import type { SandboxContext } from './sandbox-context.js'
import type { ChargeRequest } from './sandbox-gateway.js'
import type { SandboxMode } from './test-cards.js'

const isRedirect: ReadonlySet<SandboxMode> = new Set([
  'redirect',
  'redirect_notify_first',
  'redirect_notify_late',
  'redirect_notify_twice',
])
const isDeclined: ReadonlySet<SandboxMode> = new Set(['decline', 'insufficient_funds', 'card_expired'])

/** Modes whose approval comes after a delay. */
export const isLateApproval: ReadonlySet<SandboxMode> = new Set(['late', 'pending'])

/** The record that a cancellation leaves when it is faster than the request that it cancels. */
export function tombstoneOf(idempotencyKey: string, secret: string, now: Instant): SandboxAttempt {
  return { ...blankAttempt(idempotencyKey, secret, now), state: 'voided' }
}

function blankAttempt(idempotencyKey: string, secret: string, now: Instant): SandboxAttempt {
  return {
    reference: referenceOf(secret, idempotencyKey),
    idempotencyKey,
    orderId: '',
    orderNumber: '',
    amount: '0',
    currency: '',
    mode: 'approve',
    state: 'pending',
    capturesAtOnce: false,
    display: {},
    returnUrl: '',
    captured: '0',
    refunds: [],
    createdAt: now,
  }
}

/** The record of a request that was just heard, judged by its instrument. */
export function newAttempt(context: SandboxContext, request: ChargeRequest): SandboxAttempt {
  const now = context.clock()
  const verdict = judgeInstrument(request.instrument, now)
  const { mode } = verdict
  const attempt: SandboxAttempt = {
    ...blankAttempt(request.idempotencyKey, context.secret, now),
    ...heardAs(request, mode),
    orderNumber: request.orderNumber,
    mode,
    capturesAtOnce: request.capture,
    display: verdict.display,
    returnUrl: request.returnUrl,
  }
  if (isDeclined.has(mode)) {
    const reason = verdict.declineReason ?? (mode === 'decline' ? 'card_declined' : mode)
    return { ...attempt, state: 'declined', declineReason: reason }
  }
  if (isRedirect.has(mode)) {
    return { ...attempt, state: 'requires_action', pageToken: pageTokenOf(context.secret, request.idempotencyKey) }
  }
  if (isLateApproval.has(mode)) {
    const readyAt = new Date(Date.parse(now) + context.lateMilliseconds).toISOString()
    return { ...attempt, state: 'pending', readyAt }
  }
  return approved(attempt)
}

/** What the gateway charges, for which order: something else than it was asked to, where the mode says so. */
function heardAs(request: ChargeRequest, mode: SandboxMode): Pick<SandboxAttempt, 'amount' | 'currency' | 'orderId'> {
  const { amount, currency, orderId } = request
  const otherCurrency = currency === 'EUR' ? 'USD' : 'EUR'
  return {
    amount: (mode === 'wrong_amount' ? amount + 100n : amount).toString(),
    currency: mode === 'wrong_currency' ? otherCurrency : currency,
    orderId: mode === 'wrong_order' ? '00000000-0000-4000-8000-000000000000' : orderId,
  }
}
