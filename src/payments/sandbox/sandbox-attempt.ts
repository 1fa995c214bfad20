import { z } from 'zod'
import type { Instant, Json } from '../../core/ids.js'
import { isSandboxMode, type SandboxMode } from './test-cards.js'

const amount = z.string().regex(/^\d{1,20}$/)

const attemptSchema = z.object({
  reference: z.string(),
  idempotencyKey: z.string(),
  orderId: z.string(),
  orderNumber: z.string(),
  /** Minor units, as everywhere here. */
  amount,
  currency: z.string(),
  mode: z.custom<SandboxMode>(value => typeof value === 'string' && isSandboxMode(value)),
  state: z.enum(['requires_action', 'pending', 'authorized', 'captured', 'voided', 'declined']),
  declineReason: z.string().optional(),
  /** The merchant asked to take the money together with the authorization. */
  capturesAtOnce: z.boolean(),
  display: z.record(z.string(), z.union([z.string(), z.number()])),
  returnUrl: z.string(),
  pageToken: z.string().optional(),
  decision: z.enum(['approved', 'declined', 'canceled']).optional(),
  /** A pending attempt is approved from then on. */
  readyAt: z.string().optional(),
  captured: amount,
  refunds: z.array(z.object({ key: z.string(), amount })),
  createdAt: z.string(),
})

/** The gateway's record of one attempt. Holds no card number: there is no field for one. */
export type SandboxAttempt = Readonly<z.infer<typeof attemptSchema>>

/**
 * Reads a stored record.
 *
 * @throws ZodError when it is none: somebody else wrote under the gateway's keys
 */
export function readAttempt(value: Json): SandboxAttempt {
  return attemptSchema.parse(value)
}

/** The record as JSON. */
export function writeAttempt(attempt: SandboxAttempt): Json {
  return JSON.parse(JSON.stringify(attempt))
}

/** The attempt as it stands now: what was pending until `readyAt` is approved by then. */
export function asOf(attempt: SandboxAttempt, now: Instant): SandboxAttempt {
  const isReady = attempt.state === 'pending' && attempt.readyAt !== undefined && attempt.readyAt <= now
  return isReady ? approved(attempt) : attempt
}

/** Money is reserved, or taken where the merchant asked for that. */
export function approved(attempt: SandboxAttempt): SandboxAttempt {
  return attempt.capturesAtOnce
    ? { ...attempt, state: 'captured', captured: attempt.amount }
    : { ...attempt, state: 'authorized' }
}

/** Minor units given back so far. */
export function refundedOf(attempt: SandboxAttempt): bigint {
  return attempt.refunds.reduce((sum, refund) => sum + BigInt(refund.amount), 0n)
}

/** What a step makes of an attempt; the same attempt where it changes nothing. */
export interface StepOutcome {
  readonly attempt: SandboxAttempt
  readonly declineReason?: string
}

/** Takes money that was reserved, once; the rest of the reservation ends with it. */
export function captureAttempt(attempt: SandboxAttempt, amountMinor: bigint): StepOutcome {
  if (attempt.state === 'captured') {
    return BigInt(attempt.captured) === amountMinor ? { attempt } : { attempt, declineReason: 'captured_already' }
  }
  if (attempt.state !== 'authorized') return { attempt, declineReason: `attempt_${attempt.state}` }
  if (attempt.mode === 'capture_declined') return { attempt, declineReason: 'capture_declined' }
  if (amountMinor <= 0n) return { attempt, declineReason: 'amount_invalid' }
  if (amountMinor > BigInt(attempt.amount)) return { attempt, declineReason: 'amount_too_large' }
  return { attempt: { ...attempt, state: 'captured', captured: amountMinor.toString() } }
}

/** Gives a reservation up; money that was taken can only be refunded. */
export function voidAttempt(attempt: SandboxAttempt): StepOutcome {
  if (attempt.state === 'voided') return { attempt }
  if (attempt.state === 'captured') return { attempt, declineReason: 'captured_already' }
  if (attempt.state === 'declined') return { attempt, declineReason: attempt.declineReason ?? 'declined' }
  return { attempt: { ...attempt, state: 'voided' } }
}

/** Gives money back, once per key, never more than was taken. */
export function refundAttempt(attempt: SandboxAttempt, key: string, amountMinor: bigint): StepOutcome {
  const made = attempt.refunds.find(refund => refund.key === key)
  if (made !== undefined) {
    return BigInt(made.amount) === amountMinor ? { attempt } : { attempt, declineReason: 'refund_key_reused' }
  }
  if (attempt.state !== 'captured') return { attempt, declineReason: `attempt_${attempt.state}` }
  if (attempt.mode === 'refund_declined') return { attempt, declineReason: 'refund_declined' }
  if (amountMinor <= 0n) return { attempt, declineReason: 'amount_invalid' }
  if (amountMinor > BigInt(attempt.captured) - refundedOf(attempt)) {
    return { attempt, declineReason: 'amount_too_large' }
  }
  return { attempt: { ...attempt, refunds: [...attempt.refunds, { key, amount: amountMinor.toString() }] } }
}

/** The shopper's choice on the page; the first one stays. */
export function decideAttempt(attempt: SandboxAttempt, decision: 'approved' | 'declined' | 'canceled'): SandboxAttempt {
  if (attempt.state !== 'requires_action') return attempt
  if (decision === 'approved') return { ...approved(attempt), decision }
  const declineReason = decision === 'canceled' ? 'canceled_by_shopper' : 'card_declined'
  return { ...attempt, state: 'declined', declineReason, decision }
}
