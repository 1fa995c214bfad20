import type { CustomerId } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'

/** Parameter of the address of a frame that says who was signed in for it, where cookies do not get there. */
const parameter = 'identity'

/** How long a frame may take to be opened, seconds. Ours. */
const identitySeconds = 300

/**
 * The address of a frame with a token for it that stands for the customer: good once, for a link that binds a cart and for
 * nothing else. Any other address stays as it is.
 */
export async function withIdentity(operations: Operations, target: string, customerId: CustomerId): Promise<string> {
  const url = new URL(target)
  if (!url.pathname.endsWith('/cart.php') || url.searchParams.get('embedded') !== '1') return target
  const secret = await operations.issueCredential({
    kind: 'single_use',
    subject: customerId,
    dialect: 'bigcommerce',
    data: { purpose: 'embedding' },
    ttlSeconds: identitySeconds,
  })
  url.searchParams.set(parameter, Buffer.from(secret, 'latin1').toString('hex'))
  return url.href
}

/** The customer for whom a frame was opened; the token is used up by that. */
export async function takeIdentity(operations: Operations, query: URLSearchParams): Promise<CustomerId | undefined> {
  const token = query.get(parameter) ?? ''
  if (!/^[0-9a-f]{64}$/.test(token)) return undefined
  const secret = Buffer.from(token, 'hex').toString('latin1')
  const credential = await operations.takeCredential({ kind: 'single_use', secret })
  if (credential?.dialect !== 'bigcommerce' || credential.data.purpose !== 'embedding') return undefined
  return credential.subject
}
