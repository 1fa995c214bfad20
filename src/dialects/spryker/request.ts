import type { Caller, CartOwner } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { CheckoutError } from '../../core/errors.js'
import type { ChannelId, LineItemId } from '../../core/ids.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { type Identity, readAuthorization } from './auth.js'
import { readEnvelope } from './envelope.js'
import { type Place, respondErrors, respondRefusal, violationErrors, type Wording } from './errors.js'
import { fixed, type GlueError } from './fixed-errors.js'
import { mediaTypeVersion, securityHeaders } from './headers.js'
import { digest } from './ids.js'
import type { AnswerContext, Page } from './json-api.js'
import { negotiateLocale } from './locale.js'
import { type AnswerQuery, readQuery } from './query.js'
import { type SprykerSettings, settingsOf } from './settings.js'
import { type Texts, textsOf } from './texts.js'
import { type Fields, validate } from './validation.js'

/** What an endpoint asks of a request before its handler runs. */
export interface EndpointRules {
  /** Resource type that the URL names; also the `type` that a body must have. */
  readonly type: string
  /** `guest`: the guest header; `either`: a token or the guest header; `none`: both are optional. */
  readonly identity: 'none' | 'customer' | 'guest' | 'either'
  readonly place: Place
  /** Rules of the attributes, for POST and PATCH; may depend on settings. */
  readonly fields?: Fields | ((settings: SprykerSettings) => Fields)
}

/** A request that passed every check that all endpoints share. */
export interface GlueRequest extends AnswerContext {
  readonly wire: WireRequest
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  /** Behind the access token, where there is one. */
  readonly customer: Identity | undefined
  /** Of the guest header, where there is one. */
  readonly guestKey: string | undefined
  readonly channel: Channel
  readonly settings: SprykerSettings
  /** With an underscore: `de_DE`. */
  readonly locale: string
  readonly texts: Texts
  /** Of the body; empty without one. Checked against `fields`. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly page: Page | undefined
  readonly sort: AnswerQuery['sort']
  readonly filters: AnswerQuery['filters']
  readonly place: Place
}

/**
 * A handler behind the checks that all endpoints share, in the order in which clients meet them: content type, paging,
 * envelope, ids of the path, guest header, both identities, access token, field rules.
 */
export function endpoint(
  rules: EndpointRules,
  handle: (request: GlueRequest, operations: Operations) => Promise<WireResponse>,
): Handler {
  return async (wire, operations) => {
    const blank = refuseBlankContentType(wire)
    if (blank !== undefined) return blank
    const query = readQuery(wire.query)
    if (query === undefined) return plain(400, 'Pagination parameters are invalid.')
    const channel = await channelOf(wire, operations)
    const context = answerContext(wire, rules, channel, query)
    const checked = await check(wire, rules, context, operations)
    return checked.ok ? handle(checked.value, operations) : respondErrors(context, checked.error)
  }
}

/** Answers a refusal of an operation in this dialect's words. */
export function refused(
  request: GlueRequest,
  error: CheckoutError,
  groupKeyOf?: (id: LineItemId) => string,
): WireResponse {
  return respondRefusal(request, error, wordingOf(request, groupKeyOf))
}

/** What refusals of this request are worded by. */
export function wordingOf(request: GlueRequest, groupKeyOf?: (id: LineItemId) => string): Wording {
  return {
    place: request.place,
    texts: request.texts,
    locale: request.locale,
    currency: request.channel.currency,
    groupKeyOf,
    strictPaymentMapping: request.settings.strictPaymentMapping,
  }
}

/** The guest whose cart a log-in or a registration brings along; nothing without the guest header. */
export function guestCartOf(request: GlueRequest): {
  readonly adoptCart?: { readonly guest: CartOwner; readonly channel: ChannelId }
} {
  const { guestKey } = request
  return guestKey === undefined
    ? {}
    : { adoptCart: { guest: { kind: 'guest', guestKey }, channel: request.channel.id } }
}

/** A header of the request; an empty value counts as none. */
export function headerOf(wire: WireRequest, name: string): string | undefined {
  const value = wire.headers[name]?.trim()
  return value === '' ? undefined : value
}

/** Longest guest key that is kept as it was sent, characters. Ours; carts are found by it, and no index takes pages. */
const longestGuestKey = 255

/** The key that a guest chose; a longer one stands for its digest. */
export function guestKeyOf(wire: WireRequest): string | undefined {
  const key = headerOf(wire, 'x-anonymous-customer-unique-id')
  return key === undefined || key.length <= longestGuestKey ? key : `digest:${digest(key)}`
}

/**
 * Whether the request may change what has the entity tag `current` (undefined: there is no such thing). `*` stands
 * for any; the value may be quoted, bare or weak.
 */
export function checkIfMatch(request: GlueRequest, current: string | undefined): Result<null, GlueError> {
  const header = headerOf(request.wire, 'if-match')
  if (header === undefined) return refuse(fixed.ifMatchMissing)
  if (header === '*') return ok(null)
  const bare = (tag: string) =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1')
  const isSame = current !== undefined && header.split(',').some(tag => bare(tag) === bare(current))
  return isSame ? ok(null) : refuse(fixed.ifMatchWrong)
}

function refuseBlankContentType(wire: WireRequest): WireResponse | undefined {
  const contentType = wire.headers['content-type']
  return contentType !== undefined && contentType.trim() === '' ? plain(415, 'Unsupported media type.') : undefined
}

function plain(status: number, body: string): WireResponse {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...securityHeaders }, body }
}

/** The mount's channel, or the one that the `Store` header or `_store` names; an unknown name changes nothing. */
export async function channelOf(wire: WireRequest, operations: Operations): Promise<Channel> {
  const mounted = await operations.readChannel({ channel: wire.channel })
  const own = present(mounted.ok ? mounted.value : undefined, 'the mount names a channel that exists')
  const name = headerOf(wire, 'store') ?? wire.query.get('_store') ?? ''
  if (name === '' || name === settingsOf(own).storeName) return own
  return (await storesOf(own, operations)).find(channel => settingsOf(channel).storeName === name) ?? own
}

/** Channels that this dialect shows as stores: the mount's own first, then those with settings for it. */
export async function storesOf(own: Channel, operations: Operations): Promise<readonly Channel[]> {
  const others = await operations.listChannels()
  return [own, ...others.filter(({ id, settings }) => id !== own.id && settings.spryker !== undefined)]
}

type Context = Omit<GlueRequest, 'attributes' | 'caller' | 'customer' | 'guestKey'>

function answerContext(wire: WireRequest, rules: EndpointRules, channel: Channel, query: AnswerQuery): Context {
  const settings = settingsOf(channel)
  const locale = negotiateLocale(wire.headers['accept-language'], channel)
  const eager = settings.eagerItems ? ['items', 'guest-cart-items'] : []
  return {
    // No stored id has a NUL in it, and no database takes one.
    params: Object.fromEntries(Object.entries(wire.params).map(([k, v]) => [k, v.replaceAll('\0', '\uFFFD')])),
    wire: { ...wire, channel: channel.id },
    type: rules.type,
    place: rules.place,
    baseUrl: wire.baseUrl,
    path: wire.path,
    rawQuery: wire.rawQuery,
    include: query.include ?? new Set(eager),
    sparse: query.sparse,
    page: query.page,
    sort: query.sort,
    filters: query.filters,
    mediaTypeVersion: mediaTypeVersion(wire.headers['content-type']),
    channel,
    settings,
    locale,
    texts: textsOf(locale),
  }
}

async function check(
  wire: WireRequest,
  rules: EndpointRules,
  context: Context,
  operations: Operations,
): Promise<Result<GlueRequest, readonly GlueError[]>> {
  const hasBody = wire.method === 'POST' || wire.method === 'PATCH'
  const envelope = hasBody ? readEnvelope(wire, rules.type) : ok({})
  if (!envelope.ok) return refuse([envelope.error])
  const needsIds = wire.method === 'PATCH' || wire.method === 'DELETE'
  if (needsIds && Object.values(wire.params).includes('')) return refuse([fixed.idMissing])
  const identity = await identify(wire, rules, operations)
  if (!identity.ok) return refuse([identity.error])
  const fields = typeof rules.fields === 'function' ? rules.fields(context.settings) : rules.fields
  const violations = hasBody && fields !== undefined ? validate(envelope.value, fields) : []
  if (violations.length > 0) return refuse(violationErrors(violations))
  return ok({ ...context, ...identity.value, attributes: envelope.value })
}

type Identified = Pick<GlueRequest, 'caller' | 'customer' | 'guestKey'>

async function identify(
  wire: WireRequest,
  rules: EndpointRules,
  operations: Operations,
): Promise<Result<Identified, GlueError>> {
  const guestKey = guestKeyOf(wire)
  const authorization = headerOf(wire, 'authorization')
  if (rules.identity === 'guest' && guestKey === undefined) return refuse(fixed.guestKeyMissing)
  if (guestKey !== undefined && authorization !== undefined) return refuse(fixed.bothIdentities)
  if (authorization !== undefined) {
    const customer = await readAuthorization(authorization, operations)
    if (customer === undefined) return refuse(fixed.invalidToken)
    return ok({ caller: { kind: 'member', customerId: customer.customerId }, customer, guestKey: undefined })
  }
  if (rules.identity === 'customer') return refuse(fixed.missingToken)
  if (guestKey !== undefined) return ok({ caller: { kind: 'guest', guestKey }, customer: undefined, guestKey })
  if (rules.identity === 'either') return refuse(fixed.identityMissing)
  return ok({ caller: { kind: 'anonymous' }, customer: undefined, guestKey: undefined })
}
