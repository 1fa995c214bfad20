import type { Dialect, WireRequest, WireResponse } from '../dialect.js'
import { respondError, respondUnknownPath } from './answer.js'
import { keyRules } from './auth.js'
import { routes } from './routes.js'
import { taxProtocol } from './taxes/tax-protocol.js'

/** First two segments of paths under `/api`, and of the few that are outside. */
const ownPlaces = new Set([
  'api/checkout',
  'api/sessions',
  'api/segments',
  'api/oms',
  'api/vtexid',
  'api/pub',
  'api/pvt',
  'api/payments',
  'checkout/changeToAnonymousUser',
  'checkout/cart',
  'checkout/gatewayCallback',
  'checkout/orderPlaced',
])

const refusals = {
  too_large: { status: 413, code: '001', message: 'Request entity too large' },
  too_slow: { status: 503, code: 'CHK0292', message: 'A lock operation timed out' },
  bad_request: { status: 400, code: '001', message: 'Bad request' },
  too_many_requests: { status: 429, code: 'CHK0084', message: 'Too many attempts' },
} as const

const failures = {
  internal: { status: 500, code: '001', message: 'Internal error' },
  unavailable: { status: 503, code: 'CHK0292', message: 'A lock operation timed out' },
} as const

/** The VTEX Checkout API. What a store may set is in its channel (see `settings.ts`). */
export function vtexDialect(): Dialect {
  return dialect
}

const dialect: Dialect = {
  name: 'vtex',
  title: 'VTEX Checkout',
  routes,
  ignoresTrailingSlash: true,
  owns,
  notFound: respondUnknownPath,
  // The platform knows no 405: what a path does not offer is not there.
  methodNotAllowed: respondUnknownPath,
  refused: (_request: WireRequest, why): WireResponse => respondError(refusals[why]),
  failed: (_request: WireRequest, why): WireResponse => respondError(failures[why]),
  keys: keyRules,
  cors: {
    allowHeaders: [
      'accept',
      'content-type',
      'X-VTEX-API-AppKey',
      'X-VTEX-API-AppToken',
      'VtexIdclientAutCookie',
      'X-FORWARDED-HOST',
      'Checkout-User-Agent',
      'X-Requested-With',
    ],
    exposeHeaders: [],
    allowCredentials: true,
    usesCookies: true,
    maxAgeSeconds: 600,
    preflightStatus: 200,
  },
  taxProtocol,
  sample: {
    title: 'What two mugs cost in Rio de Janeiro',
    curl: baseUrl =>
      [
        `curl -s '${baseUrl}/api/checkout/pub/orderForms/simulation' -H 'Content-Type: application/json'`,
        `  -d '{"items":[{"id":"18","quantity":2,"seller":"1"}],"country":"BRA","postalCode":"22250040"}'`,
      ].join(' \\\n'),
  },
}

function owns(path: string): boolean {
  const [, first = '', second = ''] = path.split('/')
  return first === 'split' || path === '/checkout' || ownPlaces.has(`${first}/${second}`)
}
