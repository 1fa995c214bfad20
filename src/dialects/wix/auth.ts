import type { Caller, Permission } from '../../core/access/caller.js'
import { permissionNames } from '../../core/access/caller.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { KeyRules, WireRequest } from '../dialect.js'
import { permissionsAt, readScopes, scopesCoveredBy, type WixScope, wixScopes } from './scopes.js'
import { guidOf, looksLikeAccessToken, readAccessToken, type TokenHolder } from './tokens.js'

/** Who asks, by the platform's four kinds. `id` is what the wire shows. */
export type WixIdentity =
  | { readonly kind: 'visitor'; readonly id: string }
  | { readonly kind: 'member'; readonly id: string }
  /** The site's owner or staff, by API key; or an app of theirs. */
  | {
      readonly kind: 'user' | 'app'
      readonly id: string
      readonly keyId: string
      readonly permissions: readonly Permission[]
      readonly scopes: readonly WixScope[]
    }

/** `unauthenticated`: no, or a bad credential; `wrong_site`: a good key, but of another site. */
export type AuthFault = 'unauthenticated' | 'wrong_site'

/** Everybody whom the `Authorization` header names: one credential, or several joined by commas. */
export async function readIdentities(
  wire: Pick<WireRequest, 'headers'>,
  site: string,
  operations: Operations,
): Promise<Result<readonly WixIdentity[], AuthFault>> {
  const parts = credentialsOf(wire.headers.authorization)
  if (parts.length === 0 || parts.length > 3) return refuse('unauthenticated')
  const named = wire.headers['wix-site-id']?.trim().toLowerCase()
  const identities: WixIdentity[] = []
  for (const part of parts) {
    const read = looksLikeAccessToken(part)
      ? await readHolder(part, site, operations)
      : await readKey(part, site, named === '' ? undefined : named, operations)
    if (!read.ok) return read
    identities.push(read.value)
  }
  return ok(identities)
}

/** Who acts: of several credentials the one that may most, a key or an app before a person. */
export async function readIdentity(
  wire: Pick<WireRequest, 'headers'>,
  site: string,
  operations: Operations,
): Promise<Result<WixIdentity, AuthFault>> {
  const read = await readIdentities(wire, site, operations)
  if (!read.ok) return read
  const acting = read.value.find(isPrivileged) ?? read.value[0]
  return acting === undefined ? refuse('unauthenticated') : ok(acting)
}

/** Whether this is a backend, whose permissions are looked at, rather than a shopper. */
export function isPrivileged(
  identity: WixIdentity,
): identity is Extract<WixIdentity, { readonly kind: 'user' | 'app' }> {
  return identity.kind === 'user' || identity.kind === 'app'
}

/**
 * The identity as the core knows it, at an endpoint that asks keys for `scopes`. Shoppers have no permissions: what is
 * theirs is theirs.
 */
export function callerOf(identity: WixIdentity, scopes: readonly WixScope[]): Caller {
  switch (identity.kind) {
    case 'visitor':
      return { kind: 'visitor', visitorId: identity.id }
    case 'member':
      return { kind: 'member', customerId: identity.id }
    case 'user':
    case 'app':
      return { kind: 'key', keyId: identity.keyId, permissions: permissionsAt(scopes, identity) }
  }
}

/** The identity as objects name their maker: `createdBy`. */
export function actorOf(identity: WixIdentity): Readonly<Record<string, string>> {
  return { [`${identity.kind}Id`]: identity.id }
}

/** Split at commas; the scheme `Bearer` is optional. */
function credentialsOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map(part => part.trim().replace(/^bearer\s+/i, ''))
    .filter(part => part !== '')
}

async function readHolder(
  token: string,
  site: string,
  operations: Operations,
): Promise<Result<WixIdentity, AuthFault>> {
  const read = await readAccessToken(token, site, operations)
  return read === undefined ? refuse('unauthenticated') : ok(identityOf(read.holder))
}

function identityOf(holder: TokenHolder): WixIdentity {
  if (holder.kind === 'app') return { ...holder, id: guidOf(holder.id), keyId: holder.id }
  return { kind: holder.kind, id: holder.id }
}

/** API keys of a site's owner; without ids of its own a key has those that its permissions cover. */
export const keyRules: KeyRules = {
  store: { meaning: 'siteId of the channel', isNeeded: false },
  scopes: { known: wixScopes, isNeeded: false },
  data: ({ store, scopes }) => ({
    ...(store === undefined ? {} : { siteId: store.toLowerCase() }),
    ...(scopes.length === 0 ? {} : { scopes: [...scopes] }),
  }),
}

/** A client id and an app's secret are stored as keys are, but are none. */
async function readKey(
  secret: string,
  site: string,
  named: string | undefined,
  operations: Operations,
): Promise<Result<WixIdentity, AuthFault>> {
  const credential = await operations.checkCredential({ kind: 'api_key', secret })
  if (credential?.dialect !== 'wix') return refuse('unauthenticated')
  const { data, subject } = credential
  if (data.clientId !== undefined || data.appId !== undefined) return refuse('unauthenticated')
  const home = typeof data.siteId === 'string' ? data.siteId.toLowerCase() : site
  if (home !== site || (named !== undefined && named !== site)) return refuse('wrong_site')
  return ok({ kind: 'user', id: guidOf(subject), keyId: subject, ...grantsOf(credential) })
}

/** What a stored key or app may do, in core's words and in the platform's. */
export function grantsOf(credential: {
  readonly permissions: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}): { readonly permissions: readonly Permission[]; readonly scopes: readonly WixScope[] } {
  const permissions = permissionNames.filter(name => credential.permissions.includes(name))
  const { scopes } = credential.data
  return {
    permissions,
    scopes: Array.isArray(scopes) ? readScopes(scopes.map(String)) : scopesCoveredBy(permissions),
  }
}
