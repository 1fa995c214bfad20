import type { CartRef } from '../../../operations/operations.js'
import { actorOf } from '../auth.js'
import { cartFields, estimateFields, toCheckoutFields } from '../cart-input.js'
import { quantityFields, removalFields } from '../line-input.js'
import { endpoint, type WixCall } from '../request.js'
import {
  addLines,
  addToCartFields,
  deleteOne,
  estimateOne,
  readOne,
  removeCoupon,
  removeLines,
  setQuantities,
  toCheckout,
  updateOne,
} from './cart-calls.js'

const place = 'current-cart'
const scopes = ['ECOM.MODIFY_CARTS'] as const
const adminScopes = ['ECOM.MODIFY_CARTS', 'ECOM.ADMIN_MODIFY_CARTS'] as const
const reading = ['ECOM.READ_CARTS'] as const
const converting = ['ECOM.CREATE_CHECKOUT_FROM_CART'] as const

/** GET /ecom/v1/carts/current: 404 until something was added. Source: dialects/wix.md 3.12. */
export const getCurrentCart = endpoint({ place, scopes: reading }, (call, operations) =>
  readOne(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/add-to-cart: makes the cart. What cannot be had comes back with a status. 200. */
export const addToCurrentCart = endpoint({ place, scopes: adminScopes, fields: addToCartFields }, (call, operations) =>
  addLines(call, operations, {
    ...current(call),
    create: { channel: call.channel.id, extras: { wix: { createdBy: actorOf(call.identity) } } },
  }),
)

/** PATCH /ecom/v1/carts/current: note, contact, coupon, shipping option, items. 200; 404 without a cart. */
export const updateCurrentCart = endpoint({ place, scopes: adminScopes, fields: cartFields }, (call, operations) =>
  updateOne(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/update-line-items-quantity: cut to the stock. 200. */
export const updateCurrentQuantities = endpoint({ place, scopes, fields: quantityFields }, (call, operations) =>
  setQuantities(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/remove-line-items: 200. */
export const removeCurrentLines = endpoint({ place, scopes, fields: removalFields(100) }, (call, operations) =>
  removeLines(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/remove-coupon: 200, also where there is none. */
export const removeCurrentCoupon = endpoint({ place, scopes }, (call, operations) =>
  removeCoupon(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/estimate-totals: what it would cost; nothing is stored. 200. */
export const estimateCurrentCart = endpoint({ place, scopes: reading, fields: estimateFields }, (call, operations) =>
  estimateOne(call, operations, current(call)),
)

/** POST /ecom/v1/carts/current/create-checkout: makes it a checkout, or the one that it is anew. 200 with the id. */
export const createCheckoutFromCurrentCart = endpoint(
  { place, scopes: converting, fields: toCheckoutFields },
  (call, operations) => toCheckout(call, operations, current(call)),
)

/** DELETE /ecom/v1/carts/current: 200 `{}`. */
export const deleteCurrentCart = endpoint({ place, scopes }, (call, operations) =>
  deleteOne(call, operations, current(call)),
)

/** The caller's cart; checkouts that never were carts do not count. */
function current({ channel }: WixCall): Extract<CartRef, { readonly own: unknown }> {
  return { own: channel.id, onlyDefault: true }
}
