import type { CheckoutError } from '../errors.js'
import { type Country, findCountry, isPostalCode } from '../geography/countries.js'
import { findSubdivision, subdivisionsOf } from '../geography/subdivisions.js'
import { limits } from '../limits.js'
import type { Address } from './address.js'

/** Parts of an address that a shopper fills in as text. */
export type AddressField =
  | 'salutation'
  | 'firstName'
  | 'middleName'
  | 'lastName'
  | 'company'
  | 'line1'
  | 'streetNumber'
  | 'line2'
  | 'line3'
  | 'district'
  | 'city'
  | 'postalCode'
  | 'subdivision'
  | 'country'
  | 'phone'
  | 'email'
  | 'vatId'

/** `missing`: absent or blank. `unknown`: no such country or subdivision. `not_served`: not in the channel's countries. */
export type AddressRule = 'missing' | 'too_long' | 'unknown' | 'not_served' | 'pattern' | 'invalid'

export interface AddressProblem {
  readonly field: AddressField
  readonly rule: AddressRule
}

export interface AddressRules {
  /**
   * What must be there. `postalCode`, `subdivision` and `city` are asked for only where the country has and needs them,
   * as long as the country is known; the rest always.
   */
  readonly requires: readonly AddressField[]
  /** Alpha-2 codes that are served; absent: every country. */
  readonly countries?: readonly string[]
  /** Judges of what core cannot judge alone; absent: not checked. The country is as given, maybe unknown. */
  readonly isPhone?: (phone: string, country: string | undefined) => boolean
  readonly isVatId?: (vatId: string, country: string | undefined) => boolean
}

const fields: readonly AddressField[] = [
  'salutation',
  'firstName',
  'middleName',
  'lastName',
  'company',
  'line1',
  'streetNumber',
  'line2',
  'line3',
  'district',
  'city',
  'postalCode',
  'subdivision',
  'country',
  'phone',
  'email',
  'vatId',
]

/**
 * Everything that is wrong with an address, in the order of its parts; at most one problem per part. What is given is
 * checked also where it is not required.
 */
export function addressProblems(address: Address, rules: AddressRules): readonly AddressProblem[] {
  return fields.flatMap(field => {
    const rule = problemOf(address, field, rules)
    return rule === undefined ? [] : [{ field, rule }]
  })
}

function problemOf(address: Address, field: AddressField, rules: AddressRules): AddressRule | undefined {
  const value = textOf(address, field)
  const country = address.country === undefined ? undefined : findCountry(address.country)
  if (value === '') return isRequired(field, country, rules) ? 'missing' : undefined
  if (value.length > limits.nameLength) return 'too_long'
  switch (field) {
    case 'country':
      if (country === undefined) return 'unknown'
      return rules.countries === undefined || rules.countries.includes(country.alpha2) ? undefined : 'not_served'
    case 'postalCode':
      return country === undefined || isPostalCode(country, value) ? undefined : 'pattern'
    case 'subdivision':
      return country === undefined || isSubdivision(address, country) ? undefined : 'unknown'
    case 'email':
      return isEmail(value) ? undefined : 'invalid'
    case 'phone':
      return rules.isPhone?.(value, address.country) === false ? 'invalid' : undefined
    case 'vatId':
      return rules.isVatId?.(value, address.country) === false ? 'invalid' : undefined
    default:
      return undefined
  }
}

function textOf(address: Address, field: AddressField): string {
  const value = address[field]
  if (field !== 'subdivision') return (value ?? '').trim()
  return (value ?? address.subdivisionName ?? '').trim()
}

function isRequired(field: AddressField, country: Country | undefined, rules: AddressRules): boolean {
  if (!rules.requires.includes(field)) return false
  if (country === undefined) return field !== 'subdivision'
  if (field === 'postalCode') return country.needsPostalCode
  if (field === 'subdivision') return country.needsSubdivision
  return field === 'city' ? country.needsCity : true
}

/** A code must be known; a name may be free text where the country does not insist on subdivisions. */
function isSubdivision(address: Address, country: Country): boolean {
  if (subdivisionsOf(country).length === 0) return true
  const code = (address.subdivision ?? '').trim()
  if (code !== '' && findSubdivision(country, code) !== undefined) return true
  if (code !== '') return false
  return !country.needsSubdivision || findSubdivision(country, address.subdivisionName ?? '') !== undefined
}

/** Good enough to send to: one @ between something and a name with a dot, at most 254 characters (RFC 5321, 4.5.3.1). */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"(),:;\\]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text)
}

/** The problems as one refusal; undefined when there are none. An unknown country is told apart from the rest. */
export function addressRefusal(
  address: Address,
  problems: readonly AddressProblem[],
  part: 'billing' | 'shipping' | 'customer',
): CheckoutError | undefined {
  const country = problems.find(problem => problem.field === 'country' && problem.rule !== 'missing')
  if (country !== undefined && part !== 'customer') {
    return { code: 'country_unknown', country: address.country ?? '', part }
  }
  if (problems.length === 0) return undefined
  return { code: 'address_incomplete', part, fields: problems.map(problem => problem.field) }
}

/**
 * The address with its subdivision as a known code beside its name, where one of the two tells it. Everything else stays
 * as it was typed.
 */
export function withKnownSubdivision(address: Address): Address {
  const country = address.country === undefined ? undefined : findCountry(address.country)
  const text = address.subdivision ?? address.subdivisionName
  const found = country === undefined || text === undefined ? undefined : findSubdivision(country, text)
  return found === undefined ? address : { ...address, subdivision: found.code, subdivisionName: found.name }
}
