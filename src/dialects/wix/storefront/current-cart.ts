import type { CartRevision } from '../../../core/cart/revision.js'
import type { CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { termsFor } from '../checkout-input.js'
import { respondError, respondRefusal } from '../errors.js'
import { lineFields, readLines } from '../line-input.js'
import { renderCart } from '../render/cart.js'
import { endpoint, type WixCall } from '../request.js'
import { guid, optional } from '../validation.js'

const place = 'current-cart'
const writing = ['ECOM.MODIFY_CARTS', 'ECOM.ADMIN_MODIFY_CARTS'] as const

export const addToCartFields = { ...lineFields(100), businessLocationId: optional(guid) }

/** GET /ecom/v1/carts/current: 404 until something was added. Source: dialects/wix.md 3.12. */
export const getCurrentCart = endpoint({ place, scopes: ['ECOM.READ_CARTS'] }, async (call, operations) => {
  const read = await operations.readCart(call.caller, currentCart(call), { stock: true })
  return read.ok ? respondCart(call, read.value) : respondRefusal(call.wire, read.error, place)
})

/** POST /ecom/v1/carts/current/add-to-cart: makes the cart. What cannot be had comes back with a status. 200. */
export const addToCurrentCart = endpoint(
  { place, scopes: writing, fields: addToCartFields },
  async (call, operations) => {
    const lines = await readLines(call, operations)
    if (!lines.ok) return respondError(call.wire, lines.error)
    return reviseCart(call, operations, currentCart(call, true), { lines: lines.value })
  },
)

/** The caller's cart; checkouts that never were carts do not count. */
export function currentCart({ channel }: WixCall, makesOne = false): CartRef {
  const own = { own: channel.id, onlyDefault: true } as const
  return makesOne ? { ...own, create: { channel: channel.id } } : own
}

/** Changes a cart and answers it. */
export async function reviseCart(
  call: WixCall,
  operations: Operations,
  cart: CartRef,
  revision: CartRevision,
): Promise<WireResponse> {
  const revised = await operations.reviseCart(call.caller, {
    cart,
    revision: { terms: termsFor({}, 'drop'), ...revision },
    clientAddress: call.wire.clientAddress,
  })
  return revised.ok ? respondCart(call, revised.value) : respondRefusal(call.wire, revised.error, call.place)
}

export function respondCart(call: WixCall, view: CartView): WireResponse {
  return respondJson(call.wire, { cart: renderCart(call, view) })
}
