import type { Caller } from '../core/access/caller.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { deniedUnless } from './read-gift-card.js'

/** Puts back what a spending took; doing it again changes nothing. `payment_not_found` for an unknown transaction. */
export async function returnGiftCard(
  deps: Deps,
  caller: Caller,
  input: { readonly transaction: string },
): Answer<null> {
  const denied = deniedUnless(caller, 'payments:write')
  if (denied !== undefined) return refuse(denied)
  const returned = await deps.storage.giftCards.giveBack(input.transaction)
  return returned === 'unknown' ? refuse({ code: 'payment_not_found' }) : ok(null)
}
