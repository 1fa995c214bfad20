import type { Address } from '../../core/cart/address.js'
import { isEmail, withKnownSubdivision } from '../../core/cart/address-rules.js'
import { isTaxId } from '../../core/customers/tax-id.js'
import { findCountry } from '../../core/geography/countries.js'
import { findSubdivision } from '../../core/geography/subdivisions.js'
import {
  type Fields,
  type FieldViolation,
  format,
  has,
  isObject,
  type JsonObject,
  number,
  object,
  objectAt,
  oneOf,
  optional,
  type Rule,
  text,
  textAt,
  violation,
} from './validation.js'

const country = format(value => findCountry(value)?.alpha2 === value.toUpperCase(), 'is not a valid country code')

/** Digits with what people write between them. Source: the platform's PHONE format. */
const phone = format(value => /^[+\d][\d\s().\-/]{2,40}$/.test(value), 'is not a valid phone number')

/** An empty one is as absent: an e-mail may not be taken off. Source: dialects/wix.md 3.4. */
export const email = format(value => value === '' || isEmail(value), 'is not a valid email')

const addressFields: Fields = {
  country: optional(country),
  subdivision: optional(text(50)),
  city: optional(text(50)),
  postalCode: optional(text(50)),
  addressLine: optional(text(150)),
  addressLine2: optional(text(100)),
  streetAddress: optional(object({ number: optional(text(100)), name: optional(text(250)) })),
  geocode: optional(object({ latitude: optional(number), longitude: optional(number) })),
}

/** An address: one of its two forms of a street, not both. Source: S:37; dialects/wix.md 4.4, 5.6. */
export const addressRule: Rule = object(addressFields, (value, path) =>
  has(value, 'addressLine') && has(value, 'streetAddress')
    ? [violation(path, 'ONE_OF_ALIGNMENT', 'only one of addressLine and streetAddress may be given')]
    : [],
)

const vatIdRule: Rule = object(
  { id: optional(text(50)), type: optional(oneOf(['UNSPECIFIED', 'CPF', 'CNPJ'])) },
  vatIdFaults,
)

/** A tax id needs its type, and must be one. Source: S:38-39. */
function vatIdFaults(value: JsonObject, path: string): readonly FieldViolation[] {
  const type = textAt(value, 'type')
  if (type === undefined || type === 'UNSPECIFIED') {
    return [violation(`${path}.type`, 'REQUIRED_FIELD', 'must not be empty')]
  }
  const id = textAt(value, 'id')
  if (id === undefined) return [violation(`${path}.id`, 'REQUIRED_FIELD', 'must not be empty')]
  return isTaxId(type === 'CNPJ' ? 'CNPJ' : 'CPF', id)
    ? []
    : [violation(`${path}.id`, 'FORMAT', `is not a valid ${type}`)]
}

const contactFields: Fields = {
  firstName: optional(text(100)),
  lastName: optional(text(100)),
  phone: optional(phone),
  company: optional(text(1000)),
  vatId: optional(vatIdRule),
}

/** An address with whom to reach there. */
export const addressWithContactRule: Rule = object({
  address: optional(addressRule),
  contactDetails: optional(object(contactFields)),
})

/** An `AddressWithContact`; null where it holds nothing. */
export function parseAddressWithContact(value: JsonObject): Address | null {
  const address = { ...parseAddress(objectAt(value, 'address')), ...parseContact(objectAt(value, 'contactDetails')) }
  return Object.keys(address).length === 0 ? null : address
}

/** An `Address` without anybody in it. */
export function parseAddress(value: JsonObject): Address {
  const street = objectAt(value, 'streetAddress')
  const geocode = objectAt(value, 'geocode')
  const alpha2 = textAt(value, 'country')?.toUpperCase()
  return withKnownSubdivision({
    ...member('country', alpha2),
    ...parseSubdivision(textAt(value, 'subdivision'), alpha2),
    ...member('city', textAt(value, 'city')),
    ...member('postalCode', textAt(value, 'postalCode')),
    ...member('line1', textAt(value, 'addressLine') ?? textAt(street, 'name')),
    ...member('streetNumber', textAt(street, 'number')),
    ...member('line2', textAt(value, 'addressLine2')),
    ...degrees('latitude', geocode.latitude),
    ...degrees('longitude', geocode.longitude),
  })
}

/** `US-NY` is `NY` in `US`; what is no known code stays as it was written. */
function parseSubdivision(value: string | undefined, alpha2: string | undefined): Address {
  if (value === undefined) return {}
  const land = alpha2 === undefined ? undefined : findCountry(alpha2)
  const found = land === undefined ? undefined : findSubdivision(land, value)
  return found === undefined ? { subdivisionName: value } : { subdivision: found.code, subdivisionName: found.name }
}

function parseContact(value: JsonObject): Address {
  const vatId = objectAt(value, 'vatId')
  return {
    ...member('firstName', textAt(value, 'firstName')),
    ...member('lastName', textAt(value, 'lastName')),
    ...member('phone', textAt(value, 'phone')),
    ...member('company', textAt(value, 'company')),
    ...member('vatId', textAt(vatId, 'id')),
    ...member('vatIdType', textAt(vatId, 'type')),
  }
}

function member(name: keyof Address, value: string | undefined): Address {
  return value === undefined ? {} : { [name]: value }
}

function degrees(name: 'latitude' | 'longitude', value: unknown): Address {
  return typeof value === 'number' ? { [name]: value } : {}
}

/** An address with whom to reach there; members that nobody gave are left out. */
export function renderAddressWithContact(address: Address | undefined): JsonObject {
  if (address === undefined) return {}
  const place = renderAddress(address)
  const contact = compact({
    firstName: address.firstName,
    lastName: address.lastName,
    phone: address.phone,
    company: address.company,
    vatId: address.vatId === undefined ? undefined : { id: address.vatId, type: address.vatIdType ?? 'UNSPECIFIED' },
  })
  return { ...nonEmpty('address', place), ...nonEmpty('contactDetails', contact) }
}

/** An address as the wire has it, with the names of its country and subdivision. */
export function renderAddress(address: Address): JsonObject {
  const land = address.country === undefined ? undefined : findCountry(address.country)
  const { streetNumber, line1, latitude, longitude } = address
  const hasGeocode = latitude !== undefined || longitude !== undefined
  const street =
    streetNumber === undefined
      ? { addressLine: line1 }
      : { streetAddress: compact({ number: streetNumber, name: line1 ?? '' }) }
  return compact({
    country: address.country,
    subdivision: subdivisionCode(address),
    city: address.city,
    postalCode: address.postalCode,
    ...street,
    addressLine2: address.line2,
    geocode: hasGeocode ? compact({ latitude, longitude }) : undefined,
    countryFullname: land?.name,
    subdivisionFullname: address.subdivisionName,
  })
}

function subdivisionCode({ country: alpha2, subdivision, subdivisionName }: Address): string | undefined {
  return subdivision === undefined || alpha2 === undefined
    ? (subdivision ?? subdivisionName)
    : `${alpha2}-${subdivision}`
}

/** An object without its undefined members. */
export function compact(value: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

function nonEmpty(name: string, value: JsonObject): JsonObject {
  return isObject(value) && Object.keys(value).length > 0 ? { [name]: value } : {}
}
