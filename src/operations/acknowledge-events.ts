import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** What became of events that were acknowledged. */
export interface Acknowledged {
  readonly deleted: number
  /** Were not there: acknowledged before, or gone with time. */
  readonly unknown: number
  /** Stay, because an older event of the same subject does. */
  readonly waiting: number
}

/**
 * Deletes events that were seen to. Those of one cart, order or customer go in their order: one with an older one before it
 * that nobody acknowledged stays, so that what is left tells a story without holes. Once more changes nothing.
 */
export async function acknowledgeEvents(
  deps: Deps,
  caller: Caller,
  input: { readonly ids: readonly bigint[] },
): Answer<Acknowledged> {
  const fault = missingRight(caller, 'orders:write') ?? missingRight(caller, 'customers:write')
  if (fault !== undefined) return refuse(fault)
  const ids = [...new Set(input.ids)]
  if (ids.length > limits.eventsPerRequest) return refuse({ code: 'invalid_input', field: 'ids', rule: 'too_long' })
  const { deleted, waiting } = await deps.storage.outbox.acknowledge(ids)
  return ok({ deleted, unknown: ids.length - deleted - waiting, waiting })
}
