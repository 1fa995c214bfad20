import type { Dialect, Method, Route, WireRequest, WireResponse } from '../dialects/dialect.js'

/** What is said about a request that no dialect feels responsible for; a small JSON envelope of our own. */
export function plainAnswer(
  status: number,
  error: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ error }),
  }
}

const refusals = {
  too_large: plainAnswer(413, 'The request body is too large.'),
  too_slow: plainAnswer(408, 'The request took too long.'),
  bad_request: plainAnswer(400, 'The request cannot be read.'),
  too_many_requests: plainAnswer(429, 'Too many requests. Try again later.', { 'retry-after': '60' }),
} as const

const failures = {
  internal: plainAnswer(500, 'Something went wrong here. The request id helps to find it in the log.'),
  unavailable: plainAnswer(503, 'The database cannot be reached. Try again in a moment.', { 'retry-after': '5' }),
} as const

/** Our own routes (probes, pages) in the shape of a dialect, with plain answers to everything else. */
export function createPlainDialect(name: string, routes: readonly Route[]): Dialect {
  return {
    name,
    title: 'Polytill',
    routes,
    owns: () => false,
    notFound: () => plainAnswer(404, 'Nothing answers at this address.'),
    methodNotAllowed: (_request: WireRequest, allowed: readonly Method[]) =>
      plainAnswer(405, 'This address does not answer that method.', { allow: allowed.join(', ') }),
    refused: (_request, why) => refusals[why],
    failed: (_request, why) => failures[why],
    cors: { allowHeaders: [], exposeHeaders: [], allowCredentials: false, maxAgeSeconds: 0 },
    sample: { title: 'Is it up?', curl: baseUrl => `curl ${baseUrl}/health/ready` },
  }
}
