import type { Json } from '../../core/ids.js'
import { refundedOf, type SandboxAttempt } from './sandbox-attempt.js'

/** What the gateway says to a merchant about an attempt: the body of its answers and of its notifications. */
export interface SandboxReport {
  readonly idempotencyKey: string
  readonly reference: string
  readonly outcome: SandboxAttempt['state'] | 'refunded'
  /** Minor units as text: what was reserved, taken or given back, as `outcome` says. */
  readonly amount: string
  readonly currency: string
  readonly orderId: string
  readonly redirectUrl?: string
  readonly declineReason?: string
  readonly display: Readonly<Record<string, Json>>
}

/** The report of where an attempt stands. `redirectUrl` counts while the shopper still has to decide. */
export function reportOf(attempt: SandboxAttempt, redirectUrl: string | undefined): SandboxReport {
  const refunded = refundedOf(attempt)
  const isRefunded = attempt.state === 'captured' && refunded > 0n && refunded === BigInt(attempt.captured)
  return {
    idempotencyKey: attempt.idempotencyKey,
    reference: attempt.reference,
    outcome: isRefunded ? 'refunded' : attempt.state,
    amount: isRefunded ? refunded.toString() : attempt.state === 'captured' ? attempt.captured : attempt.amount,
    currency: attempt.currency,
    orderId: attempt.orderId,
    ...(attempt.state === 'requires_action' && redirectUrl !== undefined ? { redirectUrl } : {}),
    ...(attempt.declineReason === undefined ? {} : { declineReason: attempt.declineReason }),
    display: attempt.display,
  }
}
