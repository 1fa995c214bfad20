import { createHmac, timingSafeEqual } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { CartId } from '../../core/ids.js'
import type { WireRequest } from '../dialect.js'
import { orderFormIdOf, parseOrderFormId } from './ids.js'

/** Identifies the current cart; clients read `__ofid=` and hex digits, and nothing else, in it. */
export const cartCookieName = 'checkout.vtex.com'

/** Proves that its holder typed the personal data of a cart. */
export const ownershipCookieName = 'CheckoutOrderFormOwnership'

/** Cookies of a request by name; of two with one name the first counts. */
export function cookiesOf(request: Pick<WireRequest, 'headers'>): Readonly<Record<string, string | undefined>> {
  return parseCookie(request.headers.cookie ?? '')
}

/** The cart that the cookie names. */
export function cartOfCookie(request: Pick<WireRequest, 'headers'>): CartId | undefined {
  const value = cookiesOf(request)[cartCookieName] ?? ''
  return parseOrderFormId(value.replace(/^__ofid=/, ''))
}

/**
 * A cookie for the whole host. `maxAge` in seconds; absent: as long as the browser is open.
 *
 * @param value  written as it is: letters, digits, `=`, `-`, `_` and `.` only
 */
export function setCookie(
  request: Pick<WireRequest, 'baseUrl'>,
  name: string,
  value: string,
  options: { readonly maxAge?: number } = {},
): string {
  return stringifySetCookie(
    {
      name,
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: request.baseUrl.startsWith('https:'),
      ...(options.maxAge === undefined ? {} : { maxAge: options.maxAge }),
    },
    { encode: text => text },
  )
}

const cartCookieSeconds = 90 * 24 * 3600

/** Makes `id` the browser's current cart. Carts are kept three months. */
export function setCartCookie(request: Pick<WireRequest, 'baseUrl'>, id: CartId): string {
  return setCookie(request, cartCookieName, `__ofid=${orderFormIdOf(id)}`, { maxAge: cartCookieSeconds })
}

/** Proof of having typed the personal data of that cart; always of the same length. */
export function ownershipProof(id: CartId, secret: string): string {
  return createHmac('sha256', secret).update(`orderForm ownership ${id}`).digest('base64url')
}

/** Whether the request proves that it comes from whoever typed the personal data of that cart. */
export function provesOwnership(request: Pick<WireRequest, 'headers'>, id: CartId, secret: string): boolean {
  const given = Buffer.from(cookiesOf(request)[ownershipCookieName] ?? '')
  const expected = Buffer.from(ownershipProof(id, secret))
  return given.length === expected.length && timingSafeEqual(given, expected)
}
