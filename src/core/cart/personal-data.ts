import type { Caller } from '../access/caller.js'
import { isPersonHidden } from '../access/permissions.js'
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
  return channel.storesAnonymousAddresses || hasIdentifiableOwner(cart) ? cart : withoutPerson(cart)
}

/**
 * What `caller` may see of a cart that is theirs to reach. Where a registered customer's person stands on it who is neither
 * the owner nor the caller, the e-mail address is all that is left of the person; whoever goes on tells anew where to send it.
 */
export function shownTo(caller: Caller, cart: Cart): Cart {
  if (!isPersonHidden(caller, cart)) return cart
  const { email } = cart.buyer
  return { ...withoutPerson(cart), buyer: email === undefined ? {} : { email } }
}

function withoutPerson(cart: Cart): Cart {
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
