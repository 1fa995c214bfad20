import type { Cart } from './cart.js'

/**
 * Whether who read the cart at that version knows what it holds now. While a payment for a draft is tried the cart is written
 * twice, and is what it was when the payment has failed: clients that are told of the failure alone go on with the version
 * that they have.
 */
export function isKnownAt(cart: Cart, version: number): boolean {
  return version <= cart.version && version >= sameSince(cart)
}

/** The first version of the cart in which it was what it is now, as far as that was noted. */
export function sameSince({ same, version }: Cart): number {
  return same?.until === version ? same.since : version
}

/** The same cart one version later, with a note of since when it is the same. */
export function writtenAlike(later: Cart, before: Cart): Cart {
  return { ...later, same: { since: sameSince(before), until: later.version } }
}
