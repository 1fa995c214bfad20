import type { Instant, Json } from '../../core/ids.js'
import { limits } from '../../core/limits.js'
import { charge, silence } from './charge.js'
import { tombstoneOf } from './new-attempt.js'
import { type Decision, readDecisionHash } from './proof.js'
import { captureAttempt, refundAttempt, type SandboxAttempt, type StepOutcome, voidAttempt } from './sandbox-attempt.js'
import { type SandboxContext, tell } from './sandbox-context.js'
import { createDeliveries, type Notify } from './sandbox-deliveries.js'
import { changeAttempt, findAttempt, keepAttempt } from './sandbox-records.js'
import { reportOf, type SandboxReport } from './sandbox-report.js'
import type { SandboxStore } from './sandbox-store.js'
import { decideOnPage, lookAtPage, type SandboxPageView } from './shopper-page.js'

export interface SandboxGatewayOptions {
  readonly store: SandboxStore
  readonly clock: () => Instant
  /** Signs references, page addresses, proofs and notifications; kept as long as the store. */
  readonly secret: string
  /** Origin under which `/sandbox/pay/:token` is reached, no slash at the end. */
  readonly baseUrl: string
  readonly notify: Notify
  /** How late a late answer is. Default: a second longer than anybody waits. */
  readonly lateMilliseconds?: number
  readonly retryMilliseconds?: readonly number[]
}

export interface ChargeRequest {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly orderNumber: string
  /** Minor units. */
  readonly amount: bigint
  readonly currency: string
  readonly instrument: Readonly<Record<string, Json>>
  readonly returnUrl: string
  readonly capture: boolean
}

/** A payment gateway that is not ours in spirit: it keeps its own records and may be silent, late or wrong. */
export interface SandboxGateway {
  charge(request: ChargeRequest): Promise<SandboxReport>
  capture(idempotencyKey: string, amount: bigint): Promise<SandboxReport | undefined>
  void(idempotencyKey: string): Promise<SandboxReport | undefined>
  refund(idempotencyKey: string, amount: bigint, refundKey: string): Promise<SandboxReport | undefined>
  find(idempotencyKey: string): Promise<SandboxReport | undefined>
  /** The attempt that a page's hash proves a decision of; undefined when the hash proves nothing. */
  proven(idempotencyKey: string, hash: string): Promise<SandboxReport | undefined>
  look(pageToken: string): Promise<SandboxPageView | undefined>
  /** The shopper's choice; the first one stays, whatever is posted later. */
  decide(pageToken: string, decision: Decision): Promise<SandboxPageView | undefined>
  /** Resolves when no notification is under way. */
  settled(): Promise<void>
  /** Gives up what waits, for a shutdown. */
  close(): void
}

/**
 * The test gateway over its own store. Repeating any call with the same key has one effect and the same answer.
 * Card numbers are looked at while a charge is judged and kept nowhere.
 */
export function createSandboxGateway(options: SandboxGatewayOptions): SandboxGateway {
  const { store, clock, secret, notify } = options
  const retryMilliseconds = options.retryMilliseconds ?? [1_000, 5_000, 30_000]
  const deliveries = createDeliveries({ secret, clock, notify, retryMilliseconds })
  const lateMilliseconds = options.lateMilliseconds ?? limits.gatewayWaitMilliseconds + 1_000
  const context: SandboxContext = {
    store,
    clock,
    secret,
    // Asked late: a free port is known only after listening.
    get baseUrl() {
      return options.baseUrl
    },
    lateMilliseconds,
    deliveries,
  }
  return {
    charge: request => charge(context, request),
    capture: (key, amount) =>
      takeStep(context, key, attempt => captureAttempt(attempt, amount), { outcome: 'captured', amount }),
    void: key => voidOrForestall(context, key),
    refund: (key, amount, refundKey) =>
      takeStep(context, key, attempt => refundAttempt(attempt, refundKey, amount), { outcome: 'refunded', amount }),
    find: key => find(context, key),
    proven: (key, hash) => proven(context, key, hash),
    look: pageToken => lookAtPage(context, pageToken),
    decide: (pageToken, decision) => decideOnPage(context, pageToken, decision),
    settled: () => deliveries.settled(),
    close: () => deliveries.close(),
  }
}

async function takeStep(
  context: SandboxContext,
  idempotencyKey: string,
  step: (attempt: SandboxAttempt) => StepOutcome,
  done: { readonly outcome: SandboxReport['outcome']; readonly amount?: bigint },
): Promise<SandboxReport | undefined> {
  const changed = await changeAttempt(context, idempotencyKey, step)
  if (changed === undefined) return undefined
  const report = reportOf(changed.attempt, undefined)
  if (changed.declineReason !== undefined) {
    return { ...report, outcome: 'declined', declineReason: changed.declineReason }
  }
  return { ...report, outcome: done.outcome, amount: done.amount?.toString() ?? report.amount }
}

/** Where the attempt was not heard of, a record is left, so that a request still under way charges nothing any more. */
async function voidOrForestall(context: SandboxContext, idempotencyKey: string): Promise<SandboxReport | undefined> {
  const report = await takeStep(context, idempotencyKey, voidAttempt, { outcome: 'voided' })
  if (report !== undefined) return report
  await keepAttempt(context, tombstoneOf(idempotencyKey, context.secret, context.clock()))
  return takeStep(context, idempotencyKey, voidAttempt, { outcome: 'voided' })
}

async function find(context: SandboxContext, idempotencyKey: string): Promise<SandboxReport | undefined> {
  const attempt = await findAttempt(context, idempotencyKey)
  if (attempt?.mode === 'outage' && attempt.state !== 'voided') return silence()
  return attempt === undefined ? undefined : tell(context, attempt)
}

async function proven(
  context: SandboxContext,
  idempotencyKey: string,
  hash: string,
): Promise<SandboxReport | undefined> {
  const decision = readDecisionHash(context.secret, idempotencyKey, hash)
  const attempt = decision === undefined ? undefined : await findAttempt(context, idempotencyKey)
  return attempt === undefined || attempt.decision !== decision ? undefined : tell(context, attempt)
}
