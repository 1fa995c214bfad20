import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { isAnonymized } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * The only way to change a customer: read, decide, write where nobody was faster, else again. Others' customers and
 * those without personal data any more are not there: `customer_not_found`.
 */
export async function changeCustomer(
  deps: Deps,
  caller: Caller,
  id: CustomerId,
  decide: (customer: Customer) => Result<Customer, CheckoutError>,
): Answer<Customer> {
  if (!mayReachCustomer(caller, id, 'customers:write')) return refuse({ code: 'customer_not_found' })
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const customer = await deps.storage.customers.read({ id })
    if (customer === undefined || isAnonymized(customer)) return refuse({ code: 'customer_not_found' })
    const decided = decide(customer)
    if (!decided.ok) return decided
    const next = { ...decided.value, version: customer.version + 1, updatedAt: deps.clock() }
    if ((await deps.storage.customers.save(next, customer.version)) === 'saved') return ok(next)
  }
  return refuse({ code: 'busy' })
}
