import type { Dialect, Handler, Method, Route, WireResponse } from '../dialects/dialect.js'
import { refusal } from './answers.js'
import { holdsAdminKey } from './auth.js'
import { makeCheckoutLink } from './checkout-links.js'
import { deleteEvents, getEvents } from './events.js'
import { postSignInCode } from './sign-in-codes.js'
import { exportStore, importStore, type StoreFiles } from './store.js'

export interface AdminSettings extends StoreFiles {
  /** `POLYTILL_ADMIN_KEY`; an empty one opens nothing. */
  readonly adminKey: string
}

const root = '/admin/v1'

/** Largest store file that is taken over HTTP, bytes; larger ones go through `polytill import`. Ours. */
const IMPORT_BYTES = 67_108_864

/** Our own management API under `/admin/v1`, shaped like a dialect. Every route wants the admin key as a Bearer token. */
export function createAdmin(settings: AdminSettings): Dialect {
  const refuseUnread: Route['refuseUnread'] = request =>
    holdsAdminKey(request.headers.authorization, settings.adminKey)
      ? undefined
      : {
          ...withHeaders(refusal(401, 'unauthorized', 'Send the admin key as "Authorization: Bearer <key>".'), {
            'www-authenticate': 'Bearer',
          }),
          reason: 'Unauthorized',
        }
  return {
    name: 'admin',
    title: 'Admin API',
    routes: adminRoutes(settings).map(route => ({ ...route, refuseUnread })),
    owns: path => path === '/admin' || path.startsWith('/admin/'),
    notFound: request => refusal(404, 'not_found', `There is nothing at ${request.path}.`),
    methodNotAllowed: (request, allowed) =>
      withHeaders(
        refusal(405, 'method_not_allowed', `${request.method} is not possible here, only ${allowed.join(', ')}.`),
        { allow: allowed.join(', ') },
      ),
    refused: (_request, why) => refused(why),
    failed: (request, why) =>
      why === 'unavailable'
        ? refusal(503, 'unavailable', 'The database cannot be reached. Try again.')
        : refusal(500, 'internal', `Something broke. The log has it under request ${request.requestId}.`),
    cors: {
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: [],
      allowCredentials: false,
      maxAgeSeconds: 600,
    },
    sample: {
      title: 'Export the store',
      curl: baseUrl => `curl -H "Authorization: Bearer $POLYTILL_ADMIN_KEY" ${baseUrl}${root}/export`,
    },
  }
}

function withHeaders(response: WireResponse, headers: WireResponse['headers']): WireResponse {
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** What the admin API answers; without the guard. */
function adminRoutes(files: StoreFiles): readonly Route[] {
  const route = (method: Method, path: string, handler: Handler, operation: string): Route => ({
    surface: 'admin',
    method,
    path: `${root}${path}`,
    handler,
    operation,
    coverage: 'full',
    source: 'ours',
  })
  return [
    { ...route('POST', '/import', importStore(files), 'import-store-file'), bodyBytes: IMPORT_BYTES },
    route('GET', '/export', exportStore(files), 'export-store-file'),
    route('POST', '/checkout-links', makeCheckoutLink, 'link-checkout'),
    route('GET', '/events', getEvents, 'list-events'),
    route('POST', '/sign-in-codes', postSignInCode, 'make-sign-in-code'),
    route('DELETE', '/events', deleteEvents, 'acknowledge-events'),
  ]
}

function refused(why: 'too_large' | 'too_slow' | 'bad_request' | 'too_many_requests') {
  switch (why) {
    case 'too_large':
      return refusal(413, 'too_large', 'The body is too large. Import large files with "polytill import".')
    case 'too_slow':
      return refusal(408, 'too_slow', 'The request took too long.')
    case 'bad_request':
      return refusal(400, 'bad_request', 'The request cannot be read.')
    case 'too_many_requests':
      return refusal(429, 'too_many_requests', 'Too many requests. Wait a little.')
  }
}
