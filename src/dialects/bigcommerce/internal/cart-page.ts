import type { CartId } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'
import { parseUuid } from '../ids.js'
import { problems } from '../problem.js'
import { newGuestKey, openSession, type Session } from '../session.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { takeToken } from '../single-use.js'

/**
 * GET /cart.php?action=&id=&token=: the landing of a link that a backend made. Binds the cart to the browser's session,
 * opening one where there is none, and sends the browser on (302): to the cart (`load`), to the hosted checkout page
 * (`loadInCheckout`), or to the one for embedding (`embedded=1`). The token is good once; the browser that used it may come
 * again. 404 for another token, and for a cart that was ordered or is another customer's.
 * Source: dialects/bigcommerce.md 1.6, 2.2, 3.1.
 */
export const getCartPage = shopperEndpoint('internal', async (request, operations) => {
  const { query } = request.wire
  const id = parseUuid(query.get('id') ?? '')
  const target = targetOf(query)
  if (id === undefined || target === undefined) return { problem: problems.notFound }
  const sendOn = async (customerId: Session['customerId']) => {
    const link = { cartId: id, ...(customerId === undefined ? {} : { customerId }) }
    const url = target === 'page' ? await operations.linkCheckout(link) : `${request.wire.baseUrl}${target}`
    return { status: 302, headers: { Location: url } }
  }
  const taken = await takeToken(operations, 'redirect', query.get('token') ?? '')
  if (taken !== id) {
    const isBack = await isCurrent(request, id, operations)
    return isBack ? sendOn(request.session?.customerId) : { problem: problems.notFound }
  }
  const { session, channel } = request
  const identity: Pick<Session, 'guestKey' | 'customerId'> = session ?? { guestKey: newGuestKey() }
  const to =
    identity.customerId === undefined
      ? ({ kind: 'guest', guestKey: identity.guestKey } as const)
      : ({ kind: 'member', customerId: identity.customerId } as const)
  const bound = await operations.bindCart({ id, channel: channel.id, to })
  if (!bound.ok) return { problem: problems.cartNotFound }
  const sent = await sendOn(identity.customerId)
  return session === undefined ? { ...sent, session: await openSession(operations, channel.id, identity) } : sent
})

/** Where the browser goes next, `page` is the hosted checkout page; undefined for no action of ours. */
function targetOf(query: URLSearchParams): string | undefined {
  const action = query.get('action')
  if (action === 'load') return '/cart.php'
  if (action !== 'loadInCheckout') return undefined
  return query.get('embedded') === '1' ? '/embedded-checkout' : 'page'
}

/** Whether the browser shops with this cart already: a page that is loaded again. */
async function isCurrent({ session, caller, channel }: ShopperRequest, id: CartId, operations: Operations) {
  if (session === undefined) return false
  const read = await operations.readCart(caller, { own: channel.id })
  return read.ok && read.value.cart.cart.id === id
}
