import { asOf, readAttempt, type SandboxAttempt, type StepOutcome, writeAttempt } from './sandbox-attempt.js'
import type { SandboxContext } from './sandbox-context.js'

/** Key of an attempt's record. */
export function attemptKey(idempotencyKey: string): string {
  return `attempt:${idempotencyKey}`
}

/** Key of the record that leads from a page's address to its attempt. */
export function pageKey(pageToken: string): string {
  return `page:${pageToken}`
}

/** The attempt as it stands now. */
export async function findAttempt(
  context: SandboxContext,
  idempotencyKey: string,
): Promise<SandboxAttempt | undefined> {
  const record = await context.store.get(attemptKey(idempotencyKey))
  return record === undefined ? undefined : asOf(readAttempt(record.value), context.clock())
}

/** Keeps a new attempt, or returns the one that the key stands for already. */
export async function keepAttempt(
  context: SandboxContext,
  fresh: SandboxAttempt,
): Promise<{ readonly attempt: SandboxAttempt; readonly isFirst: boolean }> {
  if (fresh.pageToken !== undefined) await context.store.putIfAbsent(pageKey(fresh.pageToken), fresh.idempotencyKey)
  const isFirst = await context.store.putIfAbsent(attemptKey(fresh.idempotencyKey), writeAttempt(fresh))
  const kept = isFirst ? undefined : await findAttempt(context, fresh.idempotencyKey)
  return { attempt: kept ?? fresh, isFirst }
}

/** Applies a pure step to the stored attempt, again as long as somebody else is faster. */
export async function changeAttempt(
  context: SandboxContext,
  idempotencyKey: string,
  step: (attempt: SandboxAttempt) => StepOutcome,
): Promise<(StepOutcome & { readonly isChanged: boolean }) | undefined> {
  for (;;) {
    const record = await context.store.get(attemptKey(idempotencyKey))
    if (record === undefined) return undefined
    const before = readAttempt(record.value)
    const outcome = step(asOf(before, context.clock()))
    if (outcome.attempt === before) return { ...outcome, isChanged: false }
    const key = attemptKey(idempotencyKey)
    const isSaved = await context.store.replace(key, writeAttempt(outcome.attempt), record.version)
    if (isSaved) return { ...outcome, isChanged: true }
  }
}
