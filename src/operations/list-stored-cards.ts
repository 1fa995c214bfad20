import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import type { ChannelId, CustomerId } from '../core/ids.js'
import type { StoredCard } from '../core/payments/stored-card.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** The cards of a customer that gateways keep: one's own, or anybody's for a key that may read customers. */
export async function listStoredCards(
  deps: Deps,
  caller: Caller,
  { customerId, channel }: { readonly customerId: CustomerId; readonly channel: ChannelId },
): Answer<readonly StoredCard[]> {
  if (!mayReachCustomer(caller, customerId, 'customers:read')) return refuse({ code: 'customer_not_found' })
  return ok(await deps.storage.storedCards.list(customerId, channel))
}
