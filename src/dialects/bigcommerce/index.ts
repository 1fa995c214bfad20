import type { Dialect, Method, WireRequest, WireResponse } from '../dialect.js'
import { keyRules } from './auth.js'
import { canonicalPath } from './paths.js'
import { type Problem, problems } from './problem.js'
import {
  respondInternalProblem,
  respondLegacyProblem,
  respondPaymentProblem,
  respondServerProblem,
  respondStorefrontProblem,
} from './respond.js'
import { routes } from './routes.js'

const refusals = {
  too_large: problems.tooLarge,
  too_slow: problems.tooSlow,
  bad_request: problems.badRequest,
  too_many_requests: problems.tooManyRequests,
} as const

/** Which of the APIs a path belongs to, each with its own form of errors; the first that matches. */
const surfaces: readonly { readonly paths: RegExp; readonly respond: (problem: Problem) => WireResponse }[] = [
  { paths: /^\/stores\/[^/]*\/v2(\/|$)/, respond: respondLegacyProblem },
  { paths: /^\/stores\/[^/]*\/payments(\/|$)/, respond: respondPaymentProblem },
  { paths: /^\/stores\/[^/]*\/v3(\/|$)/, respond: respondServerProblem },
  { paths: /^\/api\/storefront(\/|$)/, respond: respondStorefrontProblem },
  { paths: /^\/internalapi(\/|$)/, respond: respondInternalProblem },
  { paths: /^\/api\/(public\/v1|v[23]\/stores)(\/|$)/, respond: respondPaymentProblem },
  {
    paths:
      /^\/((login\.php|cart\.php|login\/token|embedded-checkout|(checkout\/)?order-confirmation)(\/|$)|checkout\/?$)/,
    respond: respondInternalProblem,
  },
]

/** The BigCommerce APIs. What a store may set is in its channel (see `settings.ts`). */
export function bigcommerceDialect(): Dialect {
  return dialect
}

const dialect: Dialect = {
  name: 'bigcommerce',
  title: 'BigCommerce',
  routes,
  canonical: canonicalPath,
  owns: path => surfaces.some(({ paths }) => paths.test(path)),
  notFound: request => respondIn(request, problems.notFound),
  methodNotAllowed: respondMethodNotAllowed,
  refused: (request, why) => respondIn(request, refusals[why]),
  failed: (request, why) => respondIn(request, problems[why]),
  keys: keyRules,
  cors: {
    allowHeaders: [
      'Accept',
      'Content-Type',
      'X-XSRF-TOKEN',
      'X-SF-CSRF-TOKEN',
      'X-Checkout-SDK-Version',
      'X-API-INTERNAL',
      'X-Checkout-Variant',
      'Authorization',
    ],
    exposeHeaders: ['token', 'x-session-hash', 'x-device-session-id'],
    allowCredentials: true,
    usesCookies: true,
    maxAgeSeconds: 600,
  },
  sample: {
    title: 'Create a cart between servers',
    curl: baseUrl =>
      [
        `curl -s '${baseUrl}/stores/demo/v3/carts'`,
        `  -H 'X-Auth-Token: demo-bigcommerce-token' -H 'Content-Type: application/json'`,
        `  -d '{"line_items":[{"product_id":86,"variant_id":66,"quantity":1}]}'`,
      ].join(' \\\n'),
  },
}

function respondIn(request: WireRequest, problem: Problem): WireResponse {
  const surface = surfaces.find(({ paths }) => paths.test(request.path))
  return (surface?.respond ?? respondServerProblem)(problem)
}

function respondMethodNotAllowed(request: WireRequest, allowed: readonly Method[]): WireResponse {
  const answer = respondIn(request, problems.methodNotAllowed)
  return { ...answer, headers: { ...answer.headers, Allow: allowed.join(', ') } }
}
