import { createSecretKey } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { CustomerId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** What a vault access token allows: to see and delete the stored cards of this customer, in this store. */
export interface VaultGrant {
  readonly storeHash: string
  readonly storeId: number
  readonly customerId: CustomerId
  /** The customer as paths name one. */
  readonly shopperId: number
}

const secretName = 'bigcommerce_vault_tokens'
const issuer = 'vault'
const validSeconds = 900
/** The platform's client goes on using a token for two minutes after the moment that it was told. */
const toldEarlierSeconds = 120

const claims = z.object({
  sub: z.string(),
  data: z.object({ store_hash: z.string(), store_id: z.int(), shopper_id: z.int() }),
})

async function key(operations: Operations) {
  return createSecretKey(Buffer.from(await operations.signingSecret(secretName), 'utf8'))
}

/**
 * A signed token as the platform's client sends it back, `VAT <token>`, good for a quarter of an hour, and until when the
 * client is told to use it, milliseconds since 1970.
 */
export async function writeVaultToken(
  { storeHash, storeId, customerId, shopperId }: VaultGrant,
  operations: Operations,
  now: Date = new Date(),
): Promise<{ readonly token: string; readonly expires_at: number }> {
  const seconds = Math.floor(now.getTime() / 1000)
  const data = { store_hash: storeHash, store_id: storeId, shopper_id: shopperId }
  const token = await new SignJWT({ data })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(customerId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + validSeconds)
    .sign(await key(operations))
  return { token: `VAT ${token}`, expires_at: (seconds + validSeconds - toldEarlierSeconds) * 1000 }
}

/** What `Authorization: VAT <token>` allows; undefined when it is expired, changed, or signed by somebody else. */
export async function readVaultToken(
  header: string,
  operations: Operations,
  now: Date = new Date(),
): Promise<VaultGrant | undefined> {
  const token = /^VAT\s+(\S+)$/.exec(header.trim())?.[1]
  if (token === undefined) return undefined
  try {
    const options = { algorithms: ['HS256'], issuer, requiredClaims: ['exp', 'sub'], currentDate: now }
    const { payload } = await jwtVerify(token, await key(operations), options)
    const parsed = claims.safeParse(payload)
    if (!parsed.success) return undefined
    const { sub, data } = parsed.data
    return { storeHash: data.store_hash, storeId: data.store_id, customerId: sub, shopperId: data.shopper_id }
  } catch {
    return undefined
  }
}
