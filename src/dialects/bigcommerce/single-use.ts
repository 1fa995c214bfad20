import type { CartId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** What a token in an address lets its holder do, once. */
export type TokenPurpose = 'redirect' | 'confirmation'

/** How long a link into the storefront may be used, seconds: 30 days. Source: dialects/bigcommerce.md 3.1. */
export const redirectSeconds = 30 * 24 * 3_600

/** A new token for a cart: 64 hexadecimal digits, which stand for the 32 characters of the stored secret. */
export async function issueToken(
  operations: Operations,
  purpose: TokenPurpose,
  cartId: CartId,
  ttlSeconds: number,
): Promise<string> {
  const data = { purpose, cartId }
  const secret = await operations.issueCredential({
    kind: 'single_use',
    subject: cartId,
    dialect: 'bigcommerce',
    data,
    ttlSeconds,
  })
  return Buffer.from(secret, 'latin1').toString('hex')
}

/** The cart that a token was made for; it is used up by that. Undefined for another purpose, or a token that is none. */
export async function takeToken(
  operations: Operations,
  purpose: TokenPurpose,
  token: string,
): Promise<CartId | undefined> {
  if (!/^[0-9a-f]{64}$/.test(token)) return undefined
  const secret = Buffer.from(token, 'hex').toString('latin1')
  const credential = await operations.takeCredential({ kind: 'single_use', secret })
  if (credential?.dialect !== 'bigcommerce' || credential.data.purpose !== purpose) return undefined
  return credential.subject
}
