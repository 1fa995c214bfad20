import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import type { CustomerId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * Forgets what the gateway knows a card by: nobody can name it there any more. A payment by it that is under way at this
 * moment may still go through; one that begins later finds no card.
 */
export async function deleteStoredCard(
  deps: Deps,
  caller: Caller,
  { customerId, token }: { readonly customerId: CustomerId; readonly token: string },
): Answer<null> {
  const mayDelete = mayReachCustomer(caller, customerId, 'customers:write')
  const isRemoved = mayDelete && (await deps.storage.storedCards.remove(customerId, token))
  return isRemoved ? ok(null) : refuse({ code: 'stored_card_unknown' })
}
