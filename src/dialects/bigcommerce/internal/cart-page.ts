import type { Channel } from '../../../core/catalog/channel.js'
import type { CartId } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'
import { parseUuid } from '../ids.js'
import { problems } from '../problem.js'
import { newGuestKey, openSession, type Session } from '../session.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { takeToken } from '../single-use.js'
import { channelsOfStore } from '../store-channels.js'
import { takeIdentity } from '../storefront/embedded-identity.js'
import { refusedPage } from '../storefront/embedded-notice.js'

/**
 * GET /cart.php?action=&id=&token=: the landing of a link that a backend made. Binds the cart to the browser's session,
 * opening one where there is none, and sends the browser on (302): to the cart (`load`), to the hosted checkout page
 * (`loadInCheckout`), or to the page for embedding (`embedded=1`), whose address says what cookies do not in a frame. The
 * token is good once; the browser that used it may come again. A cart of another channel of this store is bound there. 404 for
 * another token, and for a cart that was ordered or is another customer's; for a frame, with a page that tells the page around
 * it.
 * Source: dialects/bigcommerce.md 1.6, 2.2, 3.1.
 */
export const getCartPage = shopperEndpoint('internal', async (request, operations) => {
  const { query } = request.wire
  const id = parseUuid(query.get('id') ?? '')
  const target = targetOf(query)
  if (id === undefined || target === undefined) return { problem: problems.notFound }
  const { session, channel, wire } = request
  const isFrame = target === 'frame'
  const sendOn = async (customerId: Session['customerId'], at: Channel) => {
    const link = { cartId: id, ...(customerId === undefined ? {} : { customerId }) }
    const frame = isFrame ? { inFrameOf: at.id } : {}
    const url =
      target === '/cart.php' ? `${wire.baseUrl}${target}` : await operations.linkCheckout({ ...link, ...frame })
    return { status: 302, headers: { Location: url } }
  }
  const taken = await takeToken(operations, 'redirect', query.get('token') ?? '')
  if (taken !== id) {
    const at = await channelOfCurrent(request, id, operations)
    return at !== undefined ? sendOn(session?.customerId, at) : refusedPage(wire, channel, problems.notFound, isFrame)
  }
  const customerId = isFrame ? await takeIdentity(operations, query) : undefined
  const isSameShopper = session !== undefined && (customerId === undefined || session.customerId === customerId)
  const identity = identityOf(session, customerId)
  const to =
    identity.customerId === undefined
      ? ({ kind: 'guest', guestKey: identity.guestKey } as const)
      : ({ kind: 'member', customerId: identity.customerId } as const)
  const bound = await bindWhereItIs(channel, { id, to }, operations)
  if (bound === undefined) return refusedPage(wire, channel, problems.cartNotFound, isFrame)
  const sent = await sendOn(identity.customerId, bound)
  if (isSameShopper) return sent
  const opened = { ...sent, session: await openSession(operations, channel.id, identity) }
  if (!isFrame) return opened
  return { ...opened, sessionGoes: session === undefined ? 'partitioned' : 'everywhere' } as const
})

/** Whose the cart becomes: the customer's for whom a frame was opened, else the session's, else a new guest's. */
function identityOf(
  session: Session | undefined,
  customerId: Session['customerId'],
): Pick<Session, 'guestKey' | 'customerId'> {
  if (customerId !== undefined) return { guestKey: newGuestKey(), customerId }
  return session ?? { guestKey: newGuestKey() }
}

/** Where the browser goes next: the hosted checkout page, by itself or in a frame; undefined for no action of ours. */
function targetOf(query: URLSearchParams): '/cart.php' | 'page' | 'frame' | undefined {
  const action = query.get('action')
  if (action === 'load') return '/cart.php'
  if (action !== 'loadInCheckout') return undefined
  return query.get('embedded') === '1' ? 'frame' : 'page'
}

/** Binds the cart in its own channel, which may be another one of this store; undefined where it is in none of them. */
async function bindWhereItIs(
  own: Channel,
  cart: Omit<Parameters<Operations['bindCart']>[0], 'channel'>,
  operations: Operations,
): Promise<Channel | undefined> {
  for (const channel of await channelsOfStore(own, operations)) {
    const bound = await operations.bindCart({ ...cart, channel: channel.id })
    if (bound.ok) return channel
  }
  return undefined
}

/** The channel in which the browser shops with this cart already: a page that is loaded again. */
async function channelOfCurrent({ session, caller, channel: own }: ShopperRequest, id: CartId, operations: Operations) {
  if (session === undefined) return undefined
  for (const channel of await channelsOfStore(own, operations)) {
    const read = await operations.readCart(caller, { own: channel.id })
    if (read.ok && read.value.cart.cart.id === id) return channel
  }
  return undefined
}
