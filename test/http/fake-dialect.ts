import type { Dialect, Handler, Method, Route, WireRequest, WireResponse } from '../../src/dialects/dialect.js'

/** A dialect of the tests: answers in plain text, so that its own wording is told from any other. */
export function fakeDialect(
  name: string,
  routes: Readonly<Record<string, Handler>>,
  changes: Partial<Dialect> = {},
): Dialect {
  const say = (status: number, text: string): WireResponse => ({
    status,
    headers: { 'content-type': `text/${name}` },
    body: `${name}: ${text}`,
  })
  return {
    name,
    title: name,
    routes: Object.entries(routes).map(([key, handler]) => fakeRoute(key, handler)),
    owns: path => path.startsWith(`/${name}`),
    notFound: request => say(404, `nothing at ${request.path}`),
    methodNotAllowed: (_request, allowed) => say(405, `try ${allowed.join(' or ')}`),
    refused: (_request, why) =>
      say({ too_large: 413, too_slow: 408, bad_request: 400, too_many_requests: 429 }[why], why),
    failed: (_request, why) => say(why === 'internal' ? 500 : 503, why),
    cors: { allowHeaders: ['content-type'], exposeHeaders: ['etag'], allowCredentials: true, maxAgeSeconds: 600 },
    sample: { title: 'Try', curl: baseUrl => `curl ${baseUrl}/${name}` },
    ...changes,
  }
}

/** `POST /carts/:uuid/items` and a handler; a page when the path ends in `#page`. */
export function fakeRoute(key: string, handler: Handler): Route {
  const [method = '', pattern = ''] = key.split(' ')
  return {
    surface: 'test',
    method: method as Method,
    path: pattern.replace(/#page$/, ''),
    handler,
    operation: 'none',
    coverage: 'full',
    source: 'this test',
    ...(pattern.endsWith('#page') ? { isPage: true } : {}),
  }
}

/** Tells what the handler was given. */
export const echo: Handler = async request => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ ...plain(request), body: request.body.toString('base64') }),
})

function plain(request: WireRequest): Record<string, unknown> {
  const { method, path, params, rawQuery, baseUrl, requestId, channel, clientAddress, headers } = request
  return { method, path, params, rawQuery, baseUrl, requestId, channel, clientAddress, headers }
}
