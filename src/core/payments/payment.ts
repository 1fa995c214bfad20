import type { Instant, Json, OrderId, PaymentId } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'

/**
 * created -> (requires_action) -> authorized -> captured | voided | refunded in part or whole | failed.
 * `unknown`: the gateway did not answer; the recovery job asks it. `refund_due`: money is taken or may be taken, but no
 * order stands behind it: to be voided or refunded until the gateway says so.
 */
export type PaymentState =
  | 'created'
  | 'unknown'
  | 'requires_action'
  | 'pending'
  | 'authorized'
  | 'captured'
  | 'voided'
  | 'failed'
  | 'partially_refunded'
  | 'refunded'
  | 'refund_due'

/** One attempt to pay, its own row. A failed one never blocks the next. Never holds a card number. */
export interface Payment {
  readonly id: PaymentId
  readonly integerId: number
  readonly orderId: OrderId
  /** `PaymentMethod.id` */
  readonly method: string
  readonly provider: string
  readonly state: PaymentState
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly captured: Minor
  readonly refunded: Minor
  /** Sent to the gateway with every request about this attempt. */
  readonly idempotencyKey: string
  /** The gateway's own id of it, once known. */
  readonly gatewayReference?: string
  readonly redirectUrl?: string
  readonly declineReason?: string
  /** Brand, last four digits, expiry month and year, installments: what may be shown. */
  readonly display: Readonly<Record<string, Json>>
  /** A capture, void or refund that was begun and whose answer is not saved yet; finished before anything else. */
  readonly step?: PaymentStep
  /** Refunds that were made, oldest first; their amounts add up to `refunded`. */
  readonly refunds?: readonly Refund[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** What is being asked of the gateway. Repeating it has one effect, so whoever finds it may finish it. */
export type PaymentStep =
  | { readonly kind: 'capture'; readonly amount: Minor; readonly since: Instant }
  | { readonly kind: 'void'; readonly since: Instant }
  | { readonly kind: 'refund'; readonly amount: Minor; readonly key: string; readonly since: Instant }

export interface Refund {
  /** The caller's key: the same key is the same refund. */
  readonly key: string
  readonly amount: Minor
  readonly at: Instant
}

const next: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['unknown', 'requires_action', 'pending', 'authorized', 'captured', 'failed', 'voided', 'refund_due'],
  unknown: ['requires_action', 'pending', 'authorized', 'captured', 'failed', 'voided', 'refund_due'],
  requires_action: ['unknown', 'pending', 'authorized', 'captured', 'failed', 'voided', 'refund_due'],
  pending: ['unknown', 'authorized', 'captured', 'failed', 'voided', 'refund_due'],
  authorized: ['captured', 'voided', 'failed', 'refund_due'],
  captured: ['partially_refunded', 'refunded', 'refund_due'],
  partially_refunded: ['partially_refunded', 'refunded', 'refund_due'],
  refund_due: ['refunded', 'voided'],
  // A gateway may say "authorized" long after we gave up: then that money is due back.
  voided: ['refund_due'],
  failed: ['refund_due'],
  refunded: [],
}

/** Whether a payment may go from one state to another. */
export function mayBecome(from: PaymentState, to: PaymentState): boolean {
  return next[from].includes(to)
}

/** Money is reserved or taken. */
export function isSecured(state: PaymentState): boolean {
  return state === 'authorized' || state === 'captured'
}

/** Nothing more will come of it. */
export function isDead(state: PaymentState): boolean {
  return state === 'failed' || state === 'voided'
}

/** Money that no order stands behind, on its way back or given back; see `strayKey`. */
export function isStray({ id, state, refunds }: Pick<Payment, 'id' | 'state' | 'refunds'>): boolean {
  return state === 'refund_due' || refunds?.some(refund => refund.key === strayKey(id)) === true
}

/** The key of the refund of money that no order stands behind. */
export function strayKey(id: PaymentId): string {
  return `${id}:stray`
}

/** The key of the refund of what a payment took beyond what was left to pay. */
export function excessKey(id: PaymentId): string {
  return `${id}:excess`
}

/** What a payment took beyond what was left to pay, and gave back. */
export function excessOf({ id, refunds }: Pick<Payment, 'id' | 'refunds'>): Minor {
  return refunds?.find(refund => refund.key === excessKey(id))?.amount ?? 0n
}

/** Something is to be asked of the gateway before this payment is as it should be. */
export function isUnsettled({ state, step }: Payment): boolean {
  return step !== undefined || state === 'created' || state === 'unknown' || state === 'refund_due'
}
