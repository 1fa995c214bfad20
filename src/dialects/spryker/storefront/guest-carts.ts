import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { guestFace } from '../render/item.js'
import { endpoint, refused } from '../request.js'
import { addCode, codeFields, removeCode } from './cart-codes.js'
import { addItem, changeItem, newItemFields, quantityFields, removeItem } from './cart-items.js'
import { cartRef, changeCart, listCarts, readCart, readOpenCart } from './carts.js'

/** GET /guest-carts: a collection of none or one. 200; 400 with code 109 without the guest header. */
export const getGuestCarts = endpoint({ type: 'guest-carts', identity: 'guest', place: 'carts' }, listCarts(guestFace))

/** GET /guest-carts/:cartId: 200, or 404 with code 101, also for other guests' carts. */
export const getGuestCart = endpoint({ type: 'guest-carts', identity: 'guest', place: 'carts' }, readCart(guestFace))

/** PATCH /guest-carts/:cartId: 200; needs no `If-Match`. */
export const patchGuestCart = endpoint(
  { type: 'guest-carts', identity: 'guest', place: 'carts' },
  async (request, operations) => {
    const cart = cartRef(request)
    if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
    const read = await readOpenCart(request, operations, cart)
    if (!read.ok) return refused(request, read.error)
    return changeCart(request, operations, { view: read.value, cart, since: undefined, face: guestFace })
  },
)

/** POST /guest-cart-items: 201; makes the guest's cart with the first item. One cart per guest. */
export const postGuestCartItems = endpoint(
  { type: 'guest-cart-items', identity: 'guest', place: 'items', fields: newItemFields },
  (request, operations) => {
    const { channel, locale } = request
    const create = { channel: channel.id, ...(channel.locales.includes(locale) ? { locale } : {}) }
    return addItem(request, operations, { own: channel.id, create }, guestFace)
  },
)

/** POST /guest-carts/:cartId/guest-cart-items: 201 with the cart. */
export const postItemToGuestCart = endpoint(
  { type: 'guest-cart-items', identity: 'guest', place: 'items', fields: newItemFields },
  async (request, operations) =>
    request.params.cartId === ''
      ? respondErrors(request, [fixed.cartIdMissing])
      : addItem(request, operations, cartRef(request), guestFace),
)

/** PATCH /guest-carts/:cartId/guest-cart-items/:groupKey: 200 with the cart. */
export const patchGuestItem = endpoint(
  { type: 'guest-cart-items', identity: 'guest', place: 'items', fields: quantityFields },
  (request, operations) => changeItem(request, operations, guestFace),
)

/** DELETE /guest-carts/:cartId/guest-cart-items/:groupKey: 204. */
export const deleteGuestItem = endpoint({ type: 'guest-cart-items', identity: 'guest', place: 'items' }, removeItem)

/** POST /guest-carts/:cartId/cart-codes: 201 with the cart. */
export const postGuestCartCode = endpoint(
  { type: 'cart-codes', identity: 'guest', place: 'codes', fields: codeFields },
  (request, operations) => addCode(request, operations, 'applyCode', guestFace),
)

/** DELETE /guest-carts/:cartId/cart-codes/:code: 204. */
export const deleteGuestCartCode = endpoint(
  { type: 'cart-codes', identity: 'guest', place: 'codes' },
  (request, operations) => removeCode(request, operations, 'removeCode'),
)

/** POST /guest-carts/:cartId/vouchers: 201 with the cart. */
export const postGuestVoucher = endpoint(
  { type: 'vouchers', identity: 'guest', place: 'codes', fields: codeFields },
  (request, operations) => addCode(request, operations, 'applyCoupon', guestFace),
)

/** DELETE /guest-carts/:cartId/vouchers/:code: 204. */
export const deleteGuestVoucher = endpoint(
  { type: 'vouchers', identity: 'guest', place: 'codes' },
  (request, operations) => removeCode(request, operations, 'removeCoupon'),
)
