import type { Address } from '../../core/cart/address.js'

/** The parts of an address that requests and answers have in common, in the platform's names. */
export interface AddressParts {
  readonly salutation: string
  readonly firstName: string
  readonly lastName: string
  readonly address1: string
  readonly address2: string
  readonly address3: string
  readonly zipCode: string
  readonly city: string
  readonly iso2Code: string
  readonly company: string
  readonly phone: string
}

/**
 * The address that the parts say; blank and absent parts are left out. `address1` is the street, `address2` the house
 * number, `address3` whatever comes after. Source: the platform's own sample addresses.
 */
export function readAddress(parts: Partial<AddressParts>): Address {
  return withoutBlanks({
    salutation: parts.salutation,
    firstName: parts.firstName,
    lastName: parts.lastName,
    line1: parts.address1,
    streetNumber: parts.address2,
    line2: parts.address3,
    postalCode: parts.zipCode,
    city: parts.city,
    country: parts.iso2Code?.toUpperCase(),
    company: parts.company,
    phone: parts.phone,
  })
}

/** The parts of a stored address, empty where there is nothing; one written without a house number keeps its lines. */
export function writeAddress(address: Address): AddressParts {
  const [address2, address3] =
    address.streetNumber === undefined ? [address.line2, address.line3] : [address.streetNumber, address.line2]
  return {
    salutation: address.salutation ?? '',
    firstName: address.firstName ?? '',
    lastName: address.lastName ?? '',
    address1: address.line1 ?? '',
    address2: address2 ?? '',
    address3: address3 ?? '',
    zipCode: address.postalCode ?? '',
    city: address.city ?? '',
    iso2Code: address.country ?? '',
    company: address.company ?? '',
    phone: address.phone ?? '',
  }
}

function withoutBlanks(parts: Readonly<Record<string, string | undefined>>): Address {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''))
}
