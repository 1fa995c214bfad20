import type { CartId, CustomerId } from '../core/ids.js'
import { issueCheckoutPass } from './checkout-pass.js'
import type { Deps } from './deps.js'

/** Which cart a link leads to, and for how long. */
export interface CheckoutLink {
  readonly cartId: CartId
  /** Shops with their own addresses, where the link is handed to somebody who is signed in. */
  readonly customerId?: CustomerId
  /** Absent: a day. */
  readonly ttlSeconds?: number
}

/**
 * The address of the hosted checkout page of a cart. Whoever opens it may see and buy that cart, so it is for those alone
 * who may do so anyway: that has been proven where this is called.
 */
export async function linkCheckout(deps: Deps, link: CheckoutLink): Promise<string> {
  const pass = await issueCheckoutPass(deps, { ...link, use: 'link' })
  return `${deps.baseUrl}/pay/${link.cartId}?pass=${pass}`
}
