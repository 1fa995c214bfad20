import type { Customer, CustomerAddress } from '../../../core/customers/customer.js'
import { writeAddress } from '../address.js'
import { countryName } from '../countries.js'
import type { Resource } from '../json-api.js'
import { wireTime } from './time.js'

/** A `customers` resource; `addresses` hang on it. */
export function renderCustomer(customer: Customer): Resource {
  return {
    type: 'customers',
    id: customer.reference,
    attributes: {
      salutation: customer.salutation ?? null,
      firstName: customer.firstName ?? null,
      lastName: customer.lastName ?? null,
      gender: customer.gender ?? null,
      dateOfBirth: customer.dateOfBirth ?? null,
      email: customer.email,
      createdAt: wireTime(customer.createdAt),
      updatedAt: wireTime(customer.updatedAt),
      acceptedTerms: null,
    },
    relationships: {
      addresses: () => customer.addresses.map(address => renderAddress(customer.reference, address)),
    },
  }
}

/** An `addresses` resource of the address book; here the country is its name. */
export function renderAddress(customerReference: string, address: CustomerAddress): Resource {
  const parts = writeAddress(address)
  return {
    type: 'addresses',
    id: address.id,
    self: `/customers/${encodeURIComponent(customerReference)}/addresses/${address.id}`,
    attributes: {
      salutation: parts.salutation,
      firstName: parts.firstName,
      lastName: parts.lastName,
      address1: parts.address1,
      address2: parts.address2,
      address3: parts.address3 === '' ? null : parts.address3,
      zipCode: parts.zipCode,
      city: parts.city,
      country: countryName(parts.iso2Code),
      iso2Code: parts.iso2Code,
      company: parts.company === '' ? null : parts.company,
      phone: parts.phone === '' ? null : parts.phone,
      isDefaultShipping: address.isDefaultShipping,
      isDefaultBilling: address.isDefaultBilling,
    },
  }
}
