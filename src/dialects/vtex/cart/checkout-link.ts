import type { CartView, Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { respondText } from '../answer.js'
import { cartOfCookie, setCartCookie } from '../cookies.js'
import { respondRefusal } from '../errors.js'
import { parseOrderFormId } from '../ids.js'
import { renderContextOf } from '../order-form-answer.js'
import { callerOf, type VtexRequest, wherever } from '../request.js'
import { anonymousCopy } from './anonymous.js'

/** The address of a checkout is this API's where it names an orderForm, and where the browser has one. */
export function claimsCheckout(asked: Pick<WireRequest, 'rawQuery' | 'headers'>): 'named' | 'remembered' | undefined {
  if (new URLSearchParams(asked.rawQuery).has('orderFormId')) return 'named'
  return cartOfCookie(asked) === undefined ? undefined : 'remembered'
}

/**
 * GET /checkout: 302, leads the orderForm of `orderFormId`, else that of the cookie, to the hosted checkout page, and makes it
 * the browser's current one; 200, a word, where nothing is in it. Who may see the personal data of it only masked gets a copy
 * of the goods instead, since the page masks nothing. Source: dialects/vtex.md 6.
 */
export async function checkoutByLink(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const cartId = parseOrderFormId(request.query.get('orderFormId') ?? '') ?? request.cookieCartId
  if (cartId === undefined) return respondText(200, 'Your cart is empty.')
  const asked = wherever({ ...request, caller: callerOf(request.identity, cartId) }, cartId)
  const read = await operations.readCart(asked.caller, asked.cart)
  if (!read.ok || isEmpty(read.value) || read.value.cart.cart.status === 'closed')
    return respondText(200, 'Your cart is empty.')
  const { isMasked } = await renderContextOf(asked, operations, read.value)
  const view = isMasked ? await anonymousCopy(asked, operations) : read
  if (!view.ok) return respondRefusal(view.error)
  if (isEmpty(view.value)) return respondText(200, 'Your cart is empty.')
  const { id } = view.value.cart.cart
  const customer = request.identity.kind === 'shopper' ? { customerId: request.identity.customerId } : {}
  const url = await operations.linkCheckout({ cartId: id, ...customer })
  return respondText(302, 'Found', { Location: url, 'Set-Cookie': [setCartCookie(request.wire, id)] })
}

function isEmpty({ cart }: CartView): boolean {
  return cart.lines.length === 0
}
