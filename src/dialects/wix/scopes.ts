import type { Permission } from '../../core/access/caller.js'

/** What each permission id of the platform lets a key or an app do here. Source: dialects/wix.md 1.1, 1.2, 2.4. */
const permissionsByScope = {
  'ECOM.READ_CHECKOUTS': ['carts:read'],
  'ECOM.MODIFY_CHECKOUTS': ['carts:read', 'carts:write'],
  'ECOM.ADMIN_MODIFY_CHECKOUTS': ['carts:read', 'carts:write', 'carts:admin'],
  'ECOM.CREATE_ORDER_FROM_CHECKOUT': ['carts:read', 'carts:write', 'orders:place'],
  'ECOM.READ_CARTS': ['carts:read'],
  'ECOM.MODIFY_CARTS': ['carts:read', 'carts:write'],
  'ECOM.ADMIN_MODIFY_CARTS': ['carts:read', 'carts:write', 'carts:admin'],
  'ECOM.CREATE_CHECKOUT_FROM_CART': ['carts:read', 'carts:write'],
  'ECOM.CALCULATE_TOTALS': ['carts:read', 'carts:write'],
  'ECOM.ADMIN_CALCULATE_TOTALS': ['carts:read', 'carts:write', 'carts:admin', 'customers:read'],
  'ECOM.READ_ORDERS': ['orders:read'],
  'ECOM.MODIFY_ORDERS': ['orders:read', 'orders:write'],
  'ECOM.READ_TRANSACTIONS': ['orders:read', 'payments:read'],
  'ECOM.MODIFY_TRANSACTIONS': ['orders:read', 'payments:read', 'payments:write'],
  'ECOM.GIFT_CARD_READ': ['payments:read'],
  'ECOM.GIFT_CARD_REDEEM': ['payments:write'],
  'ECOM.GIFT_CARD_TRANSACTION_VOID': ['payments:write'],
  'IAM.AUTHENTICAITON_SIGN_ON': ['customers:read', 'customers:write'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>

/** A permission id of the platform, as it stands in keys and tokens. */
export type WixScope = keyof typeof permissionsByScope

/** Every permission id that means something here. */
export const wixScopes = Object.keys(permissionsByScope) as readonly WixScope[]

/** Those permission ids among `texts` that mean something here. */
export function readScopes(texts: readonly string[]): readonly WixScope[] {
  return wixScopes.filter(scope => texts.includes(scope))
}

/** What a key without permission ids of its own may do: every id that its permissions cover. */
export function scopesCoveredBy(permissions: readonly Permission[]): readonly WixScope[] {
  return wixScopes.filter(scope => permissionsByScope[scope].every(permission => permissions.includes(permission)))
}

/**
 * Permissions that count at one endpoint: of each id that the endpoint asks for and the key holds, what the key's own
 * permissions allow. A key with the cart ids alone thus has none at a checkout.
 */
export function permissionsAt(
  asked: readonly WixScope[],
  held: { readonly scopes: readonly WixScope[]; readonly permissions: readonly Permission[] },
): readonly Permission[] {
  const granted = asked
    .filter(scope => held.scopes.includes(scope))
    .flatMap((scope): readonly Permission[] => permissionsByScope[scope])
  return held.permissions.filter(permission => granted.includes(permission))
}
