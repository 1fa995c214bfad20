import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { alpha2Of } from '../address.js'
import { respondError, respondJson } from '../answer.js'
import { fixed } from '../fixed-errors.js'
import { renderPostalPlace } from '../render/places.js'
import type { VtexRequest } from '../request.js'
import { readPostalCode } from './place-input.js'

/**
 * GET /api/checkout/pub/postal-code/{countryCode}/{postalCode}: 200, empty texts for a code that nobody knows; 500
 * `ORD026` for what is no country.
 */
export async function getPostalCode(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const { countryCode = '', postalCode = '' } = request.params
  const country = alpha2Of(countryCode)
  if (country === undefined) return respondError({ ...fixed.postalService, status: 500 })
  const read = readPostalCode(postalCode)
  const places = read.ok ? await operations.findPostalPlaces({ country, postalCode: read.value }) : []
  return respondJson(renderPostalPlace(countryCode.toUpperCase(), postalCode, places))
}
