import type { Caller } from '../core/access/caller.js'
import { type AddressEntry, withAddress } from '../core/customers/address-book.js'
import type { Customer, CustomerAddress } from '../core/customers/customer.js'
import type { CustomerId } from '../core/ids.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { withStored } from './stored-address.js'

/** Adds an address to the book; the first becomes default for both, a new default clears the old one. */
export async function addAddress(
  deps: Deps,
  caller: Caller,
  input: { readonly customerId: CustomerId; readonly address: AddressEntry },
): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }> {
  const id = deps.ids.uuid()
  const address = { ...input.address, id, integerId: deps.ids.integer() }
  const changed = await changeCustomer(deps, caller, input.customerId, customer => withAddress(customer, address))
  return changed.ok ? withStored(changed.value, id) : changed
}
