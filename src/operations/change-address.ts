import type { Caller } from '../core/access/caller.js'
import { type AddressEntry, withChangedAddress } from '../core/customers/address-book.js'
import type { Customer, CustomerAddress } from '../core/customers/customer.js'
import type { CustomerId } from '../core/ids.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { withStored } from './stored-address.js'

/** Changes members of a stored address; an empty text takes one away, a new default clears the old. */
export async function changeAddress(
  deps: Deps,
  caller: Caller,
  input: { readonly customerId: CustomerId; readonly addressId: string; readonly changes: Partial<AddressEntry> },
): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }> {
  const { customerId, addressId, changes } = input
  const changed = await changeCustomer(deps, caller, customerId, customer =>
    withChangedAddress(customer, addressId, changes),
  )
  return changed.ok ? withStored(changed.value, addressId) : changed
}
