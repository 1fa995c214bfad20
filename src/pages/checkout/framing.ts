import { stringifySetCookie } from 'cookie'

/** Cookie that says which cart a browser may buy at the hosted page; scripts cannot read it, and it goes to that page alone. */
export const passCookie = 'polytill_pay'

/** Seconds; as long as the pass in it is good for. */
const cookieSeconds = 7_200

/**
 * The one place that decides who may show the page inside a frame, and so how its cookie travels. Nobody may: the cookie
 * goes along on the way back from a payment page (`Lax`), and nowhere from inside another site's page.
 */
export const framing = {
  frameAncestors: "'none'",
  sameSite: 'lax',
} as const

/** Folder of addresses of one cart's page; its cookie is sent nowhere else. */
export function pagePath(cartId: string, step = ''): string {
  const base = `/pay/${encodeURIComponent(cartId)}`
  return step === '' ? base : `${base}/${step}`
}

/** `Set-Cookie` that lets a browser buy a cart; over HTTPS never sent in the clear. */
export function setPassCookie(cartId: string, pass: string, baseUrl: string): string {
  return stringifySetCookie({
    name: passCookie,
    value: pass,
    path: pagePath(cartId),
    httpOnly: true,
    sameSite: framing.sameSite,
    secure: baseUrl.startsWith('https:'),
    maxAge: cookieSeconds,
  })
}
