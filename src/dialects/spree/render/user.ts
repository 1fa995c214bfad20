import type { Customer } from '../../../core/customers/customer.js'
import { renderAddress } from './address.js'

/** A user with the default addresses. */
export function renderUser(customer: Customer) {
  return {
    id: customer.integerId,
    email: customer.email,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    ...renderDefaultAddresses(customer),
  }
}

/** The addresses that a user's new orders begin with. */
export function renderDefaultAddresses({ addresses }: Customer) {
  const billing = addresses.find(({ isDefaultBilling }) => isDefaultBilling)
  const shipping = addresses.find(({ isDefaultShipping }) => isDefaultShipping)
  return {
    bill_address: billing === undefined ? null : renderAddress(billing, billing.integerId),
    ship_address: shipping === undefined ? null : renderAddress(shipping, shipping.integerId),
  }
}
