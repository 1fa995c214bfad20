import type { Caller } from '../core/access/caller.js'
import { withoutAddress } from '../core/customers/address-book.js'
import type { CustomerId } from '../core/ids.js'
import { ok } from '../core/result.js'
import { changeCustomer } from './change-customer.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Takes an address out of the book; carts and orders that used it keep their copies. */
export async function removeAddress(
  deps: Deps,
  caller: Caller,
  input: { readonly customerId: CustomerId; readonly addressId: string },
): Answer<null> {
  const { customerId, addressId } = input
  const changed = await changeCustomer(deps, caller, customerId, customer => withoutAddress(customer, addressId))
  return changed.ok ? ok(null) : changed
}
