import { unreachable } from '../assert.js'
import type { Instant, Json } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import { isDead, mayBecome, type Payment, type PaymentState, strayKey } from './payment.js'

/** What a gateway says about one attempt; the same shape as the provider's answer. */
export interface AttemptAnswer {
  readonly outcome: 'authorized' | 'captured' | 'pending' | 'requires_action' | 'declined' | 'voided' | 'refunded'
  readonly gatewayReference: string
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly orderId: string
  readonly redirectUrl?: string
  readonly declineReason?: string
  readonly display?: Readonly<Record<string, Json>>
}

/** What became of an attempt: an answer, silence (`unknown`), or that the gateway never heard of it. */
export type AttemptNews =
  | { readonly kind: 'answer'; readonly answer: AttemptAnswer }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'never_heard' }

/**
 * The payment after the news. An answer about another amount, currency or order never counts as paid: what it may have
 * taken is due back. An answer that says nothing new leaves the payment as it is (same object), so repeats are harmless.
 * While a step of ours is under way, news waits for that step's own answer: it is most likely the echo of the step, and
 * counting both would refund what was just taken, or count a refund twice.
 */
export function applyNews(payment: Payment, news: AttemptNews, now: Instant): Payment {
  if (payment.step !== undefined) return payment
  if (news.kind === 'unknown') return moved(payment, 'unknown', now, {})
  if (news.kind === 'never_heard') {
    return payment.state === 'created' || payment.state === 'unknown' || payment.state === 'refund_due'
      ? moved(payment, payment.state === 'refund_due' ? 'voided' : 'failed', now, { declineReason: 'never_sent' })
      : payment
  }
  const { answer } = news
  const target = targetState(payment, answer)
  const facts = {
    gatewayReference: answer.gatewayReference,
    ...(answer.redirectUrl === undefined ? {} : { redirectUrl: answer.redirectUrl }),
    ...(answer.declineReason === undefined ? {} : { declineReason: answer.declineReason }),
    ...(answer.display === undefined ? {} : { display: { ...payment.display, ...answer.display } }),
    ...(target === 'captured' ? { captured: payment.amount } : {}),
    ...(target === 'refunded' ? refundedWhole(payment, now) : {}),
  }
  return moved(payment, target, now, facts)
}

function targetState(payment: Payment, answer: AttemptAnswer): PaymentState {
  const takesMoney = answer.outcome === 'authorized' || answer.outcome === 'captured'
  const isOurs =
    isExpectedAmount(payment, answer) && answer.currency === payment.currency && answer.orderId === payment.orderId
  if (takesMoney && (!isOurs || isDead(payment.state))) return 'refund_due'
  switch (answer.outcome) {
    case 'authorized':
    case 'captured':
    case 'pending':
    case 'requires_action':
    case 'voided':
    case 'refunded':
      return answer.outcome
    case 'declined':
      return 'failed'
    default:
      return unreachable(answer.outcome)
  }
}

/** What was asked for; once a part was captured, that part is what the gateway goes on telling of. */
function isExpectedAmount({ amount, captured }: Payment, answer: AttemptAnswer): boolean {
  return answer.amount === amount || (answer.outcome === 'captured' && captured > 0n && answer.amount === captured)
}

/** What was still kept went back at once: one more refund, under no key of ours. */
function refundedWhole(payment: Payment, now: Instant): Partial<Payment> {
  const rest = payment.captured - payment.refunded
  if (rest <= 0n) return {}
  const key = payment.state === 'refund_due' ? strayKey(payment.id) : `${payment.id}:rest`
  const refund = { key, amount: rest, at: now }
  return { refunded: payment.captured, refunds: [...(payment.refunds ?? []), refund] }
}

function moved(payment: Payment, state: PaymentState, now: Instant, facts: Partial<Payment>): Payment {
  if (payment.state === state || !mayBecome(payment.state, state)) return payment
  return { ...payment, ...facts, state, updatedAt: now, version: payment.version + 1 }
}
