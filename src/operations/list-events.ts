import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import type { StoredEvent } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * The oldest events that nobody acknowledged; reading them takes none away.
 *
 * There is no cursor on purpose. Ids are given when an event is written and seen when its transaction commits, so that a
 * smaller one may turn up after a larger one, and a reader that asks for what comes after the last would never see it.
 * Whoever asks for the oldest that is left gets it the next time.
 */
export async function listEvents(
  deps: Deps,
  caller: Caller,
  input: { readonly limit: number; readonly type?: string },
): Answer<readonly StoredEvent[]> {
  const fault = missingRight(caller, 'orders:read') ?? missingRight(caller, 'customers:read')
  if (fault !== undefined) return refuse(fault)
  const { limit, type } = input
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.eventsPerRequest) {
    return refuse({ code: 'invalid_input', field: 'limit', rule: 'range' })
  }
  return ok(await deps.storage.outbox.oldest(limit, type))
}
