import type { CartId } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import { parseUuid } from '../ids.js'
import { type Problem, problems } from '../problem.js'
import { storefrontCart } from '../render/cart.js'
import { storefrontCheckout } from '../render/checkout.js'
import { contextOf } from '../server-request.js'
import { refusedBy, type ShopperAnswer, type ShopperRequest } from '../shopper-endpoint.js'

/** Marks a cart of a single purchase, which never becomes the session's active one. Source: dialects/bigcommerce.md 3.3. */
export const buyNow = { bigcommerce: { source: 'BUY_NOW' } } as const

/** Whether that mark is on a cart. */
export function isBuyNow({ cart }: CartView): boolean {
  const own = cart.cart.extras.bigcommerce
  return own !== null && typeof own === 'object' && 'source' in own && own.source === buyNow.bigcommerce.source
}

/**
 * A cart of the session: the one that `id` names, else its active one. One that was ordered, or emptied, is not there any
 * more: here an order takes the cart with it. Source: dialects/bigcommerce.md 5.1, 5.11.
 */
export async function readOwnCart(
  request: ShopperRequest,
  operations: Operations,
  id: CartId | undefined,
): Answer<CartView> {
  if (request.session === undefined) return refuse({ code: 'cart_not_found' })
  const cart = id === undefined ? { own: request.channel.id } : { key: { id } }
  const read = await operations.readCart(request.caller, cart)
  if (!read.ok) return read
  const isActive = id !== undefined || !isBuyNow(read.value)
  return isActive && isStanding(read.value) ? read : refuse({ code: 'cart_not_found' })
}

function isStanding({ cart }: CartView): boolean {
  return cart.cart.status === 'open' && cart.cart.lineItems.length > 0
}

/** The cart that a path's parameter names, as far as a browser may ask for one at all. */
export function cartOfPath(request: ShopperRequest): Result<{ readonly key: { readonly id: CartId } }, Problem> {
  const { wire, session } = request
  const id = parseUuid(wire.params.cartId ?? '')
  return id === undefined || session === undefined ? refuse(problems.cartNotFound) : ok({ key: { id } })
}

/** Changes the cart that the path names; a browser without a session has none. */
export async function changeOwnCart(
  request: ShopperRequest,
  change: (cart: CartRef) => Answer<CartView>,
): Promise<Result<CartView, ReturnType<typeof refusedBy>>> {
  const cart = cartOfPath(request)
  if (!cart.ok) return refuse({ problem: cart.error })
  const changed = await change(cart.value)
  return changed.ok ? changed : refuse(refusedBy(changed.error))
}

/** A cart as the storefront shows it. */
export async function answerCart(
  request: ShopperRequest,
  view: CartView,
  operations: Operations,
): Promise<ShopperAnswer> {
  return { status: 200, body: storefrontCart(await contextOf(request, view, operations)) }
}

/** A checkout as the storefront shows it; one that was emptied is not there any more. */
export async function answerCheckout(
  request: ShopperRequest,
  view: CartView,
  operations: Operations,
): Promise<ShopperAnswer> {
  if (!isStanding(view)) return { problem: problems.cartNotFound }
  return { status: 200, body: storefrontCheckout(await contextOf(request, view, operations)) }
}
