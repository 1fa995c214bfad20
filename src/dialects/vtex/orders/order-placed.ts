import type { WireResponse } from '../../dialect.js'
import { respondText } from '../answer.js'
import type { VtexRequest } from '../request.js'

/**
 * GET /checkout/orderPlaced?og=: where a browser ends after its purchase; 302 to the store's own page where it has one, else
 * 200 with a word. Nothing about the order is on it: whoever has the address need not be who bought.
 */
export async function orderPlaced(request: VtexRequest): Promise<WireResponse> {
  const group = (request.query.get('og') ?? '').replace(/[^A-Za-z0-9-]/g, '')
  const { orderPlacedPage } = request.settings
  if (orderPlacedPage === undefined) return respondText(200, group === '' ? 'Thank you.' : `Thank you. Order ${group}`)
  const separator = orderPlacedPage.includes('?') ? '&' : '?'
  return respondText(302, '', { Location: `${orderPlacedPage}${separator}og=${group}` })
}
