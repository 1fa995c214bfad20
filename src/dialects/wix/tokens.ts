import { createHash, createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Permission } from '../../core/access/caller.js'
import { permissionNames } from '../../core/access/caller.js'
import type { Customer } from '../../core/customers/customer.js'
import type { Operations } from '../../operations/operations.js'
import { readScopes, type WixScope } from './scopes.js'

/** Name of the secret that signs this dialect's tokens. */
export const signingSecretName = 'wix_tokens'

/** How long an access token is good for, seconds. Source: dialects/wix.md 2.2. */
export const accessTokenSeconds = 14_400

/** How long a visitor stays the same visitor without coming back, seconds; ours. Carts are kept no longer. */
export const visitorRefreshSeconds = 365 * 86_400

/** How long a member stays logged in without coming back, seconds; ours. */
export const memberRefreshSeconds = 30 * 86_400

/** Who a token stands for. */
export type TokenHolder =
  | { readonly kind: 'visitor'; readonly id: string }
  /** `version`: the customer's as of the log-in; tokens of earlier versions of this program have none. */
  | { readonly kind: 'member'; readonly id: string; readonly version?: number }
  | {
      readonly kind: 'app'
      /** The app's id. */
      readonly id: string
      readonly permissions: readonly Permission[]
      readonly scopes: readonly WixScope[]
    }

/** Who logged in. */
export type MemberHolder = Extract<TokenHolder, { readonly kind: 'member' }>

/** Tokens as the token endpoint answers them. */
export interface TokenSet {
  readonly accessToken: string
  /** Apps get none: they ask again with their secret. */
  readonly refreshToken?: string
  /** Seconds. */
  readonly expiresIn: number
}

/** What a token says besides when it ends. `site`: tokens of one site are worth nothing at another. */
interface TokenTerms {
  readonly use: 'access' | 'refresh'
  readonly site: string
  readonly ttlSeconds: number
}

const payloadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), sub: z.string().min(1) }),
  z.object({ kind: z.literal('member'), sub: z.string().min(1), version: z.int().optional() }),
  z.object({
    kind: z.literal('app'),
    sub: z.string().min(1),
    permissions: z.array(z.enum(permissionNames)),
    scopes: z.array(z.string()),
  }),
])

/** What access and refresh tokens begin with. Source: dialects/wix.md 2.2. */
const prefixes = { access: 'OauthNG.JWS.', refresh: 'JWS.' } as const

const keys = new Map<string, KeyObject>()

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = createSecretKey(Buffer.from(secret, 'utf8'))
  keys.set(secret, key)
  return key
}

/** Whether a credential has the form of an access token; else it can only be an API key. */
export function looksLikeAccessToken(text: string): boolean {
  return text.startsWith(prefixes.access)
}

/** A signed token for `holder`, good for `terms.ttlSeconds` from `now`. */
export async function writeToken(
  holder: TokenHolder,
  terms: TokenTerms,
  secret: string,
  now: Date = new Date(),
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const { id, ...claims } = holder
  const signed = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(id)
    .setAudience(audienceOf(terms))
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + terms.ttlSeconds)
    .sign(keyOf(secret))
  return prefixes[terms.use] + signed
}

/** A good token: who it stands for, and from when to when, in seconds since 1970. */
export interface ReadToken {
  readonly holder: TokenHolder
  readonly issuedAt: number
  readonly expiresAt: number
}

/** Who a token stands for; undefined when it is expired, changed, of another use or site, or signed by somebody else. */
export async function readToken(
  text: string,
  terms: Pick<TokenTerms, 'use' | 'site'>,
  secret: string,
  now: Date = new Date(),
): Promise<ReadToken | undefined> {
  const prefix = prefixes[terms.use]
  if (!text.startsWith(prefix)) return undefined
  try {
    const { payload } = await jwtVerify(text.slice(prefix.length), keyOf(secret), {
      algorithms: ['HS256'],
      audience: audienceOf(terms),
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    })
    const parsed = payloadSchema.safeParse(payload)
    if (!parsed.success) return undefined
    const { data } = parsed
    return { holder: holderIn(data), issuedAt: payload.iat ?? 0, expiresAt: payload.exp ?? 0 }
  } catch {
    return undefined
  }
}

function holderIn(data: z.output<typeof payloadSchema>): TokenHolder {
  switch (data.kind) {
    case 'visitor':
      return { kind: 'visitor', id: data.sub }
    case 'member':
      return memberHolder(data.sub, data.version)
    case 'app':
      return { kind: 'app', id: data.sub, permissions: data.permissions, scopes: readScopes(data.scopes) }
  }
}

/** A customer who just proved who they are, or whom a backend knows. */
export function holderOf({ id, version }: Pick<Customer, 'id' | 'version'>): MemberHolder {
  return { kind: 'member', id, version }
}

/** A member as tokens name one; without a version, of whom nobody told it. */
export function memberHolder(id: string, version: number | undefined): MemberHolder {
  return { kind: 'member', id, ...(version === undefined ? {} : { version }) }
}

function audienceOf({ use, site }: Pick<TokenTerms, 'use' | 'site'>): string {
  return `wix:${use}:${site}`
}

/** What an access token says at `site`; undefined also for a member who was signed out everywhere since. */
export async function readAccessToken(
  text: string,
  site: string,
  operations: Operations,
): Promise<ReadToken | undefined> {
  const read = await readToken(text, { use: 'access', site }, await operations.signingSecret(signingSecretName))
  if (read?.holder.kind !== 'member') return read
  const { id: customerId, version: customerVersion } = read.holder
  const known = customerVersion === undefined ? {} : { customerVersion }
  const isSignedIn = await operations.isSignedIn({ customerId, ...known, issuedAt: read.issuedAt * 1000 })
  return isSignedIn ? read : undefined
}

/**
 * Tokens for somebody who just proved who they are. A visitor's refresh token is signed, not stored: anybody may ask for
 * one. A member's is a credential, so that it can be called back.
 */
export async function issueTokens(holder: TokenHolder, site: string, operations: Operations): Promise<TokenSet> {
  const refreshToken = await issueRefreshToken(holder, site, operations)
  return {
    ...(await issueAccessToken(holder, site, operations)),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

/** A new access token alone: what a refresh gives, since clients keep the refresh token that they have. */
export async function issueAccessToken(holder: TokenHolder, site: string, operations: Operations): Promise<TokenSet> {
  const secret = await operations.signingSecret(signingSecretName)
  const terms = { use: 'access', site, ttlSeconds: accessTokenSeconds } as const
  return { accessToken: await writeToken(holder, terms, secret), expiresIn: accessTokenSeconds }
}

async function issueRefreshToken(
  holder: TokenHolder,
  site: string,
  operations: Operations,
): Promise<string | undefined> {
  switch (holder.kind) {
    case 'visitor': {
      const secret = await operations.signingSecret(signingSecretName)
      return writeToken(holder, { use: 'refresh', site, ttlSeconds: visitorRefreshSeconds }, secret)
    }
    case 'member': {
      const credential = await operations.issueCredential({
        kind: 'refresh_token',
        subject: holder.id,
        dialect: 'wix',
        data: { site, ...versionOf(holder) },
        ttlSeconds: memberRefreshSeconds,
      })
      return prefixes.refresh + credential
    }
    case 'app':
      return undefined
  }
}

/** Who a refresh token stands for at `site`; undefined when it is bad, expired, called back or of another kind. */
export async function readRefreshToken(
  text: string,
  site: string,
  operations: Operations,
): Promise<TokenHolder | undefined> {
  if (!text.startsWith(prefixes.refresh)) return undefined
  const secret = await operations.signingSecret(signingSecretName)
  const signed = await readToken(text, { use: 'refresh', site }, secret)
  if (signed !== undefined) return signed.holder.kind === 'visitor' ? signed.holder : undefined
  const credential = await operations.checkCredential({
    kind: 'refresh_token',
    secret: text.slice(prefixes.refresh.length),
  })
  if (credential?.dialect !== 'wix' || credential.data.site !== site) return undefined
  return memberHolder(credential.subject, readVersion(credential.data))
}

/** What stored proofs of a log-in remember of the customer's version. */
export function versionOf({ version }: { readonly version?: number }): { readonly customerVersion?: number } {
  return version === undefined ? {} : { customerVersion: version }
}

/** The same, read back. */
export function readVersion(data: Readonly<Record<string, unknown>>): number | undefined {
  return z.int().optional().catch(undefined).parse(data.customerVersion)
}

/** A name-based UUID: the wire shows ids of keys and apps as such, whatever they are called here. */
export function guidOf(name: string): string {
  const lower = name.toLowerCase()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower)) return lower
  const hex = createHash('sha1').update(name).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`
}
