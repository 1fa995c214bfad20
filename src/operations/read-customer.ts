import type { Caller } from '../core/access/caller.js'
import { mayReachCustomer } from '../core/access/permissions.js'
import { isAnonymized } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { CustomerId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** One customer with the address book: oneself, or any for a key that may. `customer_not_found` also for others. */
export async function readCustomer(
  deps: Deps,
  caller: Caller,
  input:
    | { readonly id: CustomerId }
    | { readonly reference: string }
    | { readonly email: string }
    | { readonly integerId: number },
): Answer<Customer> {
  const customer = await deps.storage.customers.read(input)
  if (customer === undefined || isAnonymized(customer)) return refuse({ code: 'customer_not_found' })
  if (!mayReachCustomer(caller, customer.id, 'customers:read')) return refuse({ code: 'customer_not_found' })
  return ok(customer)
}
