import type { Address } from '../../core/cart/address.js'
import { type AddressField, type AddressProblem, addressProblems } from '../../core/cart/address-rules.js'
import { type Country, findCountry } from '../../core/geography/countries.js'
import { subdivisionsOf } from '../../core/geography/subdivisions.js'
import { isPhone } from '../../operations/check-phone.js'
import type { Words } from './words/en.js'

/** A part of an address that has a field of its own. */
export type PartName =
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'line1'
  | 'streetNumber'
  | 'line2'
  | 'district'
  | 'city'
  | 'postalCode'
  | 'subdivision'
  | 'phone'

/** One field of an address form, as one country has it. */
export interface AddressPart {
  readonly name: PartName
  readonly label: string
  readonly isRequired: boolean
  readonly width?: 'half' | 'third' | 'rest'
  /** What browsers fill in; behind `shipping` or `billing`. */
  readonly autocomplete?: string
}

/** Countries that write the city, the state and then the code. */
const cityFirst = new Set(['US', 'CA', 'AU', 'IN', 'NZ', 'GB', 'IE', 'TW', 'HK', 'SG', 'PH', 'MY', 'ZA', 'NG', 'PK'])
/** Whether people of a country write the city before its code: `Austin, TX 78701`. */
export function writesCityFirst(country: string | undefined): boolean {
  return country !== undefined && cityFirst.has(country)
}

/** Countries where a street has its number in a field of its own, and a district. */
const withDistrict = new Set(['BR'])
const states = new Set(['US', 'BR', 'AU', 'IN', 'MX', 'NG', 'MY', 'VE'])
const provinces = new Set(['CA', 'AR', 'IT', 'ES', 'CN', 'KR', 'TH', 'TR'])

/** What must be there, where the country has it. */
const needed: readonly AddressField[] = [
  'firstName',
  'lastName',
  'line1',
  'city',
  'postalCode',
  'subdivision',
  'country',
]

/** The fields of an address in a country, in the order in which people there write one. */
export function addressParts(code: string, { address: words }: Words): readonly AddressPart[] {
  const country = findCountry(code)
  const people = [
    { name: 'firstName', label: words.firstName, isRequired: true, width: 'half', autocomplete: 'given-name' },
    { name: 'lastName', label: words.lastName, isRequired: true, width: 'half', autocomplete: 'family-name' },
    { name: 'company', label: words.company, isRequired: false, autocomplete: 'organization' },
  ] satisfies readonly AddressPart[]
  const phone = { name: 'phone', label: words.phone, isRequired: false, autocomplete: 'tel' } satisfies AddressPart
  if (country === undefined)
    return [...people, ...streetParts(code, words), cityPart(undefined, words, undefined), phone]
  return [...people, ...placeParts(country, words), phone]
}

function placeParts(country: Country, words: Words['address']): readonly AddressPart[] {
  const code = country.alpha2
  const postal = postalPart(country, words)
  const region = regionPart(country, words)
  if (withDistrict.has(code)) {
    const district = {
      name: 'district',
      label: words.district,
      isRequired: true,
      width: 'half',
      autocomplete: 'address-level3',
    } satisfies AddressPart
    return [...postal, ...streetParts(code, words), district, cityPart(country, words, 'half'), ...region]
  }
  const streets = streetParts(code, words)
  if (!cityFirst.has(code)) {
    return [...streets, ...postal, cityPart(country, words, postal.length === 0 ? undefined : 'rest'), ...region]
  }
  const width = region.length + postal.length === 2 ? 'third' : region.length + postal.length === 1 ? 'half' : undefined
  const narrow = (part: AddressPart): AddressPart => (width === undefined ? part : { ...part, width })
  return [...streets, ...[cityPart(country, words, undefined), ...region, ...postal].map(narrow)]
}

function streetParts(code: string, words: Words['address']): readonly AddressPart[] {
  const more = {
    name: 'line2',
    label: words.line2,
    isRequired: false,
    autocomplete: 'address-line2',
  } satisfies AddressPart
  if (withDistrict.has(code)) {
    return [
      { name: 'line1', label: words.street, isRequired: true, width: 'rest', autocomplete: 'address-line1' },
      { name: 'streetNumber', label: words.streetNumber, isRequired: true, width: 'third' },
      more,
    ]
  }
  const label = cityFirst.has(code) ? words.line1Us : words.line1
  return [{ name: 'line1', label, isRequired: true, autocomplete: 'address-line1' }, more]
}

function cityPart(country: Country | undefined, words: Words['address'], width: AddressPart['width']): AddressPart {
  const part = {
    name: 'city',
    label: words.city,
    isRequired: country?.needsCity ?? true,
    autocomplete: 'address-level2',
  } as const
  return width === undefined ? part : { ...part, width }
}

function postalPart(country: Country, words: Words['address']): readonly AddressPart[] {
  if (!country.hasPostalCodes) return []
  const label = country.alpha2 === 'US' ? words.zipCode : country.alpha2 === 'GB' ? words.postcode : words.postalCode
  return [
    { name: 'postalCode', label, isRequired: country.needsPostalCode, width: 'third', autocomplete: 'postal-code' },
  ]
}

function regionPart(country: Country, words: Words['address']): readonly AddressPart[] {
  if (!country.needsSubdivision || subdivisionsOf(country).length === 0) return []
  const { alpha2 } = country
  const label = states.has(alpha2) ? words.state : provinces.has(alpha2) ? words.province : words.region
  return [{ name: 'subdivision', label, isRequired: true, autocomplete: 'address-level1' }]
}

/** What an address lacks or has wrong, by its own country's rules; `countries`: those that count, absent: all. */
export function addressFaults(address: Address, countries: readonly string[] | undefined): readonly AddressProblem[] {
  return addressProblems(address, {
    requires: needed,
    isPhone,
    ...(countries === undefined ? {} : { countries }),
  })
}

/** The parts of a stored address as its country's form shows them. */
export function formValues(address: Address, prefix: string): Readonly<Record<string, string>> {
  const { country = '', streetNumber } = address
  const hasNumber = withDistrict.has(country)
  const line1 = hasNumber || streetNumber === undefined ? address.line1 : [address.line1, streetNumber].join(' ')
  const parts: Readonly<Record<PartName | 'country', string | undefined>> = {
    firstName: address.firstName,
    lastName: address.lastName,
    company: address.company,
    line1,
    streetNumber: hasNumber ? streetNumber : undefined,
    line2: address.line2,
    district: address.district,
    city: address.city,
    postalCode: address.postalCode,
    subdivision: address.subdivision ?? address.subdivisionName,
    phone: address.phone,
    country,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [`${prefix}${name}`, value ?? '']))
}

/** The address that was typed; parts that the country's form does not show are left out. */
export function typedAddress(form: URLSearchParams, prefix: string, words: Words): Address {
  const country = (form.get(`${prefix}country`) ?? '').trim().toUpperCase()
  const typed = addressParts(country, words).flatMap(({ name }) => {
    const value = (form.get(`${prefix}${name}`) ?? '').trim()
    return value === '' ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(typed), ...(country === '' ? {} : { country }) }
}
