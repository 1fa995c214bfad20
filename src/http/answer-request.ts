import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Channel } from '../core/catalog/channel.js'
import type { Handler, WireRequest, WireResponse } from '../dialects/dialect.js'
import type { ChannelDirectory } from './channel-directory.js'
import { isPreflight, preflightResponse, withCors } from './cors.js'
import type { Log } from './logging.js'
import type { Metrics } from './metrics.js'
import { type CompiledMount, chooseTarget, decodePath, locate, type Target } from './mount.js'
import { readBody } from './read-body.js'
import type { RequestGuard } from './request-guard.js'
import { requestIdOf } from './request-id.js'
import { buildWireRequest, type ProxySettings, type RequestLine, readRequestLine } from './wire-request.js'
import { writeResponse } from './write-response.js'

/** Everything that answering needs; made once per server. */
export interface Answering {
  readonly mounts: readonly CompiledMount[]
  readonly fallback: CompiledMount
  readonly operations: Parameters<Handler>[1]
  readonly channels: ChannelDirectory
  readonly log: Log
  readonly metrics: Metrics
  readonly guard: RequestGuard
  readonly proxy: ProxySettings
  readonly bodyBytes: number
  readonly largeBodies: { open: number }
  /** From the headers to the answer, milliseconds; then the client learns that it took too long. */
  readonly requestMilliseconds: number
  /** Whether a thrown error means that the database is away. */
  readonly isUnavailable: (error: unknown) => boolean
  readonly isClosing: () => boolean
  /** Milliseconds; monotonic. */
  readonly now: () => number
}

/** Bodies above the server's own limit that are read at the same time. */
const largeBodiesAtOnce = 2

const noBody = Buffer.alloc(0)

/** How a client that went away before its answer is counted; no such status goes over the wire. */
const clientGone = 499

const loggedMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** One request while it is being answered. */
interface Exchange {
  readonly line: RequestLine
  /** What the dialect gets, still without body and channel. */
  readonly bare: WireRequest
  readonly target: Target
  readonly isMalformed: boolean
  readonly requestId: string
  /** Set while the body is being read: the request's time is up. */
  readonly stop: { reading?: () => void }
}

/**
 * Answers one request: finds the dialect, reads the body, calls the handler, and words every failure in that dialect's
 * own shape. Never throws.
 *
 * @param ownPort  the port, when it belongs to single dialects
 */
export async function answerRequest(
  answering: Answering,
  raw: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly url: string },
  ownPort: number | undefined,
): Promise<void> {
  const startedAt = answering.now()
  const exchange = openExchange(answering, raw, ownPort)
  answering.metrics.begin()
  try {
    const response = await respond(answering, exchange, raw.request)
    if (response) send(exchange, raw, response, answering.isClosing())
  } catch (error) {
    raw.response.statusMessage = ''
    send(exchange, raw, fail(answering, exchange, error), true)
  } finally {
    answering.metrics.end()
    record(answering, exchange, raw.response, answering.now() - startedAt)
  }
}

function openExchange(
  answering: Answering,
  raw: { readonly request: IncomingMessage; readonly url: string },
  ownPort: number | undefined,
): Exchange {
  const line = readRequestLine(raw.request, raw.url, answering.proxy)
  const place = locate(answering.mounts, { ownPort, host: line.host, path: line.path })
  const { segments, isMalformed } = decodePath(place.path)
  const method = line.method === 'HEAD' ? 'GET' : line.method
  const accept = line.headers.accept ?? ''
  const announced = isPreflight(line.method, line.headers) ? line.headers['access-control-request-method'] : undefined
  const target = chooseTarget(place, { segments, method, accept, said: line, announced }, answering.fallback)
  const requestId = requestIdOf(line.headers['x-request-id'])
  const origin = place.isOwn ? line.origin : (answering.proxy.baseUrl ?? line.origin)
  const bare = buildWireRequest({
    line,
    path: place.path,
    baseUrl: `${origin}${place.prefix}`,
    params: target.kind === 'route' ? target.match.params : {},
    body: noBody,
    channel: '',
    requestId,
  })
  // PostgreSQL has no text with a NUL in it, so none gets past here
  const isUnreadable = isMalformed || line.rawQuery.includes('%00')
  return { line, bare, target, isMalformed: isUnreadable, requestId, stop: {} }
}

/** The dialect's answer with the cross-origin headers of its channel; undefined: the client is gone. */
async function respond(
  answering: Answering,
  exchange: Exchange,
  request: IncomingMessage,
): Promise<WireResponse | undefined> {
  const { mount } = exchange.target
  const seen: { channel?: Channel | undefined } = {}
  const answer = async (): Promise<WireResponse | undefined> => {
    if (mount.house === undefined) seen.channel = await answering.channels.channelOf(mount)
    return dispatch(answering, exchange, request, seen.channel)
  }
  const response = await new Promise<WireResponse | undefined>(resolve => {
    const timer = setTimeout(() => {
      exchange.stop.reading?.()
      answering.log.warn({ requestId: exchange.requestId, ...namesOf(exchange) }, 'a request took too long')
      resolve(refuse(exchange, 'too_slow'))
    }, answering.requestMilliseconds)
    const settle = (answered: WireResponse | undefined): void => {
      clearTimeout(timer)
      resolve(answered)
    }
    answer().then(settle, error => settle(fail(answering, exchange, error)))
  })
  if (!response || mount.house !== undefined || isPage(exchange)) return response
  return withCors(response, mount.dialect.cors, seen.channel?.allowedOrigins ?? [], exchange.line.headers.origin)
}

/** What the dialect answers: its handler's answer, or why no handler was asked. */
async function dispatch(
  answering: Answering,
  exchange: Exchange,
  request: IncomingMessage,
  channel: Channel | undefined,
): Promise<WireResponse | undefined> {
  const { line, target } = exchange
  const { dialect } = target.mount
  if (!answering.guard.admits(`${line.clientAddress} ${dialect.name}`)) return refuse(exchange, 'too_many_requests')
  const unread = target.kind === 'route' ? target.match.route.refuseUnread?.(exchange.bare) : undefined
  const most = unread === undefined && target.kind === 'route' ? target.match.route.bodyBytes : undefined
  const body = hasBody(line) ? await takeBody(answering, exchange, request, most) : noBody
  if (body === 'aborted') return undefined
  if (unread !== undefined) return unread
  if (body === 'too_large' || body === 'too_many_requests') return refuse(exchange, body)
  if (exchange.isMalformed) return refuse(exchange, 'bad_request')
  const wireRequest = { ...exchange.bare, body, channel: channel?.id ?? '' }
  switch (target.kind) {
    case 'route':
      if (channel === undefined && target.mount.house === undefined) return failWithoutChannel(answering, exchange)
      return target.match.route.handler(wireRequest, answering.operations)
    case 'method':
      if (line.method !== 'OPTIONS') return dialect.methodNotAllowed(wireRequest, target.allowed)
      return preflightResponse(dialect.cors, target.allowed, isPreflight(line.method, line.headers))
    case 'path':
      return dialect.notFound(wireRequest)
  }
}

/**
 * A route may take more than others do; few such bodies at a time, so that nobody fills the memory with them.
 *
 * @param most  bytes, where the route has a limit of its own
 */
async function takeBody(
  answering: Answering,
  exchange: Exchange,
  request: IncomingMessage,
  most: number | undefined,
): Promise<Buffer | 'aborted' | 'too_large' | 'too_many_requests'> {
  const { stop } = exchange
  if (most === undefined || most <= answering.bodyBytes) return readBody(request, most ?? answering.bodyBytes, stop)
  const { largeBodies } = answering
  if (largeBodies.open >= largeBodiesAtOnce) return 'too_many_requests'
  largeBodies.open += 1
  try {
    return await readBody(request, most, stop)
  } finally {
    largeBodies.open -= 1
  }
}

function send(
  exchange: Exchange,
  raw: { readonly request: IncomingMessage; readonly response: ServerResponse },
  response: WireResponse,
  isClosing: boolean,
): void {
  const mustClose = isClosing || (hasBody(exchange.line) && !raw.request.complete)
  const headers: Record<string, string | readonly string[]> = {
    ...response.headers,
    'x-request-id': exchange.requestId,
    ...(mustClose ? { connection: 'close' } : {}),
  }
  writeResponse(raw.response, { ...response, headers }, exchange.line.method === 'HEAD')
}

function refuse(exchange: Exchange, why: Parameters<CompiledMount['dialect']['refused']>[1]): WireResponse {
  return exchange.target.mount.dialect.refused(exchange.bare, why)
}

/** There is nothing to sell in yet, or a mount names a channel that the store does not have: no fault of the client's, or of ours. */
function failWithoutChannel(answering: Answering, exchange: Exchange): WireResponse {
  const { dialect, channel } = exchange.target.mount
  const what = channel === undefined ? 'the store has no channel' : `the store has no channel ${channel}`
  const advice = 'import a store file, or correct POLYTILL_MOUNTS'
  answering.log.warn({ requestId: exchange.requestId, dialect: dialect.name }, `${what}: ${advice}`)
  return dialect.failed(exchange.bare, 'unavailable')
}

/** A crash or an absent database: logged with the request's id, told to the client without a detail. */
function fail(answering: Answering, exchange: Exchange, error: unknown): WireResponse {
  const why = answering.isUnavailable(error) ? 'unavailable' : 'internal'
  answering.log.error({ requestId: exchange.requestId, ...namesOf(exchange), err: error }, `request failed: ${why}`)
  return exchange.target.mount.dialect.failed(exchange.bare, why)
}

function hasBody(line: RequestLine): boolean {
  const length = line.headers['content-length']
  return (length !== undefined && length !== '0') || line.headers['transfer-encoding'] !== undefined
}

function isPage({ target }: Exchange): boolean {
  return target.kind === 'route' && target.match.route.isPage === true
}

function namesOf({ target, line }: Exchange): {
  readonly dialect: string
  readonly method: string
  readonly route: string
} {
  const route =
    target.kind === 'route' ? target.match.route.path : target.kind === 'method' ? 'other method' : 'unmatched'
  return { dialect: target.mount.dialect.name, method: loggedMethods.has(line.method) ? line.method : 'OTHER', route }
}

/** One log line and one observation per request. */
function record(answering: Answering, exchange: Exchange, response: ServerResponse, milliseconds: number): void {
  const names = namesOf(exchange)
  const status = response.headersSent ? response.statusCode : clientGone
  answering.metrics.observe({ ...names, status, seconds: milliseconds / 1000 })
  const fields = { requestId: exchange.requestId, ...names, status, milliseconds: Math.round(milliseconds * 10) / 10 }
  if (exchange.target.mount.house !== undefined) answering.log.debug(fields, 'request')
  else answering.log.info(fields, 'request')
}
