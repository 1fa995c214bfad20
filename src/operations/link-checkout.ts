import type { CartId, ChannelId, CustomerId } from '../core/ids.js'
import { issueCheckoutPass } from './checkout-pass.js'
import type { Deps } from './deps.js'

/** Which cart a link leads to, and for how long. */
export interface CheckoutLink {
  readonly cartId: CartId
  /** Shops with their own addresses, where the link is handed to somebody who is signed in. */
  readonly customerId?: CustomerId
  /** Where the shopper goes back to in the end: an address that the shop allows. A very long one is left out. */
  readonly backUrl?: string
  /** Absent: a day. */
  readonly ttlSeconds?: number
  /** Leads to what became of the order; absent: to the first step that lacks something. */
  readonly to?: 'order'
  /** For a frame inside a page of one of this channel's sites; the address is the page itself, and needs no cookie. */
  readonly inFrameOf?: ChannelId
}

/** Characters; a link and a cookie hold it. Ours. */
const longestBackUrl = 600

/**
 * The address of the hosted checkout page of a cart. Whoever opens it may see and buy that cart, so it is for those alone
 * who may do so anyway: that has been proven where this is called.
 */
export async function linkCheckout(deps: Deps, { backUrl, inFrameOf, to, ...link }: CheckoutLink): Promise<string> {
  const back = backUrl === undefined || backUrl.length > longestBackUrl ? {} : { backUrl }
  if (inFrameOf !== undefined) {
    const pass = await issueCheckoutPass(deps, { ...link, ...back, use: 'frame', channel: inFrameOf })
    return `${deps.baseUrl}/pay/${link.cartId}~${pass}${to === undefined ? '' : `/${to}`}`
  }
  const pass = await issueCheckoutPass(deps, { ...link, ...back, use: 'link' })
  return `${deps.baseUrl}/pay/${link.cartId}?pass=${pass}${to === undefined ? '' : `&to=${to}`}`
}
