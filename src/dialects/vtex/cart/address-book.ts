import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import type { CustomerAddress } from '../../../core/customers/customer.js'
import { extrasOf } from '../extras.js'
import { hasFullAccess } from '../order-form-answer.js'
import { isComplete } from '../render/client-profile.js'
import type { CartRequest } from '../request.js'
import type { ProfileOf } from './known-profiles.js'

/** Addresses that a client may name by their id. */
export interface AddressBook {
  /** On the cart already. */
  readonly onCart: readonly Address[]
  /** Of the registered customer that the cart names. */
  readonly stored: readonly CustomerAddress[]
  /** That customer's data is not the caller's to change. */
  readonly isGuarded: boolean
  /** The state is hidden from strangers too. */
  readonly hidesState: boolean
}

/** What the cart and the customer that it names know of addresses. */
export function addressBookOf(request: CartRequest, cart: Cart, profileOf: ProfileOf): AddressBook {
  const { email, customerId } = cart.buyer
  const isNamed = email !== undefined && (extrasOf(cart).profileId !== undefined || customerId !== undefined)
  const profile = isNamed ? profileOf(email) : undefined
  const isOwn = profile?.isOwn === true || hasFullAccess(request)
  return {
    onCart: cart.addresses,
    stored: profile?.customer.addresses ?? [],
    isGuarded: profile !== undefined && !isOwn && isComplete(profile.customer),
    hidesState: request.settings.orderForm.maskStateOnAddress === true,
  }
}
