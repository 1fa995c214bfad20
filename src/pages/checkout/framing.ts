import { stringifySetCookie } from 'cookie'

/** Cookie that says which cart a browser may buy at the hosted page; scripts cannot read it, and it goes to that page alone. */
export const passCookie = 'polytill_pay'

/** Seconds; as long as the pass in it is good for. */
const cookieSeconds = 7_200

/**
 * The one place that decides who may show the page inside a frame. Nobody may, but for pages whose address carries a pass
 * for that: those the sites of the channel that the pass names.
 */
export function frameAncestors(frame: Frame | undefined): string {
  return frame === undefined || frame.sites.length === 0 ? "'none'" : frame.sites.join(' ')
}

/** The page inside another site's page. */
export interface Frame {
  /** Origins of the sites that may show it, as a content security policy lists them. */
  readonly sites: readonly string[]
}

/** Stands in an address between a cart and the pass of a frame; neither has one in it. */
const seam = '~'

/** What stands in an address for the cart: its id and, in a frame, the pass. */
export function splitCart(segment: string): { readonly cartId: string; readonly pass: string | undefined } {
  const at = segment.indexOf(seam)
  return at < 0
    ? { cartId: segment, pass: undefined }
    : { cartId: segment.slice(0, at), pass: segment.slice(at + seam.length) }
}

/**
 * Folder of addresses of one cart's page; its cookie is sent nowhere else.
 *
 * @param pass  of a frame
 */
export function pagePath(cartId: string, step = '', pass?: string): string {
  const cart = pass === undefined ? cartId : `${cartId}${seam}${pass}`
  const base = `/pay/${encodeURIComponent(cart)}`
  return step === '' ? base : `${base}/${step}`
}

/**
 * `Set-Cookie` that lets a browser buy a cart; over HTTPS never sent in the clear. It goes along on the way back from a
 * payment page (`Lax`), and nowhere from inside another site's page.
 */
export function setPassCookie(cartId: string, pass: string, baseUrl: string): string {
  return stringifySetCookie({
    name: passCookie,
    value: pass,
    path: pagePath(cartId),
    httpOnly: true,
    sameSite: 'lax',
    secure: baseUrl.startsWith('https:'),
    maxAge: cookieSeconds,
  })
}
