import type { Address } from '../cart/address.js'
import type { Cart, Consignment } from '../cart/cart.js'
import { shippingAddressOf } from '../cart/checkout-steps.js'
import type { ErrorOf } from '../errors.js'
import type { Instant } from '../ids.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Order, OrderAmendments } from './order.js'

/** What somebody wants to be otherwise about an order; an absent member stays as it is. */
export type Amendments = Omit<OrderAmendments, 'amendedAt'>

/**
 * A confirmed order with another contact or another address, one version later. No figure moves, so an address stays in the
 * country and subdivision that its taxes and its shipping were bought for, and where goods go is settled once they went.
 *
 * @returns `order_state` where that is not possible any more, or where the address lies elsewhere
 */
export function amendOrder(order: Order, wanted: Amendments, now: Instant): Result<Order, ErrorOf<'order_state'>> {
  const { cart } = order.snapshot
  const isMoved = wanted.shippingAddress !== undefined
  const isElsewhere =
    !isSameArea(cart.billingAddress, wanted.billingAddress) ||
    !isSameArea(shippingAddressOf(cart), wanted.shippingAddress)
  if (order.status !== 'confirmed' || isElsewhere) return refuse({ code: 'order_state', status: order.status })
  if (isMoved && order.fulfillmentStatus !== 'unfulfilled') {
    return refuse({ code: 'order_state', status: order.fulfillmentStatus })
  }
  const amendments: OrderAmendments = { ...order.amendments, ...wanted, amendedAt: now }
  return ok({
    ...order,
    ...(wanted.email === undefined ? {} : { email: wanted.email }),
    amendments,
    snapshot: amendedSnapshot(order.snapshot, amendments),
    updatedAt: now,
    version: order.version + 1,
  })
}

/** Whether figures that follow from a place are the same at another one. Where none was known, none followed from it. */
function isSameArea(before: Address | undefined, after: Address | undefined): boolean {
  if (before === undefined || after === undefined) return true
  const area = (address: Address) => `${address.country ?? ''}-${address.subdivision ?? address.subdivisionName ?? ''}`
  return area(before) === area(after)
}

/** The purchase as it was made, with what was amended laid over it. */
export function amendedSnapshot(snapshot: PricedCart, amendments: OrderAmendments | undefined): PricedCart {
  if (amendments === undefined) return snapshot
  const cart = amendedCart(snapshot.cart, amendments)
  const consignments = snapshot.consignments.map(entry => ({
    ...entry,
    consignment: cart.consignments.find(({ id }) => id === entry.consignment.id) ?? entry.consignment,
  }))
  return { ...snapshot, cart, consignments }
}

function amendedCart(cart: Cart, amendments: OrderAmendments): Cart {
  const { email, customerNote, billingAddress, shippingAddress } = amendments
  return {
    ...cart,
    ...(email === undefined ? {} : { buyer: { ...cart.buyer, email } }),
    ...(customerNote === undefined ? {} : { customerNote }),
    ...(billingAddress === undefined ? {} : { billingAddress }),
    ...(shippingAddress === undefined ? {} : movedTo(cart, shippingAddress)),
  }
}

/** Whatever was to go to the shipping address goes to the other one; gifts to other people stay where they go. */
function movedTo(cart: Cart, address: Address): Pick<Cart, 'addresses' | 'consignments'> {
  const former = JSON.stringify(shippingAddressOf(cart))
  const moved = (consignment: Consignment): Consignment => {
    const { destination } = consignment
    const isMeant = destination.kind === 'address' && JSON.stringify(destination.address) === former
    return isMeant ? { ...consignment, destination: { kind: 'address', address } } : consignment
  }
  return {
    addresses: cart.addresses.map(known =>
      JSON.stringify(known) === former ? { ...address, kind: 'shipping' } : known,
    ),
    consignments: cart.consignments.map(moved),
  }
}
