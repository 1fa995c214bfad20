import type { Operations } from '../../../operations/operations.js'
import { type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { emptyCart, noticePage } from './embedded-notice.js'

/**
 * GET /checkout: leads the browser's cart to the hosted checkout page, 302. 403, a page that says so, where there is none or
 * nothing is in it. Source: dialects/bigcommerce.md 1.6; the rest of an address (`products`) is not covered.
 */
export const getCheckout = shopperEndpoint('internal', (request, operations) => toCheckout(request, operations, false))

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
