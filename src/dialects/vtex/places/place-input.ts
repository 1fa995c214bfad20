import type { Coordinates } from '../../../core/geography/distance.js'
import type { Place } from '../../../core/geography/pickup-search.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import { alpha2Of, isOnGlobe } from '../address.js'
import type { VtexError } from '../answer.js'
import { fixed } from '../fixed-errors.js'

/** What addresses of this API never have in a postal code. Source: dialects/vtex.md 3.1. */
const forbidden = /[<>?+";%*]/

/** Coordinates that cannot be read. Source: dialects/vtex.md 3.25. */
const wrongCoordinates: VtexError = {
  status: 400,
  code: '001',
  message: 'Input string was not in a correct format.',
}

/** A postal code that is none. Source: dialects/vtex.md 3.32. */
export const invalidPostalCode: VtexError = { ...fixed.badRequest, message: 'Invalid postal code' }

/** A country by its three letters. */
export function readCountry(text: string | null): Result<string, VtexError> {
  const country = alpha2Of(text ?? '')
  return country === undefined ? refuse(fixed.invalidCountry) : ok(country)
}

export function readPostalCode(text: string): Result<string, VtexError> {
  const isPlausible = /^[\p{L}\p{N}][\p{L}\p{N} -]{0,19}$/u.test(text) && !forbidden.test(text)
  return isPlausible ? ok(text) : refuse(invalidPostalCode)
}

/** `<longitude>;<latitude>`. */
export function readCoordinates(text: string): Result<Coordinates, VtexError> {
  const parts = text.split(';').map(part => part.trim())
  const [longitude = Number.NaN, latitude = Number.NaN] = parts.map(part =>
    /^-?\d{1,3}(\.\d{1,20})?$/.test(part) ? Number(part) : Number.NaN,
  )
  const isReadable = parts.length === 2 && Number.isFinite(longitude) && Number.isFinite(latitude)
  if (!isReadable || !isOnGlobe([longitude, latitude])) return refuse(wrongCoordinates)
  return ok({ longitude, latitude })
}

/** A place by its postal code or its coordinates, which win. */
export function readPlace(query: URLSearchParams, country: string): Result<Place, VtexError> {
  const coordinates = query.get('geoCoordinates') ?? ''
  if (coordinates !== '') return readCoordinates(coordinates)
  const postalCode = readPostalCode(query.get('postalCode') ?? '')
  return postalCode.ok ? ok({ country, postalCode: postalCode.value }) : postalCode
}
