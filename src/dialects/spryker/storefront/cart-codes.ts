import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondNothing } from '../json-api.js'
import { type CartFace, customerFace } from '../render/item.js'
import { endpoint, type GlueRequest, refused } from '../request.js'
import { atMost, type Fields, notBlank, required, text } from '../validation.js'
import { cartRef, respondCart } from './carts.js'

/** Attributes of a code. */
export const codeFields: Fields = { code: required(notBlank, text, atMost(255)) }

/** POST /carts/:cartId/cart-codes: a voucher or gift card; 201 with the cart, 422 with code 3302 where it does not apply. */
export const postCartCode = endpoint(
  { type: 'cart-codes', identity: 'customer', place: 'codes', fields: codeFields },
  (request, operations) => addCode(request, operations, 'applyCode', customerFace),
)

/** DELETE /carts/:cartId/cart-codes/:code: 204; 422 with code 3301 where it is not on the cart. */
export const deleteCartCode = endpoint(
  { type: 'cart-codes', identity: 'customer', place: 'codes' },
  (request, operations) => removeCode(request, operations, 'removeCode'),
)

/** POST /carts/:cartId/vouchers: the older form, vouchers only. */
export const postVoucher = endpoint(
  { type: 'vouchers', identity: 'customer', place: 'codes', fields: codeFields },
  (request, operations) => addCode(request, operations, 'applyCoupon', customerFace),
)

/** DELETE /carts/:cartId/vouchers/:code: 204. */
export const deleteVoucher = endpoint(
  { type: 'vouchers', identity: 'customer', place: 'codes' },
  (request, operations) => removeCode(request, operations, 'removeCoupon'),
)

/** Puts the code of the attributes on the cart of the path. */
export async function addCode(
  request: GlueRequest,
  operations: Operations,
  operation: 'applyCode' | 'applyCoupon',
  face: CartFace,
): Promise<WireResponse> {
  const cart = cartRef(request)
  if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
  const code = String(request.attributes.code)
  const { clientAddress } = request.wire
  return respondCart(request, await operations[operation](request.caller, { cart, code, clientAddress }), face, 201)
}

/** Takes the code of the path off the cart of the path. */
export async function removeCode(
  request: GlueRequest,
  operations: Operations,
  operation: 'removeCode' | 'removeCoupon',
): Promise<WireResponse> {
  const cart = cartRef(request)
  if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
  const code = request.params.code ?? ''
  const removed = await operations[operation](request.caller, { cart, code })
  return removed.ok ? respondNothing(request) : refused(request, removed.error)
}
