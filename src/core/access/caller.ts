import type { CartId, CustomerId } from '../ids.js'

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

/**
 * Who is asking. A dialect makes one from the request's credentials; `access/permissions.ts` decides what it may do.
 * `heldCarts` are carts whose secret (id cookie, order token) the request presented.
 */
export type Caller =
  | { readonly kind: 'member'; readonly customerId: CustomerId; readonly heldCarts?: readonly CartId[] }
  /** Anonymous, with an identity that we issued. */
  | { readonly kind: 'visitor'; readonly visitorId: string; readonly heldCarts?: readonly CartId[] }
  /** Anonymous, with a key that the client chose itself. */
  | { readonly kind: 'guest'; readonly guestKey: string; readonly heldCarts?: readonly CartId[] }
  /** No identity at all: may only reach what it holds the secret of. */
  | { readonly kind: 'anonymous'; readonly heldCarts?: readonly CartId[] }
  /** A backend: user, app or API key with named permissions. */
  | {
      readonly kind: 'key'
      readonly keyId: string
      readonly permissions: readonly Permission[]
      /** The customer that the backend acts for, where the dialect has such a header. */
      readonly actingFor?: CustomerId
      readonly heldCarts?: readonly CartId[]
    }
  /** The process itself: recovery job, command line. */
  | { readonly kind: 'system' }

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
