import type { Caller } from '../core/access/caller.js'
import type { CheckoutChanges } from '../core/cart/changes.js'
import type { Customer } from '../core/customers/customer.js'
import type { Deps } from './deps.js'

/** The member who asks, loaded only where the changes name a stored address; undefined for everyone else. */
export async function memberOf(deps: Deps, caller: Caller, changes: CheckoutChanges): Promise<Customer | undefined> {
  return namesStoredAddress(changes) ? readMember(deps, caller) : undefined
}

/** The member who asks, or for whom a key acts. */
export async function readMember(deps: Deps, caller: Caller): Promise<Customer | undefined> {
  const id = caller.kind === 'member' ? caller.customerId : caller.kind === 'key' ? caller.actingFor : undefined
  return id === undefined ? undefined : deps.storage.customers.read({ id })
}

function namesStoredAddress(changes: CheckoutChanges): boolean {
  const shipping = (changes.consignments ?? []).map(consignment =>
    consignment.destination.kind === 'address' ? consignment.destination.address : undefined,
  )
  return [changes.billingAddress, ...shipping].some(address => address?.customerAddressId !== undefined)
}
