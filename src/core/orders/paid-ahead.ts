import type { Address } from '../cart/address.js'
import type { Cart } from '../cart/cart.js'
import { shippingAddressOf } from '../cart/checkout-steps.js'
import type { Order } from './order.js'

/**
 * Whether an order is one whose payment was sent before its shopper said to buy: pending, with the cart frozen for it,
 * until that word comes, the shopper changes the cart, or the deadline passes.
 */
export function isPaidAhead(order: Pick<Order, 'status' | 'confirmsLater' | 'keepsCartOpen'>): boolean {
  return order.status === 'pending' && wasPaidAhead(order)
}

/** The same, also of one that was given up: what paid for it went back, and pays for its cart no longer. */
export function wasPaidAhead(order: Pick<Order, 'confirmsLater' | 'keepsCartOpen'>): boolean {
  return order.confirmsLater === true && order.keepsCartOpen !== true
}

/** Whether two states of a cart come to the same purchase, whatever ids and marks they were given since. */
export function isSamePurchase(before: Cart, after: Cart): boolean {
  return writtenOf(before) === writtenOf(after)
}

function writtenOf(cart: Cart): string {
  const { lineItems, couponCodes, giftCards, usesStoreCredit, consignments, buyer, customerNote, owner, extras } = cart
  const things = {
    lineItems,
    couponCodes,
    giftCards,
    usesStoreCredit,
    consignments,
    payments: cart.payments.map(({ id }) => id),
    billing: placeOf(cart.billingAddress),
    shipping: placeOf(shippingAddressOf(cart)),
    buyer,
    customerNote,
    owner,
    extras,
  }
  return JSON.stringify(things, (_name, value: unknown) => sorted(value))
}

function placeOf(address: Address | undefined) {
  const { id: _id, kind: _kind, ...place } = address ?? {}
  return place
}

/** The same members in the same order, amounts as texts. */
function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
