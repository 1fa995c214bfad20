import type { CheckoutError, CheckoutErrorCode } from '../core/errors.js'
import type { ChannelId, Json } from '../core/ids.js'
import type { Operations, TaxProtocol } from '../operations/operations.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** A request as it came off the wire; bodies are not parsed, since dialects disagree on how. */
export interface WireRequest {
  readonly method: Method
  /** Path without mount prefix and query, percent-decoding left to `params`. */
  readonly path: string
  /** Of the route's pattern, percent-decoded; may be empty. */
  readonly params: Readonly<Record<string, string>>
  /** Without the question mark, as sent. */
  readonly rawQuery: string
  readonly query: URLSearchParams
  /** Names in lower case; several values joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Scheme, host and mount prefix as the client sees them, no slash at the end. */
  readonly baseUrl: string
  readonly requestId: string
  /** Where new carts of this mount start. */
  readonly channel: ChannelId
  readonly clientAddress: string
}

export interface WireResponse {
  readonly status: number
  /** Reason phrase, where clients read it. */
  readonly reason?: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** Absent: no body and no content type. */
  readonly body?: string | Buffer
}

export type Handler = (request: WireRequest, operations: Operations) => Promise<WireResponse>

/** One endpoint: data, so that tables, docs and tests are made of it. */
export interface Route {
  readonly surface: string
  readonly method: Method
  /** `/carts/:uuid/items`; a parameter may be empty. */
  readonly path: string
  readonly handler: Handler
  /** File name in `operations/` without `.ts`; `none` where nothing is looked up. */
  readonly operation: string
  readonly coverage: 'full' | 'partial' | 'none'
  readonly source: string
  /** True: no cross-origin headers, no body limit of a page: a hosted page for people. */
  readonly isPage?: boolean
  /**
   * Of a page whose path other dialects have a page at, too: `named` where the address names something of this dialect,
   * `remembered` where a cookie does. Absent: neither.
   */
  readonly claims?: (asked: Pick<WireRequest, 'rawQuery' | 'headers'>) => 'named' | 'remembered' | undefined
  /** Largest body that this route takes, bytes; absent: the server's own limit. */
  readonly bodyBytes?: number
  /** Looks at a request before its body is read; what it returns is the answer, and nothing large is taken in. */
  readonly refuseUnread?: (request: WireRequest) => WireResponse | undefined
}

/** A platform's API on the wire: data and small functions. Owns no rule about prices, stock or permission. */
export interface Dialect {
  readonly name: string
  /** What people call the platform. */
  readonly title: string
  readonly routes: readonly Route[]
  /**
   * Where an API spells one path in several ways (version prefixes, format suffixes): the segments under which routes are
   * looked up. Percent-decoded. Absent: as they came.
   */
  canonical?(segments: readonly string[]): readonly string[]
  /** `/carts/` is the same path as `/carts`. */
  readonly ignoresTrailingSlash?: boolean
  /** Whether a path that no route matches belongs to this dialect, and so gets its 404. */
  owns(path: string): boolean
  notFound(request: WireRequest): WireResponse
  /** The path exists, the method does not. */
  methodNotAllowed(request: WireRequest, allowed: readonly Method[]): WireResponse
  /** Body too large, unreadable headers, time up: before a handler could look. */
  refused(request: WireRequest, why: 'too_large' | 'too_slow' | 'bad_request' | 'too_many_requests'): WireResponse
  /** A crash (500) or a database that is away (503). */
  failed(request: WireRequest, why: 'internal' | 'unavailable'): WireResponse
  /** Keys of back offices; absent: this API knows none. */
  readonly keys?: KeyRules
  /** Preflight and cross-origin headers, for an origin that the channel allows. */
  readonly cors: CorsRules
  /** How outside providers of taxes are spoken to, where the platform has such; whichever API a cart is changed by. */
  readonly taxProtocol?: TaxProtocol
  /** One request to try, shown on the start page: path and, for a POST, its body. */
  readonly sample: { readonly title: string; readonly curl: (baseUrl: string) => string }
}

/** What a key of a back office says besides its permissions: `data` of a credential. */
export interface KeyRules {
  /** What names the store that a key opens. Absent: nothing does. */
  readonly store?: { readonly meaning: string; readonly isNeeded: boolean }
  /** The platform's own names of what a key may do, and whether a key without any could do nothing. */
  readonly scopes: { readonly known: readonly string[]; readonly isNeeded: boolean }
  data(key: {
    readonly name: string
    readonly store: string | undefined
    readonly scopes: readonly string[]
  }): Readonly<Record<string, Json>>
}

export interface CorsRules {
  readonly allowHeaders: readonly string[]
  readonly exposeHeaders: readonly string[]
  readonly allowCredentials: boolean
  /** Cookies tell who asks: a channel that allows every origin does not allow this to all of them. */
  readonly usesCookies?: true
  /** Echo the origin, or `*` where no credentials are allowed. */
  readonly maxAgeSeconds: number
  /** Of the answer to a preflight; absent: 204. */
  readonly preflightStatus?: 200 | 204
}

/** How a dialect words each refusal; total, checked by the compiler. */
export type WireErrorTable<Answer> = {
  readonly [Code in CheckoutErrorCode]: (error: Extract<CheckoutError, { readonly code: Code }>) => Answer
}
