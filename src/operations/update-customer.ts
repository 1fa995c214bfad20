import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { emailKey, type ProfileChanges, withProfile } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { CustomerId } from '../core/ids.js'
import { refuse } from '../core/result.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Changes a profile; an empty text takes a member away. `customer_exists` when the new e-mail address is taken. */
export async function updateCustomer(
  deps: Deps,
  caller: Caller,
  input: { readonly id: CustomerId; readonly changes: ProfileChanges },
): Answer<Customer> {
  const { id, changes } = input
  if (!mayReachCustomer(caller, id, 'customers:write')) return refuse({ code: 'customer_not_found' })
  if (changes.email !== undefined && (await isTaken(deps, changes.email, id))) {
    return refuse({ code: 'customer_exists' })
  }
  const changed = await changeCustomer(deps, caller, id, customer => withProfile(customer, changes))
  // Somebody took the address between the look and the write: storage counts that as a lost race each time.
  const isLate = !changed.ok && changed.error.code === 'busy' && changes.email !== undefined
  return isLate && (await isTaken(deps, changes.email, id)) ? refuse({ code: 'customer_exists' }) : changed
}

async function isTaken(deps: Deps, email: string, id: CustomerId): Promise<boolean> {
  const holder = await deps.storage.customers.read({ email: emailKey(email) })
  return holder !== undefined && holder.id !== id
}
