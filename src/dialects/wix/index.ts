import type { Dialect, WireRequest, WireResponse } from '../dialect.js'
import { respondFailure } from './answers.js'
import { keyRules } from './auth.js'
import { respondError } from './errors.js'
import { routes } from './routes.js'
import { applicationError } from './wix-error.js'

/** First segments of all paths of this dialect, with the second where the first is shared with other platforms. */
const ownPrefixes = new Set(routes.map(route => prefixOf(route.path)))

const refusals = {
  too_large: applicationError(413, 'REQUEST_TOO_LARGE', 'The request is too large.'),
  too_slow: applicationError(408, 'DEADLINE_EXCEEDED', 'The request took too long.'),
  bad_request: applicationError(400, 'INVALID_ARGUMENT', 'The request cannot be read.'),
  too_many_requests: applicationError(429, 'RESOURCE_EXHAUSTED', 'Too many requests.'),
} as const

/** The Wix eCommerce API, V1: carts, checkouts, orders, and who may see them. */
export function wixDialect(): Dialect {
  return dialect
}

const dialect: Dialect = {
  name: 'wix',
  title: 'Wix eCommerce',
  routes,
  owns: path => ownPrefixes.has(prefixOf(path)),
  notFound: respondUnmatched,
  methodNotAllowed: respondUnmatched,
  refused: (request, why) => respondError(request, refusals[why]),
  failed: (request, why) => respondFailure(request, why === 'unavailable' ? 503 : 500),
  keys: keyRules,
  cors: {
    allowHeaders: [
      'authorization',
      'content-type',
      'x-wix-bi-gateway',
      'x-wix-consistent',
      'wix-site-id',
      'wix-account-id',
      'x-wix-client-artifact-id',
    ],
    exposeHeaders: ['x-wix-request-id', 'x-wix-consistent'],
    allowCredentials: false,
    maxAgeSeconds: 600,
    preflightStatus: 200,
  },
  sample: {
    title: 'Become a visitor, then read the cart',
    curl: baseUrl =>
      [
        `curl -s '${baseUrl}/oauth2/token' -H 'Content-Type: application/json'`,
        `  -d '{"clientId":"c0ffee00-0001-4a6b-9b61-000000000001","grantType":"anonymous"}'`,
      ].join(' \\\n'),
  },
}

function respondUnmatched(request: WireRequest): WireResponse {
  return respondError(request, applicationError(404, 'NOT_FOUND', 'There is no such endpoint.'))
}

/** `/ecom/v1`, `/_api/ecom-cart`, `/oauth2`. */
function prefixOf(path: string): string {
  const [, first = '', second = ''] = path.split('/')
  return first === 'oauth2' ? `/${first}` : `/${first}/${second}`
}
