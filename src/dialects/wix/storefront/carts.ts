import type { CartOwner } from '../../../core/access/caller.js'
import type { CartRef } from '../../../operations/operations.js'
import { actorOf, isPrivileged } from '../auth.js'
import { cartFields, estimateFields, readCartRevision, toCheckoutFields } from '../cart-input.js'
import { respondError, respondRefusal } from '../errors.js'
import { isCart, isCartWithCheckout } from '../extras.js'
import { quantityFields, removalFields } from '../line-input.js'
import { endpoint, guidParam, type WixCall } from '../request.js'
import { objectAt, objectsAt, textAt } from '../validation.js'
import { applicationError } from '../wix-error.js'
import {
  addLines,
  addToCartFields,
  deleteOne,
  estimateOne,
  readOne,
  removeCoupon,
  removeLines,
  removeLocation,
  respondCart,
  setQuantities,
  toCheckout,
  updateOne,
} from './cart-calls.js'

const place = 'cart'
const scopes = ['ECOM.MODIFY_CARTS'] as const
const adminScopes = ['ECOM.MODIFY_CARTS', 'ECOM.ADMIN_MODIFY_CARTS'] as const
const reading = ['ECOM.READ_CARTS'] as const
const converting = ['ECOM.CREATE_CHECKOUT_FROM_CART'] as const

/** POST /ecom/v1/carts: a cart with items; a shopper's is the current one from then on. 200. Source: wix.md 3.12, K10. */
export const createCart = endpoint({ place, scopes: adminScopes, fields: cartFields }, async (call, operations) => {
  const { body, identity } = call
  if (objectsAt(body, 'lineItems').length + objectsAt(body, 'customLineItems').length === 0) {
    const description = 'A cart is created with items.'
    return respondError(call.wire, applicationError(428, 'CANT_CREATE_CART_WITHOUT_ITEMS', description))
  }
  const read = await readCartRevision(call, operations)
  if (!read.ok) return respondError(call.wire, read.error)
  // What speaks against an update says nothing of a cart that is new.
  const { guard: _guard, ...revision } = read.value
  const created = await operations.reviseCart(call.caller, {
    cart: {
      fresh: {
        channel: call.channel.id,
        ...(isPrivileged(identity) ? { owner: ownerNamed(call) } : {}),
        extras: { wix: { createdBy: actorOf(identity) } },
      },
    },
    revision,
    clientAddress: call.wire.clientAddress,
  })
  return created.ok ? respondCart(call, created.value) : respondRefusal(call.wire, created.error, place)
})

/** A key may make a cart for a member; else only keys reach it. */
function ownerNamed({ body }: WixCall): CartOwner {
  const customerId = textAt(objectAt(objectAt(body, 'cartInfo'), 'buyerInfo'), 'memberId')?.toLowerCase()
  return customerId === undefined ? { kind: 'privileged' } : { kind: 'member', customerId }
}

/** GET /ecom/v1/carts/{id}: 200; 404 for whom it is not. */
export const getCart = endpoint({ place, scopes: reading }, (call, operations) =>
  readOne(call, operations, named(call)),
)

/** GET /ecom/v1/carts/by-checkout-id/{id}: the cart that a checkout was made from. 200; 404 where there is none. */
export const getCartByCheckoutId = endpoint({ place, scopes: reading }, (call, operations) =>
  readOne(call, operations, { key: { id: guidParam(call, 'id') }, isMeant: isCartWithCheckout }),
)

/** PATCH /ecom/v1/carts/{cartInfo.id}: as the current cart. 200. */
export const updateCart = endpoint({ place, scopes: adminScopes, fields: cartFields }, (call, operations) =>
  updateOne(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/add-to-cart: 200. */
export const addToCart = endpoint({ place, scopes: adminScopes, fields: addToCartFields }, (call, operations) =>
  addLines(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/update-line-items-quantity: 200. */
export const updateCartQuantities = endpoint({ place, scopes, fields: quantityFields }, (call, operations) =>
  setQuantities(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/remove-line-items: 200. */
export const removeCartLines = endpoint({ place, scopes, fields: removalFields(300) }, (call, operations) =>
  removeLines(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/remove-coupon: 200. */
export const removeCartCoupon = endpoint({ place, scopes }, (call, operations) =>
  removeCoupon(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/remove-business-location: 200. */
export const removeBusinessLocation = endpoint({ place, scopes }, (call, operations) =>
  removeLocation(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/estimate-totals: nothing is stored. 200. */
export const estimateCart = endpoint({ place, scopes: reading, fields: estimateFields }, (call, operations) =>
  estimateOne(call, operations, named(call)),
)

/** POST /ecom/v1/carts/{id}/create-checkout: 200 with the id, the same one each time. */
export const createCheckoutFromCart = endpoint(
  { place, scopes: converting, fields: toCheckoutFields },
  (call, operations) => toCheckout(call, operations, named(call)),
)

/** DELETE /ecom/v1/carts/{id}: 200 `{}`. */
export const deleteCart = endpoint({ place, scopes }, (call, operations) => deleteOne(call, operations, named(call)))

function named(call: WixCall): CartRef {
  return { key: { id: guidParam(call, 'id') }, isMeant: isCart }
}
