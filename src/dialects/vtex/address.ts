import type { Address } from '../../core/cart/address.js'
import { findCountry, findCountryByAlpha3 } from '../../core/geography/countries.js'
import { findSubdivision } from '../../core/geography/subdivisions.js'
import type { PickupPoint } from '../../core/pricing/facts.js'
import { type Fields, isObject, isTrue, textOf } from './body.js'
import { digestOf, newAddressId } from './ids.js'

/** An address as the API writes it. Country ISO 3166-1 alpha-3; coordinates longitude first. */
export interface WireAddress {
  readonly addressType: string
  readonly receiverName: string | null
  readonly addressId: string
  readonly isDisposable: boolean
  readonly postalCode: string
  readonly city: string
  readonly state: string
  readonly country: string
  readonly street: string
  readonly number: string
  readonly neighborhood: string
  readonly complement: string | null
  readonly reference: string | null
  readonly geoCoordinates: readonly number[]
}

const addressTypes = new Set(['residential', 'commercial', 'pickup', 'search', 'inStore', 'giftRegistry'])

/** Kinds that are never saved to anybody's address book. */
const disposableTypes = new Set(['pickup', 'search', 'inStore', 'giftRegistry'])

/** ISO 3166-1 alpha-3 of an alpha-2; empty where unknown. */
export function alpha3Of(alpha2: string | undefined): string {
  return alpha2 === undefined ? '' : (findCountry(alpha2)?.alpha3 ?? alpha2)
}

/** ISO 3166-1 alpha-2 of an alpha-3 in any case; undefined for what is none. */
export function alpha2Of(alpha3: string): string | undefined {
  return findCountryByAlpha3(alpha3.toUpperCase())?.alpha2
}

export function renderAddress(address: Address): WireAddress {
  const receiver = [address.firstName, address.middleName, address.lastName].filter(part => part !== undefined)
  const addressType = address.kind ?? 'residential'
  return {
    addressType,
    receiverName: receiver.length === 0 ? null : receiver.join(' '),
    addressId: addressIdOf(address),
    isDisposable: disposableTypes.has(addressType) || (address.isDisposable ?? true),
    postalCode: address.postalCode ?? '',
    city: address.city ?? '',
    state: address.subdivisionName ?? address.subdivision ?? '',
    country: alpha3Of(address.country),
    street: address.line1 ?? '',
    number: address.streetNumber ?? '',
    neighborhood: address.district ?? '',
    complement: address.line2 ?? null,
    reference: address.reference ?? null,
    geoCoordinates: coordinatesOf(address),
  }
}

/** An address that came without an id, as other APIs know them, is known by what is written there. */
export function addressIdOf(address: Address): string {
  const { id, customerAddressId, ...written } = address
  return id ?? customerAddressId ?? digestOf(written)
}

/** Longitude, latitude; empty where unknown. */
export function coordinatesOf({ longitude, latitude }: Address): readonly number[] {
  return longitude === undefined || latitude === undefined ? [] : [longitude, latitude]
}

/** Where goods are picked up. */
export function renderPickupAddress(point: PickupPoint): WireAddress {
  return renderAddress({ ...point.address, id: point.id, kind: 'pickup', isDisposable: true })
}

/** A pickup point as the API writes it. Days count from Sunday, 0. */
export function renderPickupPoint(point: PickupPoint) {
  return {
    friendlyName: point.name,
    address: renderPickupAddress(point),
    additionalInfo: point.instructions ?? '',
    id: point.id,
    businessHours: point.hours.map(({ day, opens, closes }) => ({
      DayOfWeek: day % 7,
      OpeningTime: withSeconds(opens),
      ClosingTime: withSeconds(closes),
    })),
  }
}

function withSeconds(time: string): string {
  return /^\d\d:\d\d$/.test(time) ? `${time}:00` : time
}

/** Without hyphens and blanks, which do not count. */
export function plainPostalCode(text: string): string {
  return text.replace(/[\s-]/g, '')
}

/**
 * An address as a client sent it: real ones come with null kinds, without ids, with empty coordinates. Nothing is judged
 * here but its form.
 *
 * @returns undefined where the country is none
 */
export function parseAddress(fields: Fields): Address | undefined {
  const country = alpha2Of(textOf(fields.country) ?? '')
  if (country === undefined) return undefined
  const type = textOf(fields.addressType)
  const [longitude, latitude] = parseCoordinates(fields.geoCoordinates) ?? []
  const known = findCountry(country)
  const state = textOf(fields.state)
  const subdivision = state === undefined || known === undefined ? undefined : findSubdivision(known, state)
  const isCode = subdivision !== undefined && subdivision.code === state
  const postalCode = textOf(fields.postalCode)
  return defined({
    id: textOf(fields.addressId) ?? newAddressId(),
    ...receiver(textOf(fields.receiverName)),
    line1: textOf(fields.street),
    streetNumber: textOf(fields.number),
    line2: textOf(fields.complement),
    district: textOf(fields.neighborhood),
    city: textOf(fields.city),
    postalCode: postalCode !== undefined && country === 'BR' ? plainPostalCode(postalCode) : postalCode,
    subdivision: subdivision?.code,
    subdivisionName: isCode ? undefined : state,
    country,
    reference: textOf(fields.reference),
    longitude,
    latitude,
    kind: type !== undefined && addressTypes.has(type) ? type : 'residential',
    isDisposable: fields.isDisposable === undefined ? undefined : isTrue(fields.isDisposable),
  })
}

/** Longitude and latitude; undefined for anything but two numbers, also as texts. */
export function parseCoordinates(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [longitude, latitude] = value.map(part => (textOf(part) === undefined ? Number.NaN : Number(part)))
  return Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude ?? 0, latitude ?? 0] : undefined
}

export function isOnGlobe([longitude, latitude]: readonly [number, number]): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
}

/** Whether an address is one that goods are picked up at, not sent to. */
export function isPickupAddress({ kind }: Address): boolean {
  return kind === 'pickup'
}

/** Whether an address is one that goods are sent to. */
export function isDelivery({ kind }: Address): boolean {
  return kind !== 'pickup' && kind !== 'search'
}

/** One text on the wire, first and last names in the core. */
function receiver(name: string | undefined): Pick<Address, 'firstName' | 'lastName'> {
  if (name === undefined) return {}
  const [first, ...rest] = name.split(/\s+/)
  return defined({ firstName: first, lastName: rest.length === 0 ? undefined : rest.join(' ') })
}

/** The members that are there. */
export function defined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
}

/** The objects among some values. */
export function addressFieldsOf(value: unknown): Fields | undefined {
  return isObject(value) ? value : undefined
}
