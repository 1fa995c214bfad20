import type { Channel } from '../catalog/channel.js'
import type { Cart } from './cart.js'

/** Whether somebody stands behind this cart whom the shopper's data can be attributed to. */
export function hasIdentifiableOwner(cart: Cart): boolean {
  return cart.owner.kind === 'member' || cart.buyer.email !== undefined || cart.buyer.contactId !== undefined
}

/**
 * What may be stored of a cart. Where the channel says so, addresses and names of a cart without an identifiable owner
 * are used for the answer at hand and then forgotten; country, subdivision and postal code go too, since together they
 * are a place. Source: the personal-data rule of the Wix seed.
 */
export function storable(cart: Cart, channel: Channel): Cart {
  if (channel.storesAnonymousAddresses || hasIdentifiableOwner(cart)) return cart
  const { billingAddress: _billing, ...rest } = cart
  return {
    ...rest,
    buyer: {},
    addresses: [],
    consignments: cart.consignments.map(consignment => ({
      ...consignment,
      destination:
        consignment.destination.kind === 'pickup'
          ? { kind: 'pickup', pickupPointId: consignment.destination.pickupPointId }
          : { kind: 'unknown' },
    })),
  }
}
