import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { WireRequest } from '../dialect.js'
import { cookiesOf, setCookie } from './session.js'

/** Cookie that a page's own scripts can read and copy into a header, which no other site can. */
export const csrfCookie = 'XSRF-TOKEN'

/** Names of that header: the Checkout SDK's, and that of storefront themes. Source: dialects/bigcommerce.md 2.2. */
const csrfHeaders = ['x-xsrf-token', 'x-sf-csrf-token']

/** Seconds; like a session. */
const csrfSeconds = 60 * 24 * 3_600

/**
 * Whether a request that changes something was sent by a page that may: a page of this origin or of one that the channel
 * allows. Reads pass always. Where the cookie is present a header must repeat it; the browser's own word about where the
 * request comes from may stand in for a missing header. A request that a browser says comes from elsewhere never passes.
 *
 * Source: dialects/bigcommerce.md 2.2; refusing foreign origins also without the cookie is ours.
 */
export function mayChange(wire: WireRequest, allowedOrigins: readonly string[]): boolean {
  if (wire.method === 'GET' || wire.method === 'OPTIONS') return true
  const origin = originOf(wire, allowedOrigins)
  if (origin === 'foreign') return false
  const token = cookiesOf(wire)[csrfCookie]
  if (token === undefined || token === '') return true
  const sent = csrfHeaders.map(name => wire.headers[name]).find(value => value !== undefined && value !== '')
  return sent === undefined ? origin === 'own' : isSame(sent, token)
}

/** `Set-Cookie` with a fresh token for a browser that has none; else nothing. */
export function csrfCookieFor(wire: WireRequest): readonly string[] {
  if ((cookiesOf(wire)[csrfCookie] ?? '') !== '') return []
  const token = randomBytes(24).toString('base64url')
  return [setCookie(csrfCookie, token, wire.baseUrl, { httpOnly: false, maxAge: csrfSeconds })]
}

/** What the browser says about the sender; `unknown` where it says nothing, as programs that are no browser do. */
function originOf(wire: WireRequest, allowedOrigins: readonly string[]): 'own' | 'foreign' | 'unknown' {
  const { origin } = wire.headers
  if (origin !== undefined) return isOwn(origin, wire) || allowedOrigins.includes(origin) ? 'own' : 'foreign'
  const site = wire.headers['sec-fetch-site']
  if (site === undefined) return 'unknown'
  return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
}

function isOwn(origin: string, wire: WireRequest): boolean {
  return URL.canParse(wire.baseUrl) && new URL(wire.baseUrl).origin === origin
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
