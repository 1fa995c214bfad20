import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Customer } from '../../core/customers/customer.js'
import type { CustomerId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** Who an access token stands for. */
export interface Identity {
  readonly customerId: CustomerId
  readonly reference: string
  readonly integerId: number
  /** The customer's as of the log-in; tokens of earlier versions of this program have none. */
  readonly customerVersion?: number
}

/** Name of the secret that signs this dialect's access tokens. */
export const signingSecretName = 'spryker_access_tokens'

/** `sub` is a text that holds JSON: clients decode the token and parse it. `customer_id` is ours. */
const subject = z.object({
  customer_reference: z.string(),
  id_customer: z.int(),
  customer_id: z.string(),
})

const keys = new Map<string, KeyObject>()

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = createSecretKey(Buffer.from(secret, 'utf8'))
  keys.set(secret, key)
  return key
}

/** Identity of a customer, as tokens carry it. */
export function identityOf(customer: Customer): Identity {
  const { id: customerId, reference, integerId, version: customerVersion } = customer
  return { customerId, reference, integerId, customerVersion }
}

/**
 * A signed access token, valid for `ttlSeconds` from `now`.
 * Source of the payload: what two public clients read from it.
 */
export async function writeAccessToken(
  identity: Identity,
  secret: string,
  ttlSeconds: number,
  now: Date = new Date(),
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const sub = JSON.stringify({
    customer_reference: identity.reference,
    id_customer: identity.integerId,
    id_company_user: null,
    permissions: null,
    id_agent: null,
    customer_id: identity.customerId,
  })
  const { customerVersion } = identity
  return new SignJWT({
    scopes: ['customer'],
    ...(customerVersion === undefined ? {} : { customer_version: customerVersion }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setAudience('frontend')
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + ttlSeconds)
    .sign(keyOf(secret))
}

/** What a good token says: whom it stands for, and since when, milliseconds since 1970. */
export interface ReadToken {
  readonly identity: Identity
  readonly issuedAt: number
}

/** What a token says; undefined when it is expired, changed, unsigned, or signed by somebody else. */
export async function readAccessToken(
  token: string,
  secret: string,
  now: Date = new Date(),
): Promise<ReadToken | undefined> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ['HS256'],
      audience: 'frontend',
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    })
    const parsed = subject.safeParse(JSON.parse(payload.sub ?? ''))
    const version = z.int().optional().safeParse(payload.customer_version)
    if (!parsed.success || !version.success) return undefined
    const { customer_id, customer_reference, id_customer } = parsed.data
    const identity = {
      customerId: customer_id,
      reference: customer_reference,
      integerId: id_customer,
      ...(version.data === undefined ? {} : { customerVersion: version.data }),
    }
    return { identity, issuedAt: (payload.iat ?? 0) * 1000 }
  } catch {
    return undefined
  }
}

/**
 * Identity behind `Authorization: Bearer <token>`; undefined when the header is not of that form, the token bad, or its customer
 * signed out everywhere since.
 */
export async function readAuthorization(header: string, operations: Operations): Promise<Identity | undefined> {
  const [scheme, token, ...rest] = header.trim().split(/\s+/)
  if (scheme === undefined || token === undefined || rest.length > 0) return undefined
  const read = await readAccessToken(token, await operations.signingSecret(signingSecretName))
  if (read === undefined) return undefined
  const { identity, issuedAt } = read
  return (await operations.isSignedIn({ ...identity, issuedAt })) ? identity : undefined
}
