import type { Operations } from '../../../operations/operations.js'
import type { WireRequest } from '../../dialect.js'
import { cookiesOf, openSession, sessionCookie } from '../session.js'
import { type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { cartOfAddress } from './checkout-address.js'
import { emptyCart, noticePage, unsoldGoods } from './embedded-notice.js'

/** The address of a checkout is this API's where it names its goods, and where the browser has a session of it. */
export function claimsCheckout(asked: Pick<WireRequest, 'rawQuery' | 'headers'>): 'named' | 'remembered' | undefined {
  if (new URLSearchParams(asked.rawQuery).has('products')) return 'named'
  return cookiesOf(asked)[sessionCookie] === undefined ? undefined : 'remembered'
}

/**
 * GET /checkout: leads the browser's cart to the hosted checkout page, 302. 403, a page that says so, where there is none or
 * nothing is in it. `?products=86:2,88&coupon=` makes a cart of these beside the browser's own; 422, a page, for goods that
 * cannot be had. Source: dialects/bigcommerce.md 1.6; `order_source` and `action` change nothing.
 */
export const getCheckout = shopperEndpoint('internal', async (request, operations) => {
  const addressed = await cartOfAddress(request, operations)
  if (addressed === undefined) return toCheckout(request, operations, false)
  const { wire, channel, session } = request
  if (!addressed.ok) {
    const isPage = (wire.headers.accept ?? '').includes('text/html')
    return isPage ? noticePage(unsoldGoods, channel, false) : { problem: addressed.error }
  }
  const { cartId, identity } = addressed.value
  const { customerId } = identity
  const url = await operations.linkCheckout({ cartId, ...(customerId === undefined ? {} : { customerId }) })
  const sent = { status: 302, headers: { Location: url } }
  return session === undefined ? { ...sent, session: await openSession(operations, channel.id, identity) } : sent
})

/**
 * GET /embedded-checkout: the same for a frame, with the pass for it in the address, so that no cookie is needed from there
 * on. 403 with a page that tells the page around it, too. Source: dialects/bigcommerce.md 1.6, 3.10.
 */
export const getEmbeddedCheckout = shopperEndpoint('internal', (request, operations) =>
  toCheckout(request, operations, true),
)

async function toCheckout(
  { session, caller, channel }: ShopperRequest,
  operations: Operations,
  isFrame: boolean,
): Promise<ShopperAnswer> {
  const read = session === undefined ? undefined : await operations.readCart(caller, { own: channel.id })
  if (read?.ok !== true || read.value.cart.lines.length === 0) return noticePage(emptyCart, channel, isFrame)
  const customerId = session?.customerId
  const url = await operations.linkCheckout({
    cartId: read.value.cart.cart.id,
    ...(customerId === undefined ? {} : { customerId }),
    ...(isFrame ? { inFrameOf: channel.id } : {}),
  })
  return { status: 302, headers: { Location: url } }
}
