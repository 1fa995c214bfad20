import type { Caller } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { CartId } from '../../core/ids.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { errorOf, respondError, type VtexError } from './answer.js'
import { type Identity, identify } from './auth.js'
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

/** A request about the cart that its path names. */
export type CartRequest = VtexRequest & { readonly cartId: CartId }

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
    const own = await inItsChannel({ ...request, cartId }, operations)
    return worded(await handle(own, operations), own, operations)
  }, handle.name)
}

/**
 * A cart stays in the channel that it was begun in, whatever `sc` says: its goods, its settings and who is paid are that
 * channel's. Looked at only where a store has several channels for this API.
 */
async function inItsChannel(request: CartRequest, operations: Operations): Promise<CartRequest> {
  const channels = await channelsOf(operations)
  if (channels.length < 2) return request
  const read = await operations.readCart(request.caller, { key: { id: request.cartId } })
  const own = read.ok ? channels.find(({ id }) => id === read.value.channel.id) : undefined
  if (own === undefined || own.id === request.channel.id) return request
  return { ...request, wire: { ...request.wire, channel: own.id }, channel: own, settings: settingsOf(own) }
}

/** An error in the language that the cart's client has asked for; English where it has not. */
async function worded(response: WireResponse, request: CartRequest, operations: Operations): Promise<WireResponse> {
  const error = errorOf(response)
  if (error === undefined) return response
  const read = await operations.readCart(request.caller, { key: { id: request.cartId } })
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
