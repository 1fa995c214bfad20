import { z } from 'zod'
import type { CustomerId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'
import { readSignedToken, signToken } from './signed-token.js'

/** What a vault access token allows: to see and delete the stored cards of this customer, in this store. */
export interface VaultGrant {
  readonly storeHash: string
  readonly storeId: number
  readonly customerId: CustomerId
  /** The customer's as of then. */
  readonly customerVersion: number
  /** The customer as paths name one. */
  readonly shopperId: number
}

const kind = {
  secretName: 'bigcommerce_vault_tokens',
  issuer: 'vault',
  validSeconds: 900,
  data: z.object({
    store_hash: z.string(),
    store_id: z.int(),
    shopper_id: z.int(),
    /** Tokens of earlier versions of this program have none, and end with any sign-out of the last days. */
    customer_version: z.int().default(0),
  }),
} as const

/** The platform's client goes on using a token for two minutes after the moment that it was told. */
const toldEarlierSeconds = 120

/**
 * A signed token as the platform's client sends it back, `VAT <token>`, good for a quarter of an hour, and until when the
 * client is told to use it, milliseconds since 1970.
 */
export async function writeVaultToken(
  { storeHash, storeId, customerId, customerVersion, shopperId }: VaultGrant,
  operations: Operations,
  now?: Date,
): Promise<{ readonly token: string; readonly expires_at: number }> {
  const data = {
    ...{ store_hash: storeHash, store_id: storeId, shopper_id: shopperId },
    customer_version: customerVersion,
  }
  const { token, expiresAt } = await signToken(kind, { subject: customerId, data }, operations, now)
  return { token: `VAT ${token}`, expires_at: (expiresAt - toldEarlierSeconds) * 1000 }
}

/**
 * What `Authorization: VAT <token>` allows; undefined when it is expired, changed, or signed by somebody else, or its customer was
 * signed out everywhere since.
 */
export async function readVaultToken(
  header: string,
  operations: Operations,
  now?: Date,
): Promise<VaultGrant | undefined> {
  const token = /^VAT\s+(\S+)$/.exec(header.trim())?.[1]
  const said = token === undefined ? undefined : await readSignedToken(kind, token, operations, now)
  if (said === undefined) return undefined
  const {
    store_hash: storeHash,
    store_id: storeId,
    shopper_id: shopperId,
    customer_version: customerVersion,
  } = said.data
  const grant = { storeHash, storeId, customerId: said.subject, customerVersion, shopperId }
  return (await operations.isSignedIn({ ...grant, issuedAt: 0 })) ? grant : undefined
}
