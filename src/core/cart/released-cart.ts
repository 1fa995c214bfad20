import type { CartOwner } from '../access/caller.js'
import type { Cart } from './cart.js'

/**
 * The cart as it stands when its customer signs out at a browser that goes on shopping: the things in it and the coupons
 * stay, in the hands of whoever holds the browser; everything that tells of the customer or pays for them goes.
 */
export function releasedCart(cart: Cart, owner: CartOwner): Cart {
  const { billingAddress: _address, customerNote: _note, usesStoreCredit: _credit, ...rest } = cart
  return {
    ...rest,
    owner,
    step: 'cart',
    buyer: {},
    addresses: [],
    consignments: [],
    giftCards: [],
    payments: [],
    preferences: {},
    customData: {},
    extras: {},
  }
}
