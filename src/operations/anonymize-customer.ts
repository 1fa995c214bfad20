import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { anonymized } from '../core/customers/account.js'
import type { CustomerId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import { cartEvent } from './change-cart.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { revokeCredentials } from './revoke-credentials.js'

const credentialKinds = ['refresh_token', 'session', 'api_key', 'single_use'] as const

/**
 * Takes every personal datum away, deletes the open carts and signs the customer out everywhere; orders stay. Signing
 * out comes first, so that a crash in between leaves an account that can be anonymized again, never one half open.
 */
export async function anonymizeCustomer(deps: Deps, caller: Caller, input: { readonly id: CustomerId }): Answer<null> {
  const { id } = input
  if (!mayReachCustomer(caller, id, 'customers:write')) return refuse({ code: 'customer_not_found' })
  for (const kind of credentialKinds) await revokeCredentials(deps, { kind, subject: id })
  await deleteOpenCarts(deps, id)
  const changed = await changeCustomer(deps, caller, id, customer => ok(anonymized(customer)))
  if (!changed.ok) return changed
  await deps.storage.customers.setPassword(id, await deps.passwords.hash(deps.ids.secret()))
  return ok(null)
}

/** A cart that is being ordered right now is left to its order. */
async function deleteOpenCarts(deps: Deps, customerId: CustomerId): Promise<void> {
  const owner = { kind: 'member', customerId } as const
  for (const channel of await deps.facts.channels()) {
    const { carts } = await deps.storage.carts.list(owner, channel.id)
    for (const cart of carts) {
      if (cart.status === 'open') {
        await deps.storage.carts.remove(cart.id, cart.version, [cartEvent('cart.deleted', cart)])
      }
    }
  }
}
