import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import { newAccount } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import { adoptCart } from './adopt-cart.js'
import type { Deps } from './deps.js'
import type { Answer, NewCustomer } from './operations.js'

/**
 * Makes an account; anybody may, and a key needs `customers:write`. The guest's cart, where named, becomes the
 * customer's. `customer_exists` when the e-mail address is taken, found by the insert itself, so that of two at once
 * only one wins. Which passwords are good enough is the dialect's business.
 */
export async function registerCustomer(deps: Deps, caller: Caller, input: NewCustomer): Answer<Customer> {
  if (caller.kind === 'key' && !hasPermission(caller, 'customers:write')) {
    return refuse({ code: 'forbidden', permission: 'customers:write' })
  }
  if (input.password === '' || input.password.length > limits.passwordLength) {
    return refuse({ code: 'invalid_input', field: 'password', rule: 'length' })
  }
  const account = newAccount(input, deps.ids.uuid(), deps.clock())
  if (!account.ok) return account
  const passwordHash = await deps.passwords.hash(input.password)
  const { referencePrefix } = input
  const customer = await deps.storage.customers.insert(account.value, { passwordHash, referencePrefix })
  if (customer === 'exists') return refuse({ code: 'customer_exists' })
  if (input.adoptCart !== undefined) await adoptCart(deps, { customerId: customer.id, ...input.adoptCart })
  return ok(customer)
}
