import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import { withoutEmptyTexts } from './account.js'
import type { Customer, CustomerAddress } from './customer.js'

/** A stored address without the ids that it gets when it is stored. */
export type AddressEntry = Omit<CustomerAddress, 'id' | 'integerId'>

/**
 * Adds an address. The customer's first one becomes default for both, whatever it says; a new default clears the old.
 */
export function withAddress(customer: Customer, address: CustomerAddress): Result<Customer, CheckoutError> {
  const { addresses } = customer
  if (addresses.length >= limits.addressesPerCustomer) {
    return refuse({ code: 'limit_reached', limit: 'addressesPerCustomer', maximum: limits.addressesPerCustomer })
  }
  const isFirst = addresses.length === 0
  const added = isFirst ? { ...address, isDefaultShipping: true, isDefaultBilling: true } : address
  return ok({ ...customer, addresses: [...clearedFor(added, addresses), added] })
}

/** Changes members of one address; an empty text takes a member away. */
export function withChangedAddress(
  customer: Customer,
  addressId: string,
  changes: Partial<AddressEntry>,
): Result<Customer, CheckoutError> {
  const present = customer.addresses.find(({ id }) => id === addressId)
  if (present === undefined) return refuse({ code: 'address_not_found', addressId })
  const changed = withoutEmptyTexts({ ...present, ...changes, id: present.id, integerId: present.integerId })
  const addresses = clearedFor(changed, customer.addresses).map(each => (each.id === addressId ? changed : each))
  return ok({ ...customer, addresses })
}

/** Takes an address out of the book; no other becomes default in its place. */
export function withoutAddress(customer: Customer, addressId: string): Result<Customer, CheckoutError> {
  const addresses = customer.addresses.filter(({ id }) => id !== addressId)
  if (addresses.length === customer.addresses.length) return refuse({ code: 'address_not_found', addressId })
  return ok({ ...customer, addresses })
}

/** The addresses, no longer default where `chosen` now is. */
function clearedFor(chosen: CustomerAddress, addresses: readonly CustomerAddress[]): readonly CustomerAddress[] {
  return addresses.map(address => {
    if (address.id === chosen.id) return address
    const isDefaultShipping = address.isDefaultShipping && !chosen.isDefaultShipping
    const isDefaultBilling = address.isDefaultBilling && !chosen.isDefaultBilling
    return { ...address, isDefaultShipping, isDefaultBilling }
  })
}
