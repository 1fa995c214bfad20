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
  /** Where the shopper goes on to once there is an order, whose id is added as `orderId`; as `backUrl` otherwise. */
  readonly doneUrl?: string
  /** Absent: a day. */
  readonly ttlSeconds?: number
  /** Leads to what became of the order; absent: to the first step that lacks something. */
  readonly to?: 'order'
  /** For a frame inside a page of one of this channel's sites; the address is the page itself, and needs no cookie. */
  readonly inFrameOf?: ChannelId
}

/** Bytes of each; a link and a cookie hold both. Ours. */
const longest = { backUrl: 600, doneUrl: 500 } as const

/**
 * The address of the hosted checkout page of a cart. Whoever opens it may see and buy that cart, so it is for those alone
 * who may do so anyway: that has been proven where this is called.
 */
export async function linkCheckout(
  deps: Deps,
  { backUrl, doneUrl, inFrameOf, to, ...link }: CheckoutLink,
): Promise<string> {
  const back = { ...short('backUrl', backUrl), ...short('doneUrl', doneUrl) }
  if (inFrameOf !== undefined) {
    const pass = await issueCheckoutPass(deps, { ...link, ...back, use: 'frame', channel: inFrameOf })
    return `${deps.baseUrl}/pay/${link.cartId}~${pass}${to === undefined ? '' : `/${to}`}`
  }
  const pass = await issueCheckoutPass(deps, { ...link, ...back, use: 'link' })
  return `${deps.baseUrl}/pay/${link.cartId}?pass=${pass}${to === undefined ? '' : `&to=${to}`}`
}

function short(name: keyof typeof longest, url: string | undefined): Partial<Record<keyof typeof longest, string>> {
  return url === undefined || Buffer.byteLength(url) > longest[name] ? {} : { [name]: url }
}
