import { z } from 'zod'
import type { Instant } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'
import { readSignedToken, signToken } from './signed-token.js'

/** What a payments access token allows: to pay this order, this much. Source: dialects/bigcommerce.md 3.6.2. */
export interface PaymentGrant {
  readonly storeHash: string
  readonly orderId: number
  /** Minor units. */
  readonly amount: number
  readonly currency: string
}

const kind = {
  secretName: 'bigcommerce_payment_tokens',
  issuer: 'payments.bigcommerce.com',
  validSeconds: 3_600,
  data: z.object({ order_id: z.int(), amount: z.int(), currency: z.string() }),
} as const

/** A signed token, valid for an hour. */
export async function writePaymentToken(
  { storeHash, storeId, orderId, amount, currency }: PaymentGrant & { readonly storeId: number },
  operations: Operations,
  now?: Date,
): Promise<string> {
  const data = { store_id: storeId.toString(), order_id: orderId, amount, currency }
  return (await signToken(kind, { subject: storeHash, data }, operations, now)).token
}

/** What `Authorization: PAT <token>` allows; undefined when it is expired, changed, or signed by somebody else. */
export async function readPaymentToken(
  header: string,
  operations: Operations,
  now?: Instant,
): Promise<PaymentGrant | undefined> {
  const [scheme, token, ...rest] = header.trim().split(/\s+/)
  if (scheme !== 'PAT' || token === undefined || rest.length > 0) return undefined
  const said = await readSignedToken(kind, token, operations, now === undefined ? undefined : new Date(now))
  if (said === undefined) return undefined
  const { order_id: orderId, amount, currency } = said.data
  return { storeHash: said.subject, orderId, amount, currency }
}
