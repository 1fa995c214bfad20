import type { Caller } from '../../../core/access/caller.js'
import type { CartId } from '../../../core/ids.js'
import type { Order } from '../../../core/orders/order.js'
import type { Operations, PurchaseView } from '../../../operations/operations.js'
import { findOrder } from '../find-order.js'
import { parseInteger } from '../ids.js'
import { problems } from '../problem.js'
import { callerOf, type Session } from '../session.js'
import { type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { readConfirmationToken } from '../single-use.js'
import { noOrder, noticePage } from '../storefront/embedded-notice.js'

/** How long the address is good that a token leads to, seconds: as long as a browser takes to go there. Ours. */
const redeemedSeconds = 60

/**
 * GET /checkout/order-confirmation[/:orderId]: 302 to the hosted page of an order of this session, without a number the
 * newest; it says whether the order is confirmed, waits for its payment, or lacks one. Here a card issuer's page leads back
 * to, with its proof in the query, which settles the payment whoever brings it. 404, a page, for anybody else's order.
 * Source: dialects/bigcommerce.md 1.6, 6.5.
 */
export const getOwnConfirmation = shopperEndpoint('internal', async (request, operations) => {
  await settleReturn(request, operations)
  return (await showOwn(request, operations)) ?? refused(request)
})

/** GET /embedded-checkout/order-confirmation[/:orderId]: the same for a frame of the channel's sites. */
export const getEmbeddedConfirmation = shopperEndpoint('internal', async (request, operations) => {
  await settleReturn(request, operations)
  return (await showOwn(request, operations, true)) ?? refused(request, true)
})

/**
 * GET /order-confirmation/:orderId?t=: the same by session, and for whoever has a token that a backend made for the checkout
 * of the order: 302 as often as that token is good for. 404, a page, for every other token and order, and for an order that
 * was not placed; that uses nothing of the token. Source: checkouts.v3.yml, createCheckoutToken.
 */
export const getConfirmation = shopperEndpoint(
  'internal',
  async (request, operations) =>
    (await showOwn(request, operations)) ?? (await redeem(request, operations)) ?? refused(request),
)

async function showOwn(
  request: ShopperRequest,
  operations: Operations,
  isFrame?: true,
): Promise<ShopperAnswer | undefined> {
  const { session, channel } = request
  const order = await ownOrder(request, operations)
  if (order === undefined || order.channel !== channel.id) return undefined
  const isThere = await isShownTo(readersOf(order, session), order, operations)
  if (!isThere) return undefined
  const customerId = session?.customerId
  return leadTo(operations, {
    cartId: order.cartId,
    ...(customerId === undefined ? {} : { customerId }),
    ...(isFrame === true ? { inFrameOf: channel.id } : {}),
  })
}

/** The proof that an issuer's page sent along is what counts, not who brings it: often another browser on the same telephone. */
async function settleReturn({ wire, channel }: ShopperRequest, operations: Operations): Promise<void> {
  const number = parseInteger(wire.params.orderId ?? '')
  if (number === undefined || wire.query.size === 0) return
  const payload = { ...Object.fromEntries(wire.query), type: 'payment-confirmation' }
  const found = await findOrder({ kind: 'system' }, number, operations)
  if (!found.ok || found.value.order.channel !== channel.id) return
  await operations.confirmPayment({ kind: 'anonymous' }, { order: found.value.order.number, payload })
}

/** The order that the path names, or the newest, of those that this browser made signed in or as a guest. */
async function ownOrder(
  { wire, session, channel }: ShopperRequest,
  operations: Operations,
): Promise<Order | undefined> {
  const { orderId } = wire.params
  if (orderId === undefined) return newestOf(identitiesOf(session), channel.id, operations)
  const number = parseInteger(orderId)
  if (number === undefined) return undefined
  for (const caller of identitiesOf(session)) {
    const found = await findOrder(caller, number, operations)
    if (found.ok) return found.value.order
  }
  return undefined
}

async function newestOf(
  callers: readonly Caller[],
  channel: Order['channel'],
  operations: Operations,
): Promise<Order | undefined> {
  const statuses = ['incomplete', 'pending', 'confirmed', 'canceled'] as const
  const query = { channel, offset: 0, limit: 1, sortBy: 'integer', filter: { statuses } } as const
  const lists = await Promise.all(callers.map(caller => operations.listOrders(caller, query)))
  const orders = lists.flatMap(list => (list.ok ? list.value.orders : []))
  return orders.toSorted((one, other) => other.integerId - one.integerId)[0]
}

/** Whom a browser acts as: whoever is signed in, and the guest of before. */
function identitiesOf(session: Session | undefined): readonly Caller[] {
  if (session === undefined) return []
  const guest = callerOf({ guestKey: session.guestKey })
  return session.customerId === undefined ? [guest] : [callerOf(session), guest]
}

/**
 * Who looks at the cart of an order of the session's: whoever bought it sees that it was bought, wherever its cart went. As
 * long as it is not, the cart has to be the session's still, since the page lets its holder change it.
 */
function readersOf({ status, cartId }: Order, session: Session | undefined): readonly Caller[] {
  return status === 'confirmed' ? [holderOf(cartId)] : identitiesOf(session)
}

function holderOf(cartId: CartId): Caller {
  return { kind: 'anonymous', heldCarts: [cartId] }
}

/** Whether the hosted page of the cart tells one of these callers what became of the order. */
async function isShownTo(callers: readonly Caller[], order: Order, operations: Operations): Promise<boolean> {
  for (const caller of callers) {
    const read = await operations.readPurchase(caller, { id: order.cartId })
    if (read.ok) return tells(read.value, order)
  }
  return false
}

/** One that stands is told itself; of one that does not, what its cart came to, or how it can still be bought. */
function tells({ cart, order: standing }: PurchaseView, { id, status }: Order): boolean {
  if (status === 'confirmed' || status === 'pending') return standing?.id === id
  return standing !== undefined || cart.cart.status === 'open'
}

/** By the token: an order of its checkout, once there is one to confirm. */
async function redeem({ wire, channel }: ShopperRequest, operations: Operations): Promise<ShopperAnswer | undefined> {
  const number = parseInteger(wire.params.orderId ?? '')
  const token = await readConfirmationToken(operations, wire.query.get('t') ?? '')
  if (number === undefined || token === undefined) return undefined
  const { cartId } = token
  const holder = holderOf(cartId)
  const found = await findOrder(holder, number, operations)
  if (!found.ok || found.value.order.channel !== channel.id) return undefined
  const read = await operations.readPurchase(holder, { id: cartId })
  const isPlaced = read.ok && read.value.order !== undefined && tells(read.value, found.value.order)
  if (!isPlaced || !(await token.use())) return undefined
  return leadTo(operations, { cartId, ttlSeconds: redeemedSeconds })
}

async function leadTo(operations: Operations, link: Parameters<Operations['linkCheckout']>[0]): Promise<ShopperAnswer> {
  const url = await operations.linkCheckout({ ...link, to: 'order' })
  return { status: 302, headers: { Location: url, 'Referrer-Policy': 'no-referrer' } }
}

function refused({ wire, channel }: ShopperRequest, isFrame = false): ShopperAnswer {
  const isPage = (wire.headers.accept ?? '').includes('text/html')
  return isPage ? noticePage(noOrder, channel, isFrame) : { problem: problems.notFound }
}
