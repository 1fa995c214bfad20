import { randomUUID } from 'node:crypto'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { respondError, wordRefusal } from '../errors.js'
import { endpoint, type WixCall } from '../request.js'
import { settingsOf } from '../settings.js'
import { hostedUrl } from '../storefront/checkout-page.js'
import {
  type Field,
  type Fields,
  guid,
  has,
  type JsonObject,
  object,
  objectAt,
  oneOf,
  optional,
  required,
  text,
  textAt,
  violation,
} from '../validation.js'
import { applicationError, type WixError } from '../wix-error.js'
import { isClientOf } from './clients.js'
import { isAllowedTarget, withQuery } from './redirect-targets.js'

/** How long a redirect session and its short link are good for, seconds; ours. */
const redirectSeconds = 3_600

const url = optional(text(2048))
const callbackNames = [
  'thankYouPageUrl',
  'postFlowUrl',
  'cartPageUrl',
  'loginUrl',
  'bookingsServiceListUrl',
  'planListUrl',
] as const

const authRequest: Fields = {
  clientId: required(guid),
  responseType: optional(oneOf(['code'])),
  redirectUri: url,
  scope: optional(text(500)),
  state: required(text(2048, 1)),
  responseMode: optional(oneOf(['fragment', 'query', 'web_message'])),
  codeChallenge: required(text(128, 43)),
  codeChallengeMethod: optional(oneOf(['S256'])),
  sessionToken: optional(text(2048)),
  nonce: optional(text(512)),
  idp: optional(text(512)),
}

const intents: Readonly<Record<string, Field>> = {
  ecomCheckout: optional(object({ checkoutId: required(guid) })),
  auth: optional(object({ authRequest: required(object(authRequest)), prompt: optional(oneOf(['login', 'none'])) })),
  logout: optional(object({ clientId: required(guid) })),
  login: optional(object({})),
  storesProduct: optional(object({ productSlug: required(text(500, 1)) })),
}

const fields: Fields = {
  ...intents,
  callbacks: optional(object(Object.fromEntries(callbackNames.map(name => [name, url])))),
  preferences: optional(object({ additionalQueryParameters: optional(object({})) })),
  origin: optional(text(2048)),
}

/** Where the browser shall go: an address of ours or of the site. */
interface Destination {
  readonly endpoint: string
  readonly parameters: Readonly<Record<string, string | undefined>>
}

/**
 * POST /_api/redirects-api/v1/redirect-session, /headless/v1/redirect-session and
 * /redirect-session/v1/redirect-session: where to send the browser to check out, to log in or out, or to a product.
 * 200 with `redirectSession`; 400 unless exactly one intent is given; 401; 403 where people would be sent to a domain
 * that the site does not name; 404 for a checkout that is not the caller's. Left out: bookings, events, paid plans and
 * payment requests, which are other products' pages. Source: dialects/wix.md 3.13.
 */
export const postRedirectSession = endpoint({ place: 'checkout', scopes: ['ECOM.READ_CHECKOUTS'], fields }, answer)

async function answer(call: WixCall, operations: Operations): Promise<WireResponse> {
  const { wire, body } = call
  const named = Object.keys(intents).filter(name => has(body, name))
  const [intent] = named
  if (intent === undefined || named.length > 1) {
    return respondError(wire, {
      violations: [
        violation('intent', 'REQUIRED_ONE_OF_FIELD', `exactly one of ${Object.keys(intents).join(', ')} must be given`),
      ],
    })
  }
  const stranger = strangeTarget(call)
  if (stranger !== undefined) return respondError(wire, notAllowed(stranger))
  const destination = await destinationOf(intent, call, operations)
  if (!destination.ok) return respondError(wire, destination.error)
  return respondSession(call, destination.value, operations)
}

function notAllowed(field: string): WixError {
  return applicationError(403, 'REDIRECT_DOMAIN_NOT_ALLOWED', `The site does not allow the domain of ${field}.`)
}

/** The first field that would send people to a domain that the site does not name. */
function strangeTarget({ body, settings, wire }: WixCall): string | undefined {
  const callbacks = objectAt(body, 'callbacks')
  const targets: readonly (readonly [string, string | undefined])[] = [
    ...callbackNames.map(name => [`callbacks.${name}`, textAt(callbacks, name)] as const),
    ['auth.authRequest.redirectUri', textAt(objectAt(objectAt(body, 'auth'), 'authRequest'), 'redirectUri')],
  ]
  return targets.find(([, target]) => target !== undefined && !isAllowedTarget(target, settings, wire.baseUrl))?.[0]
}

async function destinationOf(
  intent: string,
  call: WixCall,
  operations: Operations,
): Promise<Result<Destination, WixError>> {
  const { body, settings, wire } = call
  const site = settings.siteUrl ?? wire.baseUrl
  const postFlowUrl = textAt(objectAt(body, 'callbacks'), 'postFlowUrl')
  switch (intent) {
    case 'ecomCheckout':
      return checkoutDestination(call, operations)
    case 'auth':
      return authDestination(call, operations)
    case 'logout': {
      const clientId = textAt(objectAt(body, 'logout'), 'clientId') ?? ''
      if (!(await isClientOf(settings, clientId, operations))) return refuse(unknownClient)
      return ok({
        endpoint: `${wire.baseUrl}/_api/iam/authentication/v1/logout`,
        parameters: { clientId, postLogoutRedirectUri: postFlowUrl },
      })
    }
    case 'storesProduct': {
      const slug = textAt(objectAt(body, 'storesProduct'), 'productSlug') ?? ''
      return ok({ endpoint: `${site}/product-page/${encodeURIComponent(slug)}`, parameters: {} })
    }
    default:
      return ok({ endpoint: `${site}/login`, parameters: { returnUrl: postFlowUrl } })
  }
}

const unknownClient = applicationError(403, 'PERMISSION_DENIED', 'No such OAuth client.')

/** Reading the checkout decides whether it is the caller's, and claims it where nobody has yet. */
async function checkoutDestination(call: WixCall, operations: Operations): Promise<Result<Destination, WixError>> {
  const { body, caller, settings } = call
  const checkoutId = textAt(objectAt(body, 'ecomCheckout'), 'checkoutId')?.toLowerCase() ?? ''
  const read = await operations.readCart(caller, { key: { id: checkoutId } })
  if (!read.ok) return refuse(wordRefusal(read.error, call.place))
  const page = new URL(await hostedUrl(call, checkoutId, operations, waysBack(call)))
  if (settings.checkoutUrl !== undefined) return ok({ endpoint: settings.checkoutUrl, parameters: { checkoutId } })
  // The pass stands in the query, beside what the session adds to it.
  return ok({
    endpoint: `${page.origin}${page.pathname}`,
    parameters: { ...Object.fromEntries(page.searchParams), checkoutId },
  })
}

/** Where the checkout page sends people: away from it, and on from an order. Source: dialects/wix.md 3.13. */
function waysBack({ body, identity }: WixCall): { readonly backUrl?: string; readonly doneUrl?: string } {
  const callbacks = objectAt(body, 'callbacks')
  const wixMemberLoggedIn = String(identity.kind === 'member')
  const told = (url: string | undefined) => (url === undefined ? undefined : withQuery(url, { wixMemberLoggedIn }))
  const backUrl = told(textAt(callbacks, 'postFlowUrl') ?? textAt(callbacks, 'cartPageUrl'))
  const doneUrl = told(textAt(callbacks, 'thankYouPageUrl'))
  return { ...(backUrl === undefined ? {} : { backUrl }), ...(doneUrl === undefined ? {} : { doneUrl }) }
}

async function authDestination(call: WixCall, operations: Operations): Promise<Result<Destination, WixError>> {
  const { body, settings, wire } = call
  const auth = objectAt(body, 'auth')
  const asked = objectAt(auth, 'authRequest')
  const clientId = textAt(asked, 'clientId') ?? ''
  if (!(await isClientOf(settings, clientId, operations))) return refuse(unknownClient)
  return ok({
    endpoint: `${wire.baseUrl}/_api/oauth2/authorize`,
    parameters: {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: textAt(asked, 'redirectUri'),
      scope: textAt(asked, 'scope'),
      state: textAt(asked, 'state'),
      response_mode: textAt(asked, 'responseMode') ?? 'fragment',
      code_challenge: textAt(asked, 'codeChallenge'),
      code_challenge_method: 'S256',
      session_token: textAt(asked, 'sessionToken'),
      prompt: textAt(auth, 'prompt') ?? 'login',
    },
  })
}

/** The session remembers who began it, so that a log-in on the way brings the visitor's cart along. */
async function respondSession(call: WixCall, to: Destination, operations: Operations): Promise<WireResponse> {
  const { wire, identity, settings, body } = call
  const parameters = { ...extraParameters(body), ...to.parameters }
  const fullUrl = (token: string) => withQuery(to.endpoint, { ...parameters, token })
  const sessionToken = await operations.issueCredential({
    kind: 'session',
    subject: identity.id,
    dialect: 'wix',
    data: {
      use: 'redirect',
      site: settings.siteId,
      // What proves a log-in is kept nowhere: the short form of such an address leads to the page that asks.
      url: withQuery(to.endpoint, { ...parameters, session_token: undefined }),
      callbacks: Object.fromEntries(
        callbackNames.flatMap(name => {
          const target = textAt(objectAt(body, 'callbacks'), name)
          return target === undefined ? [] : [[name, target]]
        }),
      ),
      ...(identity.kind === 'visitor' ? { visitorId: identity.id } : {}),
    },
    ttlSeconds: redirectSeconds,
  })
  return respondJson(wire, {
    redirectSession: {
      id: randomUUID(),
      fullUrl: fullUrl(sessionToken),
      urlDetails: {
        endpoint: to.endpoint,
        searchParams: Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)),
      },
      sessionToken,
      shortUrl: `${wire.baseUrl}/_api/r/${sessionToken}`,
    },
  })
}

function extraParameters(body: JsonObject): Readonly<Record<string, string>> {
  const extra = objectAt(objectAt(body, 'preferences'), 'additionalQueryParameters')
  return Object.fromEntries(
    Object.entries(extra).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** GET /_api/r/:token: the short form of a redirect session's address. 302 to the full one; 404 once it is over. */
export async function getShortUrl(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const token = wire.params.token ?? ''
  const session = await operations.checkCredential({ kind: 'session', secret: token })
  const { use, url: target } = session?.dialect === 'wix' ? session.data : {}
  if (use !== 'redirect' || typeof target !== 'string') {
    return respondError(wire, applicationError(404, 'REDIRECT_SESSION_NOT_FOUND', 'No such redirect session.'))
  }
  return {
    status: 302,
    headers: {
      Location: withQuery(target, { token }),
      'Cache-Control': 'no-store',
      'X-Wix-Request-Id': wire.requestId,
    },
  }
}

/**
 * GET /_api/iam/authentication/v1/logout: the end of a log-out in the browser. 302 back to `postLogoutRedirectUri` with
 * `wixMemberLoggedIn=false`; 200 with `{}` where none is given; 403 for a domain that the site does not name. Members
 * hold their tokens themselves, and drop them. Source: dialects/wix.md 3.13.
 */
export const getLogout = async (wire: WireRequest, operations: Operations): Promise<WireResponse> => {
  const { channel } = wire
  const read = await operations.readChannel({ channel })
  const target = wire.query.get('postLogoutRedirectUri') ?? ''
  if (target === '' || !read.ok) return respondJson(wire, {})
  if (!isAllowedTarget(target, settingsOf(read.value), wire.baseUrl)) {
    return respondError(wire, notAllowed('postLogoutRedirectUri'))
  }
  return {
    status: 302,
    headers: {
      Location: withQuery(target, { wixMemberLoggedIn: 'false' }),
      'Cache-Control': 'no-store',
      'X-Wix-Request-Id': wire.requestId,
    },
  }
}
