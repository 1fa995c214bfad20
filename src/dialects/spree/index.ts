import type { Dialect } from '../dialect.js'
import { respondJson, respondNotFound, texts } from './errors.js'
import { canonicalPath, isOwnPath } from './paths.js'
import { routes } from './routes.js'

const refusals = {
  too_large: { status: 413, error: 'Payload Too Large' },
  too_slow: { status: 408, error: 'Request Timeout' },
  bad_request: { status: 400, error: 'Bad Request' },
  too_many_requests: { status: 429, error: 'Too Many Requests' },
} as const

const failures = {
  internal: { status: 500, error: 'Internal Server Error' },
  unavailable: { status: 503, error: 'Service Unavailable' },
} as const

/** The Spree v1 API. What a store may set is in its channel (see `settings.ts`). */
export function spreeDialect(): Dialect {
  return dialect
}

const dialect: Dialect = {
  name: 'spree',
  title: 'Spree',
  routes,
  canonical: canonicalPath,
  owns: isOwnPath,
  notFound: respondNotFound,
  // The platform knows no 405: what a resource does not offer is not there.
  methodNotAllowed: () => respondJson(404, { error: texts.notFound }),
  refused: (_request, why) => respondJson(refusals[why].status, { error: refusals[why].error }),
  failed: (_request, why) => respondJson(failures[why].status, { exception: failures[why].error }),
  keys: { scopes: { known: [], isNeeded: false }, data: () => ({}) },
  cors: {
    allowHeaders: [
      'accept',
      'content-type',
      'authorization',
      'X-Spree-Token',
      'X-Spree-Order-Token',
      'X-Spree-Order-Id',
      'Guest-Order-Token',
      'Auth-Token',
      'token-type',
      'uid',
      'client',
      'ng-api',
    ],
    exposeHeaders: [],
    // Keys and tokens stand in headers and parameters; cookies are never looked at.
    allowCredentials: false,
    maxAgeSeconds: 600,
  },
  sample: {
    title: 'Begin a checkout with two totes',
    curl: baseUrl =>
      [
        `curl -s '${baseUrl}/api/checkouts' -H 'Content-Type: application/json'`,
        `  -d '{"order":{"line_items":[{"variant_id":1,"quantity":2}]}}'`,
      ].join(' \\\n'),
  },
}
