import { createSecretKey, randomUUID } from 'node:crypto'
import { decodeJwt, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'
import type { Customer } from '../../core/customers/customer.js'
import type { Operations } from '../../operations/operations.js'
import type { WireRequest } from '../dialect.js'
import { settingsOf } from './settings.js'

/** How old a token may be, seconds. Source: dialects/bigcommerce.md 5.10. */
const lifetimeSeconds = 30

/** How far ahead an app's clock may be, seconds. Ours. */
const clockSkewSeconds = 5

const claims = z.object({
  iss: z.string(),
  iat: z.int(),
  jti: z.string().min(1).max(255),
  operation: z.literal('customer_login'),
  store_hash: z.string(),
  customer_id: z.int().min(1),
  channel_id: z.int().default(1),
  redirect_to: z.string().max(2_048).optional(),
  request_ip: z.string().optional(),
})

/** What is kept of an app that may sign customers in; HS256 needs the secret itself. Too short ones can be guessed. */
const appData = z.object({ clientId: z.string(), clientSecret: z.string().min(16), storeHash: z.string() })

/** What a log-in token grants. */
export interface LoginGrant {
  readonly customer: Customer
  /** Where the shopper goes next, as the app wrote it. */
  readonly redirectTo: string | undefined
}

/**
 * The customer whom an app signs in by a token (HS256 with the app's secret): valid for 30 seconds, once, for this store
 * and channel, and from one address where it names one. Undefined for any other token; nobody is told why.
 * Source: dialects/bigcommerce.md 3.10.
 */
export async function redeemLoginToken(
  token: string,
  request: { readonly wire: WireRequest; readonly channel: Channel },
  operations: Operations,
): Promise<LoginGrant | undefined> {
  const { wire, channel } = request
  const { storeHash, channelId } = settingsOf(channel)
  const granted = await verifiedClaims(token, storeHash, operations)
  if (granted === undefined) return undefined
  if (granted.store_hash !== storeHash || granted.channel_id !== channelId) return undefined
  if (granted.request_ip !== undefined && granted.request_ip !== wire.clientAddress) return undefined
  if (!(await isFirstUse(`${granted.iss}/${granted.jti}`, operations))) return undefined
  const app = { kind: 'key', keyId: granted.iss, permissions: ['customers:read'] } as const
  const customer = await operations.readCustomer(app, { integerId: granted.customer_id })
  return customer.ok ? { customer: customer.value, redirectTo: granted.redirect_to } : undefined
}

async function verifiedClaims(
  token: string,
  storeHash: string,
  operations: Operations,
): Promise<z.output<typeof claims> | undefined> {
  const secret = await readAppSecret(clientIdOf(token), storeHash, operations)
  if (secret === undefined) return undefined
  try {
    const { payload } = await jwtVerify(token, createSecretKey(Buffer.from(secret, 'utf8')), {
      algorithms: ['HS256'],
      maxTokenAge: lifetimeSeconds,
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['iss', 'iat', 'jti'],
    })
    return claims.safeParse(payload).data
  } catch {
    return undefined
  }
}

/** The app that a token says it is of; nothing about that is proven yet. */
function clientIdOf(token: string): string {
  try {
    return decodeJwt(token).iss ?? ''
  } catch {
    return ''
  }
}

/**
 * What an app of this store signs with. It stands with the store's keys, found by the app's client id, and not in the
 * settings: exports have neither keys nor customers.
 */
async function readAppSecret(clientId: string, storeHash: string, operations: Operations): Promise<string | undefined> {
  if (clientId === '') return undefined
  const credential = await operations.checkCredential({ kind: 'api_key', secret: clientId })
  if (credential?.dialect !== 'bigcommerce') return undefined
  const app = appData.safeParse(credential.data).data
  return app?.clientId === clientId && app.storeHash === storeHash ? app.clientSecret : undefined
}

/** Of several requests with one token only one gets true: each asks under the token's name with a body of its own. */
async function isFirstUse(name: string, operations: Operations): Promise<boolean> {
  const first = await operations.answerOnce(
    { key: `bigcommerce-login-token/${name}`, body: randomUUID() },
    async () => true,
  )
  return first.ok && first.value
}
