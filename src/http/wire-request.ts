import type { IncomingMessage } from 'node:http'
import type { ChannelId } from '../core/ids.js'
import type { Method, WireRequest } from '../dialects/dialect.js'

/** What the first line and the headers say, before anybody looked at the body. */
export interface RequestLine {
  /** As sent, `HEAD` included. */
  readonly method: string
  /** As sent, without query; starts with a slash. */
  readonly path: string
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string>>
  /** Scheme and host with port, as the request names them. */
  readonly origin: string
  /** Host name without port, lower case. */
  readonly host: string
  readonly clientAddress: string
}

/** How much of what a proxy says is believed. */
export interface ProxySettings {
  /** Take scheme, host and client address from `X-Forwarded-*`, as the nearest proxy wrote them. */
  readonly trustProxy: boolean
  /** What clients call us, where no header can be trusted: `https://shop.example`. */
  readonly baseUrl?: string
}

const saneHost = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

/** Reads the request line; never fails, whatever was sent. */
export function readRequestLine(request: IncomingMessage, url: string, settings: ProxySettings): RequestLine {
  const headers = joinHeaders(request)
  const target = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  const forwarded = (name: string): string | undefined =>
    settings.trustProxy ? headers[name]?.split(',').at(-1)?.trim() : undefined
  const hostHeader = [forwarded('x-forwarded-host'), headers.host].find(
    each => each !== undefined && saneHost.test(each),
  )
  const authority = hostHeader ?? `localhost:${request.socket.localPort ?? 80}`
  const isSecure = (forwarded('x-forwarded-proto') ?? settings.baseUrl?.split(':')[0]) === 'https'
  return {
    method: request.method ?? 'GET',
    path: path.startsWith('/') ? path : `/${path}`,
    rawQuery: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    origin: `${isSecure ? 'https' : 'http'}://${authority}`,
    host: authority.replace(/:\d+$/, '').toLowerCase(),
    clientAddress: (forwarded('x-forwarded-for') ?? request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  }
}

/** What a handler gets. A `HEAD` is a `GET` to it; `http` drops the body. */
export function buildWireRequest(parts: {
  readonly line: RequestLine
  readonly path: string
  /** Scheme, host and mount prefix as the client sees them. */
  readonly baseUrl: string
  readonly params: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly channel: ChannelId
  readonly requestId: string
}): WireRequest {
  const { line } = parts
  return {
    method: handlerMethod(line.method),
    path: parts.path,
    params: parts.params,
    rawQuery: line.rawQuery,
    query: new URLSearchParams(line.rawQuery),
    headers: line.headers,
    body: parts.body,
    baseUrl: parts.baseUrl,
    requestId: parts.requestId,
    channel: parts.channel,
    clientAddress: line.clientAddress,
  }
}

/** The method under which routes are looked up; a method that nobody routes stays what it is and finds nothing. */
export function handlerMethod(method: string): Method {
  switch (method) {
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'DELETE':
    case 'OPTIONS':
      return method
    default:
      return 'GET'
  }
}

function joinHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return headers
}
