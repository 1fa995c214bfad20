import { createHash } from 'node:crypto'
import { parseCookie } from 'cookie'
import type { Caller } from '../../core/access/caller.js'
import { isSameSecret } from '../../core/access/same-secret.js'
import type { Handler, WireRequest, WireResponse } from '../../dialects/dialect.js'
import type { CheckoutPass, Operations, PurchaseView } from '../../operations/operations.js'
import { type Brand, brandOf } from './brand.js'
import { createFormats, type Formats } from './formats.js'
import { type Frame, pagePath, passCookie, setPassCookie, splitCart } from './framing.js'
import { chooseLanguage, type LanguageTag, languageOf, wordsIn } from './languages.js'
import { renderGone } from './render/gone.js'
import type { Words } from './words/en.js'

/** A request to the page, from inside another site's page where `frame` is there. */
export interface PageRequest extends WireRequest {
  readonly frame?: Frame
}

/** A request to the page of one cart, by a browser that may buy it. */
export interface PageCall {
  readonly wire: PageRequest
  readonly operations: Operations
  readonly pass: CheckoutPass
  readonly caller: Caller
  readonly cartId: string
  /** Goes into every form; a form without it changes nothing. */
  readonly csrf: string
  /** What the form says; empty for a page that is only looked at. */
  readonly form: URLSearchParams
  /** Where a step of this cart has its page. */
  path(step: string): string
}

/** How one cart is shown: the shop's looks, the shopper's language. */
export interface Look {
  readonly language: LanguageTag
  readonly words: Words
  readonly formats: Formats
  readonly brand: Brand
  readonly frame?: Frame
}

/** Answers with the cart at hand: one read. */
export type PageHandler = (call: PageCall, view: PurchaseView) => Promise<WireResponse>

/** Largest form that is taken, bytes. Ours: notes and addresses fit many times. */
export const formBytes = 65_536

/** A page that shows a cart. */
export function showing(handler: PageHandler): Handler {
  return async (wire, operations) => {
    const call = await callOf(wire, operations)
    if (!('cartId' in call)) return call
    const language = languageOf(wire.query.get('language') ?? undefined)
    if (language !== undefined) {
      const next = await withPass(call, { ...call.pass, language })
      return goTo(next.call.path(wire.path.split('/')[3] ?? ''), next.headers)
    }
    const view = await operations.readPurchase(call.caller, { id: call.cartId })
    return view.ok ? handler(call, view.value) : renderGone(wire, 404, 'link')
  }
}

/** A form that changes a cart: refused without the page's own token, whatever else came with it. */
export function changing(handler: (call: PageCall) => Promise<WireResponse>): Handler {
  return async (wire, operations) => {
    const call = await callOf(wire, operations)
    if (!('cartId' in call)) return call
    if (!isSameSecret(call.form.get('csrf') ?? undefined, call.csrf)) return renderGone(wire, 403, 'form')
    return handler(call)
  }
}

async function callOf(wire: PageRequest, operations: Operations): Promise<PageCall | WireResponse> {
  const { cartId, pass: framed } = splitCart(wire.params.cart ?? '')
  const text = framed ?? parseCookie(wire.headers.cookie ?? '')[passCookie] ?? ''
  const pass = await operations.readCheckoutPass({ use: framed === undefined ? 'session' : 'frame', text })
  if (pass === 'expired') return renderGone(wire, 410, 'expired')
  if (pass === undefined || pass.cartId !== cartId) return renderGone(wire, 404, 'link')
  return {
    wire,
    operations,
    pass,
    caller: callerOf(pass),
    cartId,
    csrf: createHash('sha256').update(`form ${pass.nonce}`).digest('base64url'),
    form: wire.method === 'POST' ? new URLSearchParams(wire.body.toString('utf8')) : new URLSearchParams(),
    path: step => pagePath(cartId, step, framed),
  }
}

/** Who buys: the customer whom the pass names, or whoever holds the cart. */
export function callerOf({ cartId, customerId }: Pick<CheckoutPass, 'cartId' | 'customerId'>): Caller {
  const heldCarts = [cartId]
  return customerId === undefined ? { kind: 'anonymous', heldCarts } : { kind: 'member', customerId, heldCarts }
}

/** The looks of a cart for this browser. */
export function lookOf({ wire, pass }: Pick<PageCall, 'wire' | 'pass'>, { cart, channel }: PurchaseView): Look {
  const language = chooseLanguage({
    chosen: pass.language,
    cart: cart.cart,
    channel,
    header: wire.headers['accept-language'],
  })
  const brand = brandOf(channel, language)
  return {
    language,
    words: wordsIn(language),
    formats: createFormats(language, cart.cart.locale, cart.currency, channel.timeZone),
    brand: pass.backUrl === undefined ? brand : { ...brand, shopUrl: pass.backUrl },
    ...(wire.frame === undefined ? {} : { frame: wire.frame }),
  }
}

/** On to another page by GET, so that Back and reload send no form again. */
export function goTo(location: string, headers: WireResponse['headers'] = {}): WireResponse {
  return { status: 303, headers: { location, 'cache-control': 'no-store', ...headers } }
}

/** On to another step, with a pass that is as good as new. */
export async function proceed(call: PageCall, step: string): Promise<WireResponse> {
  const next = await withPass(call, call.pass)
  return goTo(next.call.path(step), next.headers)
}

/** `Set-Cookie` with this browser's pass, good for the whole time again; nothing in a frame, where the address has it. */
export async function renewedPass(call: PageCall): Promise<WireResponse['headers']> {
  return call.wire.frame === undefined ? passHeaders(call, call.pass) : {}
}

/**
 * The call with another pass, and the cookie with it; in a frame it is in the addresses of the call. Without a `nonce` it
 * is a new one, and forms of before are worth nothing.
 */
export async function withPass(
  call: PageCall,
  said: Omit<CheckoutPass, 'nonce' | 'expiresAt'> & { readonly nonce?: string },
): Promise<{ readonly call: PageCall; readonly headers: WireResponse['headers'] }> {
  const { nonce, expiresAt } = call.pass
  const pass = { nonce, expiresAt, ...said }
  if (call.wire.frame === undefined) return { call: { ...call, pass }, headers: await passHeaders(call, said) }
  const text = await call.operations.issueCheckoutPass(said)
  return { call: { ...call, pass, path: step => pagePath(said.cartId, step, text) }, headers: {} }
}

/** `Set-Cookie` with a pass for a browser; without a `nonce` it is a new one, and forms of before are worth nothing. */
export async function passHeaders(
  { operations, wire, cartId }: Pick<PageCall, 'operations' | 'wire' | 'cartId'>,
  { customerId, provenAt, language, backUrl, doneUrl, nonce }: Partial<CheckoutPass>,
): Promise<WireResponse['headers']> {
  const pass = await operations.issueCheckoutPass({
    use: 'session',
    cartId,
    ...(nonce === undefined ? {} : { nonce }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(provenAt === undefined ? {} : { provenAt }),
    ...(language === undefined ? {} : { language }),
    ...(backUrl === undefined ? {} : { backUrl }),
    ...(doneUrl === undefined ? {} : { doneUrl }),
  })
  return { 'set-cookie': setPassCookie(cartId, pass, wire.baseUrl) }
}

/** What a form was sent for besides being saved; undefined: to go on. */
export function wishOf({ form }: Pick<PageCall, 'form'>): string | undefined {
  const wish = form.get('do') ?? ''
  return wish === '' || wish === 'go' ? undefined : wish
}

/** The call in the language that the form asks for, and the cookie that keeps it; the same call where it asks for none. */
export async function inWantedLanguage(
  call: PageCall,
): Promise<{ readonly call: PageCall; readonly headers: WireResponse['headers'] }> {
  const language = languageOf(/^language (.+)$/.exec(wishOf(call) ?? '')?.[1])
  if (language === undefined) return { call, headers: {} }
  return withPass(call, { ...call.pass, language })
}
