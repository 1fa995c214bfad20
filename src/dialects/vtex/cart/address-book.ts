import type { Address } from '../../../core/cart/address.js'
import type { CustomerAddress } from '../../../core/customers/customer.js'
import type { Operations } from '../../../operations/operations.js'
import { extrasOf } from '../extras.js'
import { hasFullAccess } from '../order-form-answer.js'
import { isComplete } from '../render/client-profile.js'
import type { CartRequest } from '../request.js'

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

/** What the cart that the path names knows of addresses. */
export async function addressBookOf(request: CartRequest, operations: Operations): Promise<AddressBook> {
  const hidesState = request.settings.orderForm.maskStateOnAddress === true
  const read = await operations.readCart(request.caller, { key: { id: request.cartId } })
  if (!read.ok) return { onCart: [], stored: [], isGuarded: false, hidesState }
  const { cart } = read.value.cart
  const { email, customerId } = cart.buyer
  const isNamed = email !== undefined && (extrasOf(cart).profileId !== undefined || customerId !== undefined)
  const profile = isNamed ? await operations.findProfile(request.caller, { email }) : undefined
  const isOwn = profile?.isOwn === true || hasFullAccess(request)
  return {
    onCart: cart.addresses,
    stored: profile?.customer.addresses ?? [],
    isGuarded: profile !== undefined && !isOwn && isComplete(profile.customer),
    hidesState,
  }
}
