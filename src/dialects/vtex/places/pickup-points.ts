import type { Place } from '../../../core/geography/pickup-search.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { renderNearbyPickupPoint } from '../render/places.js'
import type { VtexRequest } from '../request.js'
import { readCountry, readPlace } from './place-input.js'

const largestPage = 100
const usualPage = 30

/**
 * GET /api/checkout/pub/pickup-points: 200, the nearest first; by coordinates or by postal code, and none for both at
 * once. 400 `001` for coordinates that cannot be read, `CHK0264` where nothing is near, `CHK0119` for no place at all.
 */
export async function listPickupPoints(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const { query } = request
  const page = pageOf(query)
  const place = readSearch(query)
  if (!place.ok) return respondError(place.error)
  if (place.value === 'ambiguous') return respondJson({ paging: paging(page, 0), items: [] })
  const found = await operations.findPickupPoints({ channel: request.channel.id, near: place.value })
  if (!found.ok) return respondRefusal(found.error)
  if (found.value.length === 0) return respondError(fixed.unknownPickupPoint)
  const shown = found.value.slice((page.number - 1) * page.size, page.number * page.size)
  return respondJson({ paging: paging(page, found.value.length), items: shown.map(renderNearbyPickupPoint) })
}

function readSearch(query: URLSearchParams): Result<Place | 'ambiguous', VtexError> {
  const hasCoordinates = (query.get('geoCoordinates') ?? '') !== ''
  const hasPostalCode = (query.get('postalCode') ?? '') !== ''
  if (hasCoordinates && hasPostalCode) return ok('ambiguous')
  if (!hasCoordinates && !hasPostalCode) return refuse(fixed.placeMissing)
  if (hasCoordinates) return readPlace(query, '')
  const country = readCountry(query.get('countryCode') ?? query.get('country'))
  return country.ok ? readPlace(query, country.value) : country
}

interface Page {
  readonly number: number
  readonly size: number
}

function pageOf(query: URLSearchParams): Page {
  const whole = (name: string, usual: number, most: number) => {
    const text = query.get(name) ?? ''
    return /^\d{1,6}$/.test(text) && Number(text) > 0 ? Math.min(Number(text), most) : usual
  }
  return { number: whole('page', 1, 1_000_000), size: whole('pageSize', usualPage, largestPage) }
}

function paging(page: Page, total: number) {
  return { page: page.number, pageSize: page.size, total, pages: Math.ceil(total / page.size) }
}
