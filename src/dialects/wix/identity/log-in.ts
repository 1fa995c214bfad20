import { randomBytes } from 'node:crypto'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { isCheckout } from '../extras.js'
import { settingsOf, type WixSettings } from '../settings.js'
import { holderOf, type MemberHolder } from '../tokens.js'
import { isClientOf } from './clients.js'
import { issueCode } from './codes.js'
import { renderLogInPage, renderMessagePage, renderNotice } from './log-in-page.js'
import { isAllowedTarget, withQuery } from './redirect-targets.js'
import { readSession } from './sessions.js'
import { channelOf } from './token.js'

/** What an authorization request asks for. */
interface Asked {
  readonly clientId: string
  /** Empty where none is given, which only works with `web_message`. */
  readonly redirectUri: string
  readonly responseMode: 'fragment' | 'query' | 'web_message'
  readonly state: string
  readonly challenge: string
  readonly sessionToken: string
  readonly prompt: 'login' | 'none'
  /** Of the redirect session that led here. */
  readonly token: string
}

const responseModes = ['fragment', 'query', 'web_message'] as const

/**
 * GET /_api/oauth2/authorize (also /oauth2/authorize): where a redirect session sends the browser to log in. With a
 * session token the answer is a code at once; without one a page asks for e-mail address and password (`prompt=login`),
 * or the answer is `login_required` (`none`). Code and state go back by `response_mode`: 302 with a query or a fragment,
 * or 200 with a page that posts them to the window around it. 400 with a page for a request that cannot be trusted: an
 * unknown client, a domain that the site does not name, or no PKCE challenge (S256).
 * Source: dialects/wix.md 3.13, 3.14; RFC 6749, 7636.
 */
export async function getAuthorize(request: WireRequest, operations: Operations): Promise<WireResponse> {
  return authorize(request, operations, async (asked, settings) => {
    const member = await readSession(asked.sessionToken, settings.siteId, operations)
    if (member !== undefined) return respondCode(request, asked, member, settings, operations)
    // Within somebody else's page nobody types a password.
    if (asked.prompt === 'none' || asked.responseMode === 'web_message') {
      return respondBack(request, asked, { error: 'login_required', error_description: 'No member is logged in.' })
    }
    return respondPage(200, renderLogInPage({ action: actionOf(request), isWrong: false }))
  })
}

/**
 * POST /_api/oauth2/authorize (also /oauth2/authorize): the page's form with `email` and `password`; the query is that of
 * the page. 302 back with a code; 401 with the page again where they are wrong, 429 after too many failures.
 */
export async function postAuthorize(request: WireRequest, operations: Operations): Promise<WireResponse> {
  return authorize(request, operations, async (asked, settings) => {
    if (asked.responseMode === 'web_message') return respondPage(400, renderNotice('This request cannot be answered.'))
    const form = new URLSearchParams(request.body.toString('utf8').replaceAll(/%00|\0/g, '%EF%BF%BD'))
    const member = await operations.signIn({
      email: form.get('email') ?? '',
      password: form.get('password') ?? '',
      clientAddress: request.clientAddress,
      ...(await broughtAlong(request, asked, settings, operations)),
    })
    if (member.ok) return respondCode(request, asked, holderOf(member.value), settings, operations)
    const status = member.error.code === 'too_many_attempts' ? 429 : 401
    return respondPage(status, renderLogInPage({ action: actionOf(request), isWrong: true }))
  })
}

async function authorize(
  request: WireRequest,
  operations: Operations,
  proceed: (asked: Asked, settings: WixSettings) => Promise<WireResponse>,
): Promise<WireResponse> {
  const settings = settingsOf(await channelOf(request, operations))
  const asked = await readAsked(request, settings, operations)
  return asked.ok ? proceed(asked.value, settings) : respondPage(400, renderNotice(asked.error))
}

/** What is asked for, where it may be answered at all; else why not, for people. */
async function readAsked(
  { query, baseUrl }: WireRequest,
  settings: WixSettings,
  operations: Operations,
): Promise<Result<Asked, string>> {
  const text = (name: string) => query.get(name) ?? ''
  const mode = text('response_mode') === '' ? 'fragment' : text('response_mode')
  const responseMode = responseModes.find(each => each === mode)
  const challenge = text('code_challenge')
  const redirectUri = text('redirect_uri')
  if (!(await isClientOf(settings, text('client_id'), operations))) return refuse('The application is not known.')
  if (text('response_type') !== 'code' || responseMode === undefined) return refuse('This request cannot be answered.')
  if (text('code_challenge_method') !== 'S256' || !/^[\w~.-]{43,128}$/.test(challenge)) {
    return refuse('This request is not protected by a code challenge.')
  }
  const isSilent = responseMode === 'web_message' && redirectUri === ''
  if (!isSilent && !isAllowedTarget(redirectUri, settings, baseUrl)) {
    return refuse('The site does not allow the address to go back to.')
  }
  return ok({
    clientId: text('client_id'),
    redirectUri,
    responseMode,
    state: text('state'),
    challenge,
    sessionToken: text('session_token'),
    prompt: text('prompt') === 'none' ? 'none' : 'login',
    token: text('token'),
  })
}

/** The form comes back to the address of the page, with everything but what was proven. */
function actionOf({ path, baseUrl, query }: WireRequest): string {
  const kept = new URLSearchParams(query)
  kept.delete('session_token')
  return `${baseUrl}${path}?${kept.toString()}`
}

/** The cart of the visitor whose redirect session led here. */
async function broughtAlong(request: WireRequest, asked: Asked, settings: WixSettings, operations: Operations) {
  const session =
    asked.token === '' ? undefined : await operations.checkCredential({ kind: 'session', secret: asked.token })
  const { use, site, visitorId } = session?.dialect === 'wix' ? session.data : {}
  if (use !== 'redirect' || site !== settings.siteId || typeof visitorId !== 'string') return {}
  const guest = { kind: 'visitor', visitorId } as const
  return { adoptCart: { guest, channel: request.channel, keepsId: isCheckout } }
}

async function respondCode(
  request: WireRequest,
  asked: Asked,
  member: MemberHolder,
  settings: WixSettings,
  operations: Operations,
): Promise<WireResponse> {
  const { clientId, redirectUri, challenge } = asked
  const code = await issueCode({ member, site: settings.siteId, clientId, redirectUri, challenge }, operations)
  return respondBack(request, asked, { code })
}

/** The answer in the way that was asked for, with the state of the request. */
function respondBack(request: WireRequest, asked: Asked, answer: Readonly<Record<string, string>>): WireResponse {
  const whole = { ...answer, state: asked.state }
  if (asked.responseMode === 'web_message') {
    const nonce = randomBytes(16).toString('base64')
    const target = asked.redirectUri === '' ? '*' : new URL(asked.redirectUri).origin
    return respondPage(200, renderMessagePage({ message: whole, target, nonce }), `script-src 'nonce-${nonce}'`)
  }
  const to =
    asked.responseMode === 'query'
      ? withQuery(asked.redirectUri, whole)
      : Object.assign(new URL(asked.redirectUri), { hash: new URLSearchParams(whole).toString() }).href
  return {
    status: 302,
    headers: { Location: to, 'Cache-Control': 'no-store', 'X-Wix-Request-Id': request.requestId },
  }
}

/** A page that nobody may keep; without `policy`, one that nobody may put into a frame. */
function respondPage(status: number, html: string, policy?: string): WireResponse {
  const rules = policy ?? `style-src 'unsafe-inline'; form-action 'self' http: https:; frame-ancestors 'none'`
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; base-uri 'none'; ${rules}`,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: html,
  }
}
