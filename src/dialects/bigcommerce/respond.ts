import type { WireResponse } from '../dialect.js'
import { conflictSentence, type Problem } from './problem.js'

/** `type` of the server-to-server errors. */
const statusCodesUrl = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes'

const headers = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store, no-cache, must-revalidate',
  'X-Content-Type-Options': 'nosniff',
} as const

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

export type Headers = Readonly<Record<string, string | readonly string[]>>

/** Any JSON body; without one, no content type either. */
export function respond(status: number, body: unknown, more: Headers = {}): WireResponse {
  if (body === undefined) return { status, headers: { 'Cache-Control': headers['Cache-Control'], ...more } }
  return { status, headers: { ...headers, ...more }, body: JSON.stringify(body) }
}

/** A page for people. */
export function respondPage(status: number, page: string, more: Headers = {}): WireResponse {
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': headers['Cache-Control'] }
  return { status, headers: { ...own, ...more }, body: page }
}

/** The envelope of v3. */
export function respondData(data: unknown, status = 200, meta: object = {}): WireResponse {
  return respond(status, { data, meta })
}

function retryAfter({ retryAfterSeconds }: Problem): Headers {
  return retryAfterSeconds === undefined ? {} : { 'Retry-After': retryAfterSeconds.toString() }
}

/** An error of the v3 server-to-server APIs (3.0.1). */
export function respondServerProblem(problem: Problem): WireResponse {
  const body = { status: problem.status, title: problem.sentence, type: statusCodesUrl }
  const isConflict = problem.sentence === conflictSentence
  return respond(problem.status, isConflict ? body : { ...body, errors: problem.errors ?? {} }, retryAfter(problem))
}

/** A checkout that is not there: both forms that are documented, in one (3.0.1). */
export function respondCheckoutNotFound(problem: Problem): WireResponse {
  const { status, sentence } = problem
  const error = { status, title: sentence, type: statusCodesUrl, detail: sentence }
  return respond(status, { status, title: sentence, type: statusCodesUrl, errors: [error] })
}

/** An error of the storefront (3.0.2): flat, without `errors`, or the platform's client does not know it. */
export function respondStorefrontProblem(problem: Problem): WireResponse {
  const { storefront = {} } = problem
  const status = storefront.status ?? problem.status
  const isConflict = problem.sentence === conflictSentence
  const body = isConflict
    ? { status, title: conflictSentence, type: statusCodesUrl, detail: '' }
    : {
        status,
        title: storefront.title ?? titles[status] ?? 'Error',
        type: 'about:blank',
        detail: problem.sentence,
        code: storefront.code ?? problem.code,
      }
  return respond(status, body, retryAfter(problem))
}

/** An error of the internal endpoints (3.0.3): `type` is the kind that clients switch on. */
export function respondInternalProblem(problem: Problem): WireResponse {
  const { storefront = {} } = problem
  const status = storefront.status ?? problem.status
  const body = {
    status,
    title: titles[status] ?? 'Error',
    type: problem.kind ?? storefront.code ?? problem.code,
    detail: problem.sentence,
    errors: [problem.sentence],
  }
  return respond(status, body, retryAfter(problem))
}

/** An error of v2 (3.0.5): a list. */
export function respondLegacyProblem(problem: Problem): WireResponse {
  const { status, sentence, errors } = problem
  const details = errors === undefined ? {} : { details: errors }
  return respond(status, [{ status, message: sentence, ...details }], retryAfter(problem))
}

/** An error of the payments API (3.0.6). */
export function respondPaymentProblem(problem: Problem): WireResponse {
  const { status, sentence, paymentCode = 10_001, errors = {} } = problem
  const body = { status, title: sentence, detail: sentence, type: statusCodesUrl, code: paymentCode, errors }
  return respond(status, body, retryAfter(problem))
}
