import type { Dialect, Method, WireRequest, WireResponse } from '../dialect.js'
import { readEnvelope } from './envelope.js'
import { respondErrors } from './errors.js'
import { fixed } from './fixed-errors.js'
import { routes } from './routes.js'

/** First segments of all paths of this dialect. */
const ownSegments = new Set(routes.map(route => segmentsOf(route.path)[0]))

const refusals = {
  too_large: { detail: 'Payload Too Large', status: 413 },
  too_slow: { detail: 'Request Timeout', status: 408 },
  bad_request: { detail: 'Bad Request', status: 400 },
  too_many_requests: { detail: 'Too Many Requests', status: 429 },
} as const

const failures = {
  internal: { detail: 'Internal Server Error', status: 500 },
  unavailable: { detail: 'Service Unavailable', status: 503 },
} as const

/** `/checkout` stands alone here; what is below it is of others. */
function owns(path: string): boolean {
  const [first, ...below] = segmentsOf(path)
  return ownSegments.has(first) && (first !== 'checkout' || below.every(segment => segment === ''))
}

/** The Spryker Glue storefront API. What a store may set is in its channel (see `settings.ts`). */
export function sprykerDialect(): Dialect {
  return dialect
}

const dialect: Dialect = {
  name: 'spryker',
  title: 'Spryker Glue',
  routes,
  owns,
  notFound: respondUnmatched,
  // The platform knows no 405: what a resource does not offer is not there.
  methodNotAllowed: respondUnmatched,
  refused: (_request, why) => respondErrors({}, [refusals[why]]),
  failed: (_request, why) => respondErrors({}, [failures[why]]),
  cors: {
    allowHeaders: [
      'accept',
      'content-type',
      'content-language',
      'accept-language',
      'authorization',
      'X-Anonymous-Customer-Unique-Id',
      'If-Match',
      'Idempotency-Key',
      'Store',
    ],
    exposeHeaders: ['ETag', 'Content-Language'],
    allowCredentials: true,
    maxAgeSeconds: 600,
    preflightStatus: 200,
  },
  sample: {
    title: 'Put a product into a guest cart',
    curl: baseUrl =>
      [
        `curl -s '${baseUrl}/guest-cart-items?include=guest-cart-items'`,
        `  -H 'X-Anonymous-Customer-Unique-Id: demo-guest' -H 'Content-Type: application/json'`,
        `  -d '{"data":{"type":"guest-cart-items","attributes":{"sku":"136_24425591","quantity":1}}}'`,
      ].join(' \\\n'),
  },
}

/** A path or method without a route: 404, but a PATCH or DELETE that merely lacks its last id is told so. */
function respondUnmatched(request: WireRequest): WireResponse {
  const type = typeWithoutId(request.method, request.path)
  if (type === undefined) return respondErrors({}, [fixed.notFound])
  const envelope = request.method === 'PATCH' ? readEnvelope(request, type) : undefined
  return respondErrors({}, [envelope?.ok === false ? envelope.error : fixed.idMissing])
}

function typeWithoutId(method: Method, path: string): string | undefined {
  if (method !== 'PATCH' && method !== 'DELETE') return undefined
  const segments = segmentsOf(path.replace(/\/$/, ''))
  const hit = routes.find(route => {
    const pattern = segmentsOf(route.path)
    if (route.method !== method || pattern.length !== segments.length + 1) return false
    return pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  })
  return hit === undefined ? undefined : segments.at(-1)
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1)
}
