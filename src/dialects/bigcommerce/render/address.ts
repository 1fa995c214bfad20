import type { Address } from '../../../core/cart/address.js'
import type { Customer, CustomerAddress } from '../../../core/customers/customer.js'
import { findCountry } from '../../../core/geography/countries.js'
import { findSubdivision } from '../../../core/geography/subdivisions.js'
import { readFieldValue } from '../address-fields.js'

/** An address with both names and codes, empty texts for what is not known. */
export interface AddressFacts {
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly address1: string
  readonly address2: string
  readonly city: string
  readonly stateOrProvince: string
  readonly stateOrProvinceCode: string
  readonly country: string
  readonly countryCode: string
  readonly postalCode: string
  readonly phone: string
  readonly email: string
  readonly customFields: readonly {
    readonly fieldId: string
    readonly fieldValue: string | number | readonly string[]
  }[]
}

/** Fills in what the country table knows: the state's name beside its code, the country's name beside its code. */
export function addressFacts(address: Address | undefined): AddressFacts {
  const country = address?.country === undefined ? undefined : findCountry(address.country)
  const state = address?.subdivision ?? address?.subdivisionName
  const known = country === undefined || state === undefined ? undefined : findSubdivision(country, state)
  const street = [address?.line1, address?.streetNumber].filter(part => part !== undefined && part !== '').join(' ')
  const second = [address?.line2, address?.line3].filter(part => part !== undefined && part !== '').join(', ')
  return {
    firstName: address?.firstName ?? '',
    lastName: address?.lastName ?? '',
    company: address?.company ?? '',
    address1: street,
    address2: second,
    city: address?.city ?? '',
    stateOrProvince: known?.name ?? address?.subdivisionName ?? address?.subdivision ?? '',
    stateOrProvinceCode: known?.code ?? address?.subdivision ?? '',
    country: country?.name ?? '',
    countryCode: country?.alpha2 ?? '',
    postalCode: address?.postalCode ?? '',
    phone: address?.phone ?? '',
    email: address?.email ?? '',
    customFields: Object.entries(address?.customFields ?? {}).map(([fieldId, text]) => ({
      fieldId,
      fieldValue: readFieldValue(text),
    })),
  }
}

/** An address as the server-to-server API writes it, without an id. */
export function serverAddress(address: Address | undefined) {
  const facts = addressFacts(address)
  return {
    first_name: facts.firstName,
    last_name: facts.lastName,
    email: facts.email,
    company: facts.company,
    address1: facts.address1,
    address2: facts.address2,
    city: facts.city,
    state_or_province: facts.stateOrProvince,
    state_or_province_code: facts.stateOrProvinceCode,
    country: facts.country,
    country_code: facts.countryCode,
    postal_code: facts.postalCode,
    phone: facts.phone,
    custom_fields: facts.customFields.map(({ fieldId, fieldValue }) => ({
      field_id: fieldId,
      field_value: fieldValue,
    })),
  }
}

/** An address as the storefront writes it, without an id. */
export function storefrontAddress(address: Address | undefined) {
  const facts = addressFacts(address)
  return {
    firstName: facts.firstName,
    lastName: facts.lastName,
    email: facts.email,
    company: facts.company,
    address1: facts.address1,
    address2: facts.address2,
    city: facts.city,
    stateOrProvince: facts.stateOrProvince,
    stateOrProvinceCode: facts.stateOrProvinceCode,
    country: facts.country,
    countryCode: facts.countryCode,
    postalCode: facts.postalCode,
    phone: facts.phone,
    customFields: facts.customFields,
  }
}

/** An entry of the customer's address book, as the storefront shows it. */
export function storefrontCustomerAddress(address: CustomerAddress, customer: Customer) {
  const { email, ...facts } = storefrontAddress(address)
  return { id: address.integerId, type: 'residential', email: email === '' ? customer.email : email, ...facts }
}
