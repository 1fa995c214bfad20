import type { CartId, CustomerId, OrderId } from '../ids.js'

/** What a key or an app may do. `carts:admin`: manual prices, custom items, overrides. Dialects translate their own names. */
export const permissionNames = [
  'carts:read',
  'carts:write',
  'carts:admin',
  'orders:read',
  'orders:write',
  'orders:place',
  'payments:read',
  'payments:write',
  'customers:read',
  'customers:write',
  'catalog:read',
  'catalog:write',
  'settings:read',
  'settings:write',
] as const

export type Permission = (typeof permissionNames)[number]

/** What a request proves beyond who is asking. */
interface Held {
  /** Carts whose secret (id cookie, order token) it presented. */
  readonly heldCarts?: readonly CartId[]
  /** Orders whose own secret it presented, and none of the same cart besides. */
  readonly heldOrders?: readonly OrderId[]
  /** Who answers this caller shows people only masked to strangers, so that their data may be read; see `isPersonHidden`. */
  readonly seesMasked?: true
}

/**
 * Who is asking. A dialect makes one from the request's credentials; `access/permissions.ts` decides what it may do.
 */
export type Caller = Held &
  (
    | { readonly kind: 'member'; readonly customerId: CustomerId }
    /** Anonymous, with an identity that we issued. */
    | { readonly kind: 'visitor'; readonly visitorId: string }
    /** Anonymous, with a key that the client chose itself. */
    | { readonly kind: 'guest'; readonly guestKey: string }
    /** No identity at all: may only reach what it holds the secret of. */
    | { readonly kind: 'anonymous' }
    /** A backend: user, app or API key with named permissions. */
    | {
        readonly kind: 'key'
        readonly keyId: string
        readonly permissions: readonly Permission[]
        /** The customer that the backend acts for, where the dialect has such a header. */
        readonly actingFor?: CustomerId
      }
    /** The process itself: recovery job, command line. */
    | { readonly kind: 'system' }
  )

/**
 * Whose a cart is. `open`: the first member or visitor that touches it becomes the owner; `privileged`: only keys
 * reach it; `holder`: whoever presents its id or token (a capability).
 */
export type CartOwner =
  | { readonly kind: 'member'; readonly customerId: CustomerId }
  | { readonly kind: 'visitor'; readonly visitorId: string }
  | { readonly kind: 'guest'; readonly guestKey: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'privileged' }
  | { readonly kind: 'holder' }
