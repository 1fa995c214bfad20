import { createSecretKey, randomUUID } from 'node:crypto'
import { decodeJwt, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'
import type { Customer } from '../../core/customers/customer.js'
import type { Operations } from '../../operations/operations.js'
import type { WireRequest } from '../dialect.js'
import { settingsOf } from './settings.js'
import { storefrontSettingsOf } from './storefront-settings.js'

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
  const granted = await verifiedClaims(token, channel)
  if (granted === undefined) return undefined
  const { storeHash, channelId } = settingsOf(channel)
  if (granted.store_hash !== storeHash || granted.channel_id !== channelId) return undefined
  if (granted.request_ip !== undefined && granted.request_ip !== wire.clientAddress) return undefined
  if (!(await isFirstUse(`${granted.iss}/${granted.jti}`, operations))) return undefined
  const app = { kind: 'key', keyId: granted.iss, permissions: ['customers:read'] } as const
  const customer = await operations.readCustomer(app, { integerId: granted.customer_id })
  return customer.ok ? { customer: customer.value, redirectTo: granted.redirect_to } : undefined
}

async function verifiedClaims(token: string, channel: Channel): Promise<z.output<typeof claims> | undefined> {
  try {
    const { iss } = decodeJwt(token)
    const app = storefrontSettingsOf(channel).loginApps.find(({ clientId }) => clientId === iss)
    if (app === undefined) return undefined
    const key = createSecretKey(Buffer.from(app.clientSecret, 'utf8'))
    const { payload } = await jwtVerify(token, key, {
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

/** Of several requests with one token only one gets true: each asks under the token's name with a body of its own. */
async function isFirstUse(name: string, operations: Operations): Promise<boolean> {
  const first = await operations.answerOnce(
    { key: `bigcommerce-login-token/${name}`, body: randomUUID() },
    async () => true,
  )
  return first.ok && first.value
}
