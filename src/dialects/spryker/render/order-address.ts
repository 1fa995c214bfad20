import type { Address } from '../../../core/cart/address.js'
import type { Destination } from '../../../core/cart/cart.js'
import { writeAddress } from '../address.js'
import { countryName } from '../countries.js'
import type { Attributes } from '../json-api.js'

/** Where goods go; for a pickup, who fetches them. */
export function addressOf(destination: Destination | undefined): Address | undefined {
  if (destination?.kind === 'address') return destination.address
  return destination?.kind === 'pickup' ? destination.receiver : undefined
}

/** An address as orders show it: the country by name, parts that nobody asked for null, the e-mail address too. */
export function renderOrderAddress(address: Address | undefined): Attributes | null {
  if (address === undefined) return null
  const parts = writeAddress(address)
  return {
    salutation: parts.salutation,
    firstName: parts.firstName,
    middleName: address.middleName ?? null,
    lastName: parts.lastName,
    address1: parts.address1,
    address2: parts.address2,
    address3: parts.address3,
    company: address.company ?? null,
    city: parts.city,
    zipCode: parts.zipCode,
    poBox: null,
    phone: address.phone ?? null,
    cellPhone: null,
    description: null,
    comment: null,
    email: null,
    country: address.country === undefined ? null : countryName(address.country),
    iso2Code: address.country ?? null,
  }
}
