import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import type { CustomerAddress } from '../../../core/customers/customer.js'
import { addressIdOf } from '../address.js'
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
  const named = extrasOf(cart).profileId ?? customerId
  const found = email === undefined || named === undefined ? undefined : profileOf(email)
  const profile = found?.customer.id === named ? found : undefined
  const isOwn = profile?.isOwn === true || hasFullAccess(request)
  const isGuarded = profile !== undefined && !isOwn && isComplete(profile.customer)
  return {
    onCart: [...cart.addresses, ...destinationsOf(cart)],
    stored: isOwn || isGuarded ? (profile?.customer.addresses ?? []) : [],
    isGuarded,
    hidesState: request.settings.orderForm.maskStateOnAddress === true,
  }
}

/** Where goods go, also where another API said so, under the ids that they are shown by. */
function destinationsOf({ consignments }: Cart): readonly Address[] {
  return consignments.flatMap(({ destination }) =>
    destination.kind === 'address' ? [{ ...destination.address, id: addressIdOf(destination.address) }] : [],
  )
}
