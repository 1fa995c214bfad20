import { type Decision, decisionHash } from './proof.js'
import { decideAttempt, type SandboxAttempt } from './sandbox-attempt.js'
import { type SandboxContext, tell } from './sandbox-context.js'
import { changeAttempt, findAttempt, pageKey } from './sandbox-records.js'

/** What the gateway's page shows. */
export interface SandboxPageView {
  readonly orderNumber: string
  /** Minor units of `currency`. */
  readonly amount: bigint
  readonly currency: string
  /** `open`: the shopper may decide; `closed`: the merchant called it off; else the shopper's choice. */
  readonly state: 'open' | Decision | 'closed'
  /** Where the shopper goes back to, with the proof of the decision in its query; absent while open. */
  readonly returnUrl?: string
}

/** What stands on the page with this address part. */
export async function lookAtPage(context: SandboxContext, pageToken: string): Promise<SandboxPageView | undefined> {
  const idempotencyKey = await keyOfPage(context, pageToken)
  const attempt = idempotencyKey === undefined ? undefined : await findAttempt(context, idempotencyKey)
  return attempt === undefined ? undefined : viewOf(attempt, context.secret)
}

/** The shopper's choice; the first one stays, and only that one is notified. */
export async function decideOnPage(
  context: SandboxContext,
  pageToken: string,
  decision: Decision,
): Promise<SandboxPageView | undefined> {
  const idempotencyKey = await keyOfPage(context, pageToken)
  if (idempotencyKey === undefined) return undefined
  const changed = await changeAttempt(context, idempotencyKey, attempt => ({
    attempt: decideAttempt(attempt, decision),
  }))
  if (changed === undefined) return undefined
  if (changed.isChanged) await notifyDecision(context, changed.attempt)
  return viewOf(changed.attempt, context.secret)
}

async function keyOfPage(context: SandboxContext, pageToken: string): Promise<string | undefined> {
  const pointer = await context.store.get(pageKey(pageToken))
  return typeof pointer?.value === 'string' ? pointer.value : undefined
}

async function notifyDecision(context: SandboxContext, attempt: SandboxAttempt): Promise<void> {
  const copies = attempt.mode === 'redirect_notify_twice' ? 2 : 1
  const delay = attempt.mode === 'redirect_notify_late' ? context.lateMilliseconds : 0
  const sent = context.deliveries.send(tell(context, attempt), copies, delay)
  if (attempt.mode === 'redirect_notify_first') await sent
}

function viewOf(attempt: SandboxAttempt, secret: string): SandboxPageView {
  const shown = { orderNumber: attempt.orderNumber, amount: BigInt(attempt.amount), currency: attempt.currency }
  const { decision } = attempt
  if (attempt.state === 'requires_action') return { ...shown, state: 'open' }
  if (decision === undefined) return { ...shown, state: 'closed', ...returnTo(attempt.returnUrl, {}) }
  const query = { hash: decisionHash(secret, attempt.idempotencyKey, decision), status: decision }
  return { ...shown, state: decision, ...returnTo(attempt.returnUrl, query) }
}

/** The merchant's address with our answer in its query; nothing where it is no web address. */
function returnTo(returnUrl: string, query: Readonly<Record<string, string>>): { readonly returnUrl?: string } {
  if (!URL.canParse(returnUrl)) return {}
  const url = new URL(returnUrl)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return {}
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return { returnUrl: url.href }
}
