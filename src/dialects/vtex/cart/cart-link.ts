import { ok, type Result } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondText, type VtexError } from '../answer.js'
import { wholeOf } from '../body.js'
import { setCartCookie } from '../cookies.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { callerOf, type VtexRequest } from '../request.js'
import { findSkus } from '../skus.js'
import { type ItemChange, planItems } from './item-plan.js'
import { newOrderForm } from './order-form.js'

/**
 * GET /checkout/cart/add?sku=&qty=&seller=&sc=&redirect=: 302, the items that a link names are in the browser's cart.
 * `sku`, `qty` and `seller` are repeated, one each per item.
 */
export async function addByLink(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const items = readItems(request.query)
  if (!items.ok) return respondError(items.error)
  const ids = items.value.flatMap(one => ('add' in one ? [one.add.id] : []))
  const skus = await findSkus(request.channel.id, ids, operations)
  const own = request.cookieCartId
  const known = own === undefined ? undefined : await operations.readCart(request.caller, { key: { id: own } })
  const view =
    known?.ok === true && known.value.cart.cart.status === 'open' ? known : await newOrderForm(request, operations)
  if (!view.ok) return respondRefusal(view.error)
  const { id } = view.value.cart.cart
  const { maxItems, cartPage } = request.settings
  const filled = await operations.editCart(callerOf(request.identity, id), {
    cart: { key: { id } },
    skus: [...new Set(skus.values())],
    plan: planItems({ changes: items.value, noSplitItem: false, skus, maxItems, by: 'link' }),
  })
  if (!filled.ok) return respondRefusal(filled.error)
  const location = request.query.get('redirect') === 'false' ? '/' : cartPage
  return respondText(302, 'Found', {
    Location: `${request.wire.baseUrl}${location}`,
    'Set-Cookie': [setCartCookie(request.wire, id)],
  })
}

function readItems(query: URLSearchParams): Result<readonly ItemChange[], VtexError> {
  const [quantities, sellers] = [query.getAll('qty'), query.getAll('seller')]
  const items: ItemChange[] = []
  for (const [index, id] of query.getAll('sku').entries()) {
    const quantity = wholeOf(quantities[index] ?? '1')
    if (id.trim() === '') return { ok: false, error: fixed.invalidItemId }
    if (quantity === undefined || quantity < 1) return { ok: false, error: fixed.invalidQuantity }
    items.push({ add: { id: id.trim(), quantity, seller: sellers[index] ?? '1', attachments: [], options: [] } })
  }
  return ok(items)
}
