/**
 * A refusal before it takes one of the five forms that errors have on the wire (`respond.ts`).
 * Source: dialects/bigcommerce.md 3.0.
 */
export interface Problem {
  /** Status in the server-to-server APIs. */
  readonly status: number
  /** A sentence for people: `title` there, `detail` in the storefront. */
  readonly sentence: string
  /** Stable, for machines. */
  readonly code: string
  /** By dotted path of the request's member. */
  readonly errors?: Readonly<Record<string, string>>
  /** Where the storefront answers otherwise. */
  readonly storefront?: { readonly status?: number; readonly code?: string; readonly title?: string }
  /** Kind of error of the internal endpoints, which clients switch on; absent: `code`. */
  readonly kind?: string
  /** Number of the payments API. Source: dialects/bigcommerce.md 3.6.4. */
  readonly paymentCode?: number
  readonly retryAfterSeconds?: number
}

/** The title of a conflict, which clients compare literally. */
export const conflictSentence =
  'The request cannot be processed due to a possible conflict. Please review the changes and try again.'

export const problems = {
  unauthorized: { status: 401, sentence: 'Unauthorized', code: 'unauthorized' },
  forbidden: { status: 403, sentence: 'Forbidden', code: 'forbidden' },
  notFound: { status: 404, sentence: 'The requested resource was not found.', code: 'not_found' },
  cartNotFound: { status: 404, sentence: 'The resource at that URL is not found.', code: 'not_found' },
  conflict: { status: 409, sentence: conflictSentence, code: 'conflict' },
  malformed: { status: 400, sentence: 'Syntax error', code: 'malformed' },
  mediaType: { status: 415, sentence: 'Unsupported media type', code: 'media_type' },
  methodNotAllowed: { status: 405, sentence: 'Method not allowed', code: 'method_not_allowed' },
  tooLarge: { status: 413, sentence: 'The request is too large.', code: 'too_large' },
  tooSlow: { status: 408, sentence: 'The request took too long.', code: 'too_slow' },
  badRequest: { status: 400, sentence: 'The request could not be read.', code: 'bad_request' },
  tooManyRequests: { status: 429, sentence: 'Too many requests. Please try again later.', code: 'too_many_requests' },
  internal: { status: 500, sentence: 'Something went wrong on our side.', code: 'internal' },
  unavailable: { status: 503, sentence: 'The service is not available now. Please try again.', code: 'unavailable' },
  catalogOnly: {
    status: 403,
    sentence: 'This shop does not sell at the moment.',
    code: 'catalog_only',
  },
  orderFinal: { status: 422, sentence: 'The order of this checkout is final already.', code: 'order_final' },
  emptyCart: {
    status: 422,
    sentence: 'The cart has no items.',
    code: 'empty_cart',
    storefront: { status: 400 },
  },
  /** Of backends, whose token is not at fault: store credit is asked of a purchase of nobody with an account. */
  customerMissing: {
    status: 422,
    sentence: 'customer_id required',
    code: 'invalid',
    errors: { customer_id: 'required' },
    paymentCode: 10_001,
  },
} as const satisfies Readonly<Record<string, Problem>>

/** Members of the request that are missing or wrong, as one refusal; the first is the sentence. */
export function invalid(errors: Readonly<Record<string, string>>): Problem {
  const [field = '', rule = 'is invalid'] = Object.entries(errors)[0] ?? []
  return { status: 422, sentence: field === '' ? rule : `${field} ${rule}`, code: 'invalid', errors }
}
