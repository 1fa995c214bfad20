import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { isAnonymized } from '../core/customers/account.js'
import type { CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * Gives a customer another password, and ends what was signed in with the one before; keys stay. Which passwords are good
 * enough is the dialect's business.
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  input: { readonly id: CustomerId; readonly password: string },
): Answer<null> {
  const { id, password } = input
  const isReached = mayReachCustomer(caller, id, 'customers:write')
  const customer = isReached ? await deps.storage.customers.read({ id }) : undefined
  if (customer === undefined || isAnonymized(customer)) return refuse({ code: 'customer_not_found' })
  if (password === '' || password.length > limits.passwordLength) {
    return refuse({ code: 'invalid_input', field: 'password', rule: 'length' })
  }
  // In one statement: nobody signs in with the former one in between and stays, and no crash leaves half of it.
  await deps.signOuts.add(id, await deps.passwords.hash(password))
  return ok(null)
}
