import { findCountry, isPostalCode } from '../../../core/geography/countries.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { plainPostalCode } from '../address.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { regionIdOf, renderRegion } from '../render/places.js'
import type { VtexRequest } from '../request.js'
import { invalidPostalCode, readCountry, readPlace } from './place-input.js'

const unknownRegion: VtexError = {
  status: 400,
  code: 'ORD051',
  message: "Invalid 'regionId' or non-existent region",
}

/** GET /api/checkout/pub/regions/{regionId}: 200, one object; 400 `ORD051` for an id that no region has. */
export async function getRegion(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const channel = request.channel.id
  const wanted = (request.params.regionId ?? '').toUpperCase()
  const regions = await operations.listRegions({ channel })
  if (!regions.ok) return respondRefusal(regions.error)
  // Where nobody serves a place there is a region too, which its query told.
  const empty = request.channel.countries.map(country => ({ country, sellers: [] }))
  const region = [...regions.value, ...empty].find(one => regionIdOf(channel, one).toUpperCase() === wanted)
  return region === undefined ? respondError(unknownRegion) : respondJson(renderRegion(channel, region))
}

/**
 * GET /api/checkout/pub/regions: 200, an array with the region of a postal code or of coordinates; its sellers are empty
 * where nobody serves the place. 400 `CHK0127` without a known country, `CHK0119` without a place, `001` for a bad code.
 */
export async function findRegions(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const { query, channel } = request
  const country = readCountry(query.get('country'))
  if (!country.ok) return respondError(country.error)
  const isNamed = ['postalCode', 'geoCoordinates'].some(name => (query.get(name) ?? '') !== '')
  if (!isNamed) return respondError(fixed.placeMissing)
  const near = readPlace(query, country.value)
  if (!near.ok) return respondError(near.error)
  if ('postalCode' in near.value && !isCodeOf(country.value, near.value.postalCode)) {
    return respondError(invalidPostalCode)
  }
  const region = await operations.findRegion({ channel: channel.id, country: country.value, near: near.value })
  return region.ok ? respondJson([renderRegion(channel.id, region.value)]) : respondRefusal(region.error)
}

/** Whether a postal code can be one of the country, with or without its hyphens and blanks. */
function isCodeOf(country: string, code: string): boolean {
  const known = findCountry(country)
  return known === undefined || isPostalCode(known, code) || isPostalCode(known, plainPostalCode(code))
}
