import { createSecretKey, timingSafeEqual } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { type Permission, permissionNames } from '../../core/access/caller.js'
import type { SignInProof } from '../../core/access/sign-out.js'
import type { CustomerId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'
import type { KeyRules, WireRequest } from '../dialect.js'
import { cookiesOf } from './cookies.js'

/** Who asks, by the credentials of a request. `wrong_key`: a key was sent that is none. */
export type Identity =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'shopper'; readonly customerId: CustomerId; readonly email: string }
  | {
      readonly kind: 'key'
      readonly keyId: string
      readonly permissions: readonly Permission[]
      /** Names of License Manager resources that the key holds. */
      readonly resources: readonly string[]
    }
  | { readonly kind: 'wrong_key' }

/** Name of the secret that signs shoppers' tokens and proofs of ownership. */
export const signingSecretName = 'vtex_tokens'

/** How long a log-in lasts, seconds. */
export const shopperTokenSeconds = 86_400

/** Header and cookie of a signed-in person; with `_<account>` behind it, a cookie only. */
export const shopperTokenName = 'VtexIdclientAutCookie'

const payloadSchema = z.object({
  sub: z.string(),
  userId: z.string(),
  account: z.string(),
  iat: z.number().default(0),
  /** Tokens of earlier versions of this program have none. */
  customerVersion: z.int().optional(),
})

/** A signed token of three parts whose payload clients decode for `sub` (e-mail), `userId`, `account` and `exp`. */
export async function writeShopperToken(
  shopper: {
    readonly customerId: CustomerId
    readonly email: string
    readonly account: string
    /** The customer's as of the log-in. */
    readonly customerVersion?: number
  },
  secret: string,
  now: Date = new Date(),
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const { account, customerId: userId, customerVersion } = shopper
  const version = customerVersion === undefined ? {} : { customerVersion }
  return new SignJWT({ account, audience: 'webstore', userId, ...version })
    .setProtectedHeader({ alg: 'HS256', typ: 'jwt' })
    .setSubject(shopper.email)
    .setIssuer('token-emitter')
    .setAudience('webstore')
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + shopperTokenSeconds)
    .sign(createSecretKey(Buffer.from(secret, 'utf8')))
}

/** Whose token it is; undefined when it is expired, changed, unsigned, or signed by somebody else. */
export async function readShopperToken(
  token: string,
  secret: string,
  now: Date = new Date(),
): Promise<(SignInProof & { readonly email: string }) | undefined> {
  try {
    const { payload } = await jwtVerify(token, createSecretKey(Buffer.from(secret, 'utf8')), {
      algorithms: ['HS256'],
      audience: 'webstore',
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    })
    const parsed = payloadSchema.safeParse(payload)
    if (!parsed.success) return undefined
    const { userId: customerId, sub: email, iat, customerVersion } = parsed.data
    const version = customerVersion === undefined ? {} : { customerVersion }
    return { customerId, email, issuedAt: iat * 1000, ...version }
  } catch {
    return undefined
  }
}

/** Whose good token it is, unless that customer was signed out everywhere since. */
export async function shopperOf(
  token: string,
  operations: Operations,
): Promise<Omit<Extract<Identity, { readonly kind: 'shopper' }>, 'kind'> | undefined> {
  const proof = await readShopperToken(token, await operations.signingSecret(signingSecretName))
  if (proof === undefined || !(await operations.isSignedIn(proof))) return undefined
  return { customerId: proof.customerId, email: proof.email }
}

/** The token of a signed-in person, wherever the request has one. */
export function shopperTokenOf(request: Pick<WireRequest, 'headers'>, account: string): string | undefined {
  const cookies = cookiesOf(request)
  const found = [
    request.headers[shopperTokenName.toLowerCase()],
    cookies[`${shopperTokenName}_${account}`],
    cookies[shopperTokenName],
  ]
  return found.find(token => token !== undefined && token.trim() !== '')?.trim()
}

/** Reads the credentials of a request. A key that is sent counts before a person; a stale person is nobody. */
export async function identify(
  request: Pick<WireRequest, 'headers'>,
  account: string,
  operations: Operations,
): Promise<Identity> {
  const appKey = request.headers['x-vtex-api-appkey']
  const appToken = request.headers['x-vtex-api-apptoken']
  if (appKey !== undefined || appToken !== undefined) {
    return (await readKey(appKey ?? '', appToken ?? '', operations)) ?? { kind: 'wrong_key' }
  }
  const token = shopperTokenOf(request, account)
  if (token === undefined) return { kind: 'anonymous' }
  if (!token.includes('.')) return (await readAppToken(token, operations)) ?? { kind: 'anonymous' }
  const shopper = await shopperOf(token, operations)
  return shopper === undefined ? { kind: 'anonymous' } : { kind: 'shopper', ...shopper }
}

type KeyIdentity = Extract<Identity, { readonly kind: 'key' }>
type Credential = NonNullable<Awaited<ReturnType<Operations['checkCredential']>>>

/** Pairs of an app key, which is the key's name, and its token; scopes are resources of the platform's License Manager. */
export const keyRules: KeyRules = {
  scopes: {
    known: [
      'Read Shopping Cart',
      'Shopping Cart Full Access',
      'Save OrderForm Configuration',
      'Orders Full Access',
      'Save Order Configuration',
    ],
    isNeeded: false,
  },
  data: ({ name, scopes }) => ({ appKey: name, scopes: [...scopes] }),
}

/** Whose key and token these are; undefined where they are none, or do not belong together. */
export async function readKey(
  appKey: string,
  appToken: string,
  operations: Operations,
): Promise<KeyIdentity | undefined> {
  const credential = await operations.checkCredential({ kind: 'api_key', secret: appToken })
  if (credential?.dialect !== 'vtex' || !isSame(String(credential.data.appKey ?? ''), appKey)) return undefined
  return keyOf(appKey, credential)
}

/** The key that such a token stands for (`apptoken/login`); undefined once it is over. */
export async function readAppToken(token: string, operations: Operations): Promise<KeyIdentity | undefined> {
  const credential = await operations.checkCredential({ kind: 'session', secret: token })
  return credential?.dialect === 'vtex' ? keyOf(credential.subject, credential) : undefined
}

function keyOf(appKey: string, credential: Credential): KeyIdentity {
  const { scopes } = credential.data
  return {
    kind: 'key',
    keyId: appKey,
    permissions: permissionNames.filter(name => credential.permissions.includes(name)),
    resources: Array.isArray(scopes) ? scopes.filter(scope => typeof scope === 'string') : [],
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
