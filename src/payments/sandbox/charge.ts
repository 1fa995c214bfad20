import { isLateApproval, newAttempt } from './new-attempt.js'
import { asOf, type SandboxAttempt } from './sandbox-attempt.js'
import { type SandboxContext, tell } from './sandbox-context.js'
import type { ChargeRequest } from './sandbox-gateway.js'
import { findAttempt, keepAttempt } from './sandbox-records.js'
import type { SandboxReport } from './sandbox-report.js'

/** Judges, keeps and answers one request to pay; or keeps silent, as the instrument's mode asks. */
export async function charge(context: SandboxContext, request: ChargeRequest): Promise<SandboxReport> {
  const fresh = newAttempt(context, request)
  if (fresh.mode === 'never') return silence()
  const { attempt, isFirst } = await keepAttempt(context, fresh)
  const { mode } = attempt
  if (mode === 'outage' || (mode === 'answer_lost' && isFirst)) return silence()
  if (mode === 'twice' && isFirst) void context.deliveries.send(tell(context, attempt), 2, 0)
  if (isLateApproval.has(mode) && attempt.state === 'pending') return answerLate(context, attempt, isFirst)
  return tell(context, attempt)
}

async function answerLate(context: SandboxContext, attempt: SandboxAttempt, isFirst: boolean): Promise<SandboxReport> {
  const ready = waitUntilReady(context, attempt)
  if (isFirst) void notifyWhenReady(context, ready)
  if (attempt.mode === 'pending') return tell(context, attempt)
  const then = await ready
  return then === undefined ? silence() : tell(context, then)
}

/**
 * What is stored when the time has come: the attempt may have been called off meanwhile. Undefined when the gateway
 * shuts down or cannot read its store.
 */
async function waitUntilReady(context: SandboxContext, attempt: SandboxAttempt): Promise<SandboxAttempt | undefined> {
  if (!(await context.deliveries.wait(context.lateMilliseconds))) return undefined
  const stored = await findAttempt(context, attempt.idempotencyKey).catch(() => undefined)
  return stored === undefined ? undefined : asOf(stored, attempt.readyAt ?? context.clock())
}

async function notifyWhenReady(context: SandboxContext, ready: Promise<SandboxAttempt | undefined>): Promise<void> {
  const attempt = await ready
  if (attempt !== undefined) await context.deliveries.send(tell(context, attempt), 1, 0)
}

/** An answer that never comes. */
export function silence(): Promise<never> {
  return new Promise(() => undefined)
}
