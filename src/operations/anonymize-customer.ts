import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { anonymized } from '../core/customers/account.js'
import type { CustomerId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import { forgetCarts, forgetOwnCarts } from './forget-carts.js'
import type { Answer } from './operations.js'
import { revokeCredentials } from './revoke-credentials.js'

/**
 * Takes every personal datum away, deletes the open carts and the stored cards, and signs the customer out everywhere;
 * orders stay. Signing out comes first and the name last, so that a crash in between leaves an account that can sign in and be
 * anonymized again, never one half open. Of one that is anonymized already, what a crash left is taken away all the same.
 */
export async function anonymizeCustomer(deps: Deps, caller: Caller, input: { readonly id: CustomerId }): Answer<null> {
  const { id } = input
  if (!mayReachCustomer(caller, id, 'customers:write')) return refuse({ code: 'customer_not_found' })
  if (!(await deps.signOuts.add(id))) return refuse({ code: 'customer_not_found' })
  await revokeCredentials(deps, { kind: 'api_key', subject: id })
  if (!(await forgetCarts(deps, id))) return refuse({ code: 'busy' })
  await deps.storage.storedCards.removeAll(id)
  const changed = await changeCustomer(deps, caller, id, customer => ok(anonymized(customer)))
  if (!changed.ok && changed.error.code !== 'customer_not_found') return changed
  await deps.storage.outbox.forget(id)
  // Once more, for what was kept meanwhile: of a customer who is nobody any more no card is, and nobody signs in.
  await deps.storage.storedCards.removeAll(id)
  await forgetOwnCarts(deps, id)
  await revokeCredentials(deps, { kind: 'api_key', subject: id })
  await deps.signOuts.add(id, await deps.passwords.hash(deps.ids.secret()))
  return changed.ok ? ok(null) : changed
}
