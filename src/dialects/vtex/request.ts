import type { Caller } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Cart } from '../../core/cart/cart.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { CartId, ChannelId } from '../../core/ids.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { CartRef, Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { errorOf, respondError, type VtexError } from './answer.js'
import { type Identity, identify } from './auth.js'
import { lastSeenIn, rememberChannel } from './cart-channels.js'
import { cartOfCookie } from './cookies.js'
import { wordError } from './error-texts.js'
import { fixed } from './fixed-errors.js'
import { parseOrderFormId } from './ids.js'
import { settingsOf, type VtexSettings } from './settings.js'

/** A request that passed the checks that all endpoints share. */
export interface VtexRequest {
  readonly wire: WireRequest
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Parsed; an empty one reads as an empty object. */
  readonly body: unknown
  readonly identity: Exclude<Identity, { readonly kind: 'wrong_key' }>
  /** Holds the cart of the path, or else that of the cookie: an orderForm's id is what gives access to it. */
  readonly caller: Caller
  /** Of the path. */
  readonly cartId: CartId | undefined
  /** Of the cookie. */
  readonly cookieCartId: CartId | undefined
  readonly channel: Channel
  readonly settings: VtexSettings
}

/** A request about the cart that its path names, in that cart's channel. */
export type CartRequest = VtexRequest & {
  readonly cartId: CartId
  /** That cart, while it is of the request's channel; one of another channel is as good as absent. */
  readonly cart: CartRef
  /**
   * Whether the request was taken for another channel's than it is, so that it will be answered anew: nothing is to be made in
   * place of a cart that is absent.
   */
  readonly isElsewhere: () => boolean
}

type Handle<R> = (request: R, operations: Operations) => Promise<WireResponse>

/** A handler behind the checks that all endpoints share: the body is JSON, a key that is sent is a good one. */
export function endpoint(handle: Handle<VtexRequest>, name = handle.name): Handler {
  const handler: Handler = async (wire, operations) => {
    const request = await readRequest(wire, operations)
    return request.ok ? handle(request.value, operations) : respondError(request.error)
  }
  // Tables of endpoints find a handler's file by its name.
  return Object.defineProperty(handler, 'name', { value: name })
}

/** As `endpoint`, for paths with an orderForm's id. */
export function cartEndpoint(handle: Handle<CartRequest>): Handler {
  return endpoint(async (request, operations) => {
    const { cartId } = request
    if (cartId === undefined) return respondError(fixed.invalidOrderForm)
    return inItsChannel(wherever(request, cartId), operations, async own =>
      worded(await handle(own, operations), own, operations),
    )
  }, handle.name)
}

/** A request about that cart, whatever channel it is of. */
export function wherever(request: VtexRequest, cartId: CartId): CartRequest {
  return { ...request, cartId, cart: { key: { id: cartId } }, isElsewhere: () => false }
}

/** A cart can be given up and begun anew elsewhere while it is looked for, but hardly twice. */
const mostTries = 3

/**
 * A cart stays in the channel that it was begun in, whatever `sc` says: its goods, its settings and who is paid are that
 * channel's. Where a store has several channels for this API, the request is taken for that of the channel in which the cart was
 * seen last. The read that every operation begins with tells whether it is: if not, nothing was done, and it is done there.
 */
async function inItsChannel(
  request: CartRequest,
  operations: Operations,
  answer: (own: CartRequest) => Promise<WireResponse>,
): Promise<WireResponse> {
  const channels = await channelsOf(operations)
  if (channels.length < 2) return answer(request)
  const channelOf = (id: ChannelId | undefined) => channels.find(channel => channel.id === id) ?? request.channel
  const attempt = async (channel: Channel) => {
    // A request that sees no cart is of the channel that it names.
    let own = request.channel
    const isElsewhere = () => own.id !== channel.id
    const isMeant = (cart: Cart) => {
      own = channelOf(cart.channel)
      rememberChannel(operations, cart.id, cart.channel)
      return !isElsewhere()
    }
    const taken = { ...request, ...inChannel(request, channel), isElsewhere, cart: { ...request.cart, isMeant } }
    const response = await answer(taken)
    return { response, own, isElsewhere: isElsewhere() }
  }
  let last = await attempt(channelOf(lastSeenIn(operations, request.cartId)))
  for (let tries = 1; last.isElsewhere && tries < mostTries; tries += 1) last = await attempt(last.own)
  return last.response
}

function inChannel({ wire }: VtexRequest, channel: Channel) {
  return { wire: { ...wire, channel: channel.id }, channel, settings: settingsOf(channel) }
}

/** An error in the language that the cart's client has asked for; English where it has not. */
async function worded(response: WireResponse, request: CartRequest, operations: Operations): Promise<WireResponse> {
  const error = errorOf(response)
  if (error === undefined) return response
  const read = await operations.readCart(request.caller, request.cart)
  const locale = read.ok ? read.value.cart.cart.preferences.locale : undefined
  const message = wordError(error, locale)
  return message === error.message ? response : respondError({ ...error, message })
}

async function readRequest(wire: WireRequest, operations: Operations): Promise<Result<VtexRequest, VtexError>> {
  const body = readBody(wire.body)
  if (!body.ok) return body
  const channel = await channelOf(wire, operations)
  if (channel === undefined) return refuse(fixed.invalidSalesChannel)
  const settings = settingsOf(channel)
  const identity = await identify(wire, settings.account, operations)
  if (identity.kind === 'wrong_key') return refuse(fixed.unauthorized)
  const { orderFormId } = wire.params
  const cartId = orderFormId === undefined ? undefined : parseOrderFormId(orderFormId)
  const cookieCartId = cartOfCookie(wire)
  return ok({
    // No stored id has a NUL in it, and no database takes one.
    params: Object.fromEntries(Object.entries(wire.params).map(([k, v]) => [k, v.replaceAll('\0', '\uFFFD')])),
    wire: { ...wire, channel: channel.id },
    query: wire.query,
    body: body.value,
    identity,
    caller: callerOf(identity, cartId ?? (orderFormId === undefined ? cookieCartId : undefined)),
    cartId,
    cookieCartId,
    channel,
    settings,
  })
}

/** Who asks, with the cart that the request holds the id of. */
export function callerOf(identity: VtexRequest['identity'], cart: CartId | undefined): Caller {
  const held = { seesMasked: true, ...(cart === undefined ? {} : { heldCarts: [cart] }) } as const
  switch (identity.kind) {
    case 'anonymous':
      return { kind: 'anonymous', ...held }
    case 'shopper':
      return { kind: 'member', customerId: identity.customerId, ...held }
    case 'key':
      return { kind: 'key', keyId: identity.keyId, permissions: identity.permissions, ...held }
  }
}

/** An empty body is an empty object, whatever its content type says; text with a NUL is not text. */
function readBody(body: Buffer): Result<unknown, VtexError> {
  const text = body.toString('utf8').trim()
  if (text === '') return ok({})
  try {
    const parsed: unknown = JSON.parse(text)
    if (!text.includes('\\u')) return ok(parsed)
    return JSON.stringify(parsed).includes('\\u0000') ? refuse(fixed.badRequest) : ok(parsed)
  } catch {
    return refuse(fixed.badRequest)
  }
}

/** The mount's own channel, or that of its neighbors with settings for this dialect which `sc` names; undefined: none. */
async function channelOf(wire: WireRequest, operations: Operations): Promise<Channel | undefined> {
  const mounted = await operations.readChannel({ channel: wire.channel })
  const own = present(mounted.ok ? mounted.value : undefined, 'the mount names a channel that exists')
  const wanted = wire.query.get('sc') ?? ''
  if (wanted === '' || wanted === settingsOf(own).salesChannel) return own
  return (await channelsOf(operations)).find(channel => settingsOf(channel).salesChannel === wanted)
}

/** Channels with settings for this dialect. */
async function channelsOf(operations: Operations): Promise<readonly Channel[]> {
  return (await operations.listRecentChannels()).filter(({ settings }) => settings.vtex !== undefined)
}
