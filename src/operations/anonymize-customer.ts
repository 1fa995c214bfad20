import type { Caller, CartOwner } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { anonymized } from '../core/customers/account.js'
import type { ChannelId, CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { cartEvent, pause } from './change-cart.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { revokeCredentials } from './revoke-credentials.js'

const credentialKinds = ['refresh_token', 'session', 'api_key', 'single_use'] as const

/**
 * Takes every personal datum away, deletes the open carts and the stored cards, and signs the customer out everywhere;
 * orders stay. Signing out comes first, so that a crash in between leaves an account that can be anonymized again, never one
 * half open.
 */
export async function anonymizeCustomer(deps: Deps, caller: Caller, input: { readonly id: CustomerId }): Answer<null> {
  const { id } = input
  if (!mayReachCustomer(caller, id, 'customers:write')) return refuse({ code: 'customer_not_found' })
  for (const kind of credentialKinds) await revokeCredentials(deps, { kind, subject: id })
  if (!(await deleteOpenCarts(deps, id))) return refuse({ code: 'busy' })
  await deps.storage.storedCards.removeAll(id)
  const changed = await changeCustomer(deps, caller, id, customer => ok(anonymized(customer)))
  if (!changed.ok) return changed
  await deps.storage.outbox.forget(id)
  // Once more, for those that were kept meanwhile: of a customer who is nobody any more none is.
  await deps.storage.storedCards.removeAll(id)
  await deps.storage.customers.setPassword(id, await deps.passwords.hash(deps.ids.secret()))
  return ok(null)
}

/**
 * A cart that is being ordered right now is left to its order; one that somebody changes meanwhile goes all the same.
 *
 * @returns false where others are faster again and again
 */
async function deleteOpenCarts(deps: Deps, customerId: CustomerId): Promise<boolean> {
  const owner = { kind: 'member', customerId } as const
  for (const channel of await deps.facts.channels()) {
    if (!(await deleteCartsOf(deps, owner, channel.id))) return false
  }
  return true
}

async function deleteCartsOf(deps: Deps, owner: CartOwner, channel: ChannelId): Promise<boolean> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    let isLost = false
    const { carts } = await deps.storage.carts.list(owner, channel)
    for (const cart of carts.filter(({ status }) => status === 'open')) {
      const removed = await deps.storage.carts.remove(cart.id, cart.version, [cartEvent('cart.deleted', cart)])
      if (removed === 'lost') isLost = true
    }
    if (!isLost) return true
    await pause(attempt)
  }
  return false
}
