import type { CartId } from '../../../core/ids.js'
import { refuse } from '../../../core/result.js'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import { parseUuid } from '../ids.js'
import type { ShopperRequest } from '../shopper-endpoint.js'

/** The cart that a path names; a text that can be no id names none that anybody has. */
export function cartOfPath({ wire }: ShopperRequest): { readonly key: { readonly id: CartId } } | undefined {
  const id = parseUuid(wire.params.cartId ?? '')
  return id === undefined ? undefined : { key: { id } }
}

/** The session's own open cart in the channel. */
export function ownCart({ channel }: ShopperRequest): CartRef {
  return { own: channel.id }
}

/**
 * A cart of the session: the one that `id` names, else its own. One that is being ordered, or was, is not there any more:
 * here an order takes the cart with it. Source: dialects/bigcommerce.md 5.1.
 */
export async function readOwnCart(
  request: ShopperRequest,
  operations: Operations,
  id: CartId | undefined,
): Answer<CartView> {
  if (request.session === undefined) return refuse({ code: 'cart_not_found' })
  const read = await operations.readCart(request.caller, id === undefined ? ownCart(request) : { key: { id } })
  if (!read.ok) return read
  const { cart } = read.value.cart
  const isHere = cart.status === 'open' && cart.lineItems.length > 0
  return isHere ? read : refuse({ code: 'cart_not_found' })
}
