import type { CartId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** What a token in an address lets its holder do. A `redirect` is good once, a `confirmation` as often as was asked for. */
export type TokenPurpose = 'redirect' | 'confirmation'

/** How long a link into the storefront may be used, seconds: 30 days. Source: dialects/bigcommerce.md 3.1. */
export const redirectSeconds = 30 * 24 * 3_600

/** A new token for a cart: 64 hexadecimal digits, which stand for the 32 characters of the stored secret. */
export async function issueToken(
  operations: Operations,
  purpose: TokenPurpose,
  cartId: CartId,
  ttlSeconds: number,
  more: { readonly maxUses?: number } = {},
): Promise<string> {
  const data = { purpose, cartId, ...more }
  const secret = await operations.issueCredential({
    kind: 'single_use',
    subject: cartId,
    dialect: 'bigcommerce',
    data,
    ttlSeconds,
  })
  return Buffer.from(secret, 'latin1').toString('hex')
}

const token = /^[0-9a-f]{64}$/

/** The cart that a token was made for; it is used up by that. Undefined for another purpose, or a token that is none. */
export async function takeToken(
  operations: Operations,
  purpose: TokenPurpose,
  text: string,
): Promise<CartId | undefined> {
  if (!token.test(text)) return undefined
  const credential = await operations.takeCredential({ kind: 'single_use', secret: secretOf(text) })
  if (credential?.dialect !== 'bigcommerce' || credential.data.purpose !== purpose) return undefined
  return credential.subject
}

/** A token that shows the order of a checkout. */
export interface ConfirmationToken {
  readonly cartId: CartId
  /** Counts one use; false where others had them all meanwhile. */
  use(): Promise<boolean>
}

/** Looks at a token that shows an order, and uses nothing of it; undefined for a text that is none. */
export async function readConfirmationToken(
  operations: Operations,
  text: string,
): Promise<ConfirmationToken | undefined> {
  if (!token.test(text)) return undefined
  const secret = secretOf(text)
  const credential = await operations.checkCredential({ kind: 'single_use', secret })
  if (credential?.dialect !== 'bigcommerce' || credential.data.purpose !== 'confirmation') return undefined
  const { maxUses } = credential.data
  const atMost = typeof maxUses === 'number' ? maxUses : 1
  return { cartId: credential.subject, use: () => operations.countUse({ secret, atMost }) }
}

/** The secret that 64 hexadecimal digits stand for. */
function secretOf(text: string): string {
  return Buffer.from(text, 'hex').toString('latin1')
}
