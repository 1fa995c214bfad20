import { createSecretKey, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Instant } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** What a payments access token allows: to pay this order, this much. Source: dialects/bigcommerce.md 3.6.2. */
export interface PaymentGrant {
  readonly storeHash: string
  readonly orderId: number
  /** Minor units. */
  readonly amount: number
  readonly currency: string
}

const secretName = 'bigcommerce_payment_tokens'
const issuer = 'payments.bigcommerce.com'
const validSeconds = 3_600

const claims = z.object({
  sub: z.string(),
  data: z.object({ order_id: z.int(), amount: z.int(), currency: z.string() }),
})

async function key(operations: Operations) {
  return createSecretKey(Buffer.from(await operations.signingSecret(secretName), 'utf8'))
}

/** A signed token, valid for an hour. */
export async function writePaymentToken(
  grant: PaymentGrant & { readonly storeId: number },
  operations: Operations,
  now: Date = new Date(),
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const { storeId, orderId, amount, currency } = grant
  const data = { store_id: storeId.toString(), order_id: orderId, amount, currency }
  return new SignJWT({ data })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(grant.storeHash)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + validSeconds)
    .sign(await key(operations))
}

/** What `Authorization: PAT <token>` allows; undefined when it is expired, changed, or signed by somebody else. */
export async function readPaymentToken(
  header: string,
  operations: Operations,
  now?: Instant,
): Promise<PaymentGrant | undefined> {
  const [scheme, token, ...rest] = header.trim().split(/\s+/)
  if (scheme !== 'PAT' || token === undefined || rest.length > 0) return undefined
  try {
    const { payload } = await jwtVerify(token, await key(operations), {
      algorithms: ['HS256'],
      issuer,
      requiredClaims: ['exp', 'sub'],
      ...(now === undefined ? {} : { currentDate: new Date(now) }),
    })
    const parsed = claims.safeParse(payload)
    if (!parsed.success) return undefined
    const { sub, data } = parsed.data
    return { storeHash: sub, orderId: data.order_id, amount: data.amount, currency: data.currency }
  } catch {
    return undefined
  }
}
