import { unreachable } from '../assert.js'
import type { Cart } from '../cart/cart.js'
import type { CheckoutError } from '../errors.js'
import type { Order } from '../orders/order.js'
import type { Caller, CartOwner, Permission } from './caller.js'
import { isSameSecret } from './same-secret.js'

/** What a caller may do with one cart. `claim`: allowed, and the cart becomes the caller's by the same write. */
export type Access =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'claim'; readonly owner: CartOwner }
  /** To be answered as if there were no such cart. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'forbidden'; readonly permission: Permission }

/** Whether `caller` may do what needs `permission`, whoever owns the thing: the process itself, and keys that hold it. */
export function hasPermission(caller: Caller, permission: Permission): boolean {
  return caller.kind === 'system' || (caller.kind === 'key' && caller.permissions.includes(permission))
}

/** Why `caller` may not do what only keys with `permission` may; undefined where it may. Others are told to sign in. */
export function missingRight(caller: Caller, permission: Permission): CheckoutError | undefined {
  if (hasPermission(caller, permission)) return undefined
  return caller.kind === 'key' ? { code: 'forbidden', permission } : { code: 'sign_in_required' }
}

/** Why `caller` may not say what a customer has to spend: it is money, so it takes two rights. */
export function missingStoreCreditRight(caller: Caller): CheckoutError | undefined {
  return missingRight(caller, 'customers:write') ?? missingRight(caller, 'payments:write')
}

const allowed: Access = { kind: 'allowed' }
const absent: Access = { kind: 'absent' }

/**
 * Whether `caller` may touch `cart`; `permission` is what a key needs for this kind of access.
 *
 * A cart's secret, once presented (`heldCarts`), is as good as ownership. A visitor's cart is open to every visitor and
 * becomes a member's at that member's first access; an open cart becomes the property of whoever comes first.
 * Source: the permission table of the Wix seed (section 2.3 of its dialect document).
 */
export function accessToCart(caller: Caller, cart: Pick<Cart, 'id' | 'owner'>, permission: Permission): Access {
  if (caller.kind === 'system') return allowed
  if (caller.heldCarts?.includes(cart.id)) return allowed
  if (caller.kind === 'key') {
    return caller.permissions.includes(permission) ? allowed : { kind: 'forbidden', permission }
  }
  const { owner } = cart
  switch (owner.kind) {
    case 'holder':
      return allowed
    case 'privileged':
      return absent
    case 'member':
      return caller.kind === 'member' && caller.customerId === owner.customerId ? allowed : absent
    case 'guest':
      return caller.kind === 'guest' && caller.guestKey === owner.guestKey ? allowed : absent
    case 'visitor':
      if (caller.kind === 'visitor') return allowed
      return caller.kind === 'member' ? claimBy(caller) : absent
    case 'open':
      return claimBy(caller)
    default:
      return unreachable(owner)
  }
}

function claimBy(caller: Caller): Access {
  const owner = ownerFor(caller)
  return owner === undefined || owner.kind === 'holder' ? allowed : { kind: 'claim', owner }
}

/**
 * Whether `caller` may touch a cart or its order that is known by a number which can be guessed: to its owner by log-in,
 * to keys that may, and to whoever presents its secret. Anybody may know that it is there.
 *
 * @param token  the secret that came with the request; an empty one is none
 */
export function accessByToken(
  caller: Caller,
  thing: Pick<Cart, 'owner' | 'accessToken'>,
  permission: Permission,
  token: string | undefined,
): Access {
  if (caller.kind === 'system' || isSameSecret(token, thing.accessToken)) return allowed
  if (caller.kind === 'key' && caller.permissions.includes(permission)) return allowed
  const { owner } = thing
  const isOwner = caller.kind === 'member' && owner.kind === 'member' && caller.customerId === owner.customerId
  return isOwner ? allowed : { kind: 'forbidden', permission }
}

/**
 * Whether the person on this cart is none of the caller's business although the cart is: a registered customer whose profile
 * was put on a cart of somebody else, be it that they were signed in at it, or that a stranger typed their e-mail address.
 */
export function isPersonHidden(caller: Caller, { owner, buyer }: Pick<Cart, 'owner' | 'buyer'>): boolean {
  const person = buyer.profileId ?? buyer.customerId
  if (person === undefined || seesEverybody(caller)) return false
  if (owner.kind === 'member' && owner.customerId === person) return false
  return !(caller.kind === 'member' && caller.customerId === person)
}

/** The same of an order, by the person on the cart that it was made of. */
export function isOrderHidden(caller: Caller, { owner, snapshot }: Pick<Order, 'owner' | 'snapshot'>): boolean {
  return isPersonHidden(caller, { owner, buyer: snapshot.cart.buyer })
}

/** Whether people are hidden from this caller nowhere: back offices, and whoever is answered with asterisks. */
export function seesEverybody(caller: Caller): boolean {
  return caller.kind === 'system' || caller.kind === 'key' || caller.seesMasked === true
}

/** Whose a cart is that `caller` makes; undefined for keys, which must say so themselves. */
export function ownerFor(caller: Caller): CartOwner | undefined {
  switch (caller.kind) {
    case 'member':
      return { kind: 'member', customerId: caller.customerId }
    case 'visitor':
      return { kind: 'visitor', visitorId: caller.visitorId }
    case 'guest':
      return { kind: 'guest', guestKey: caller.guestKey }
    case 'anonymous':
      return { kind: 'holder' }
    case 'key':
      return caller.actingFor === undefined ? undefined : { kind: 'member', customerId: caller.actingFor }
    case 'system':
      return undefined
    default:
      return unreachable(caller)
  }
}

/**
 * Whether `caller` may see or act on a placed order: its owner, the holder of its or its cart's secret, or a key that may.
 * One that was bought in the name of a registered customer, by somebody else, is for no stranger.
 */
export function mayReachOrder(
  caller: Caller,
  order: Pick<Order, 'owner' | 'cartId' | 'snapshot'> & Partial<Pick<Order, 'id'>>,
  permission: Permission,
): boolean {
  if (caller.kind === 'system') return true
  if (isOrderHidden(caller, order)) return false
  if (caller.heldCarts?.includes(order.cartId)) return true
  if (order.id !== undefined && caller.heldOrders?.includes(order.id)) return true
  if (caller.kind === 'key') return caller.permissions.includes(permission)
  const { owner } = order
  if (owner.kind === 'member') return caller.kind === 'member' && caller.customerId === owner.customerId
  if (owner.kind === 'guest') return caller.kind === 'guest' && caller.guestKey === owner.guestKey
  if (owner.kind === 'visitor') return caller.kind === 'visitor' && caller.visitorId === owner.visitorId
  return false
}

/** Whether `caller` may see or change this customer's data. */
export function mayReachCustomer(caller: Caller, customerId: string, permission: Permission): boolean {
  if (caller.kind === 'system') return true
  if (caller.kind === 'key') return caller.permissions.includes(permission)
  return caller.kind === 'member' && caller.customerId === customerId
}
