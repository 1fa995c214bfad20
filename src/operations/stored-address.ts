import { present } from '../core/assert.js'
import type { Customer, CustomerAddress } from '../core/customers/customer.js'
import { ok, type Result } from '../core/result.js'

/** A customer as saved, with the address that the change was about. */
export function withStored(
  customer: Customer,
  addressId: string,
): Result<{ readonly customer: Customer; readonly address: CustomerAddress }, never> {
  const address = customer.addresses.find(({ id }) => id === addressId)
  return ok({ customer, address: present(address, 'an address that was just saved is in the book') })
}
