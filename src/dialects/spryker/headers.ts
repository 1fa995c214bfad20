/** What of a request the answer's headers depend on. */
export interface ResponseContext {
  /** As in `Content-Language`: `de_DE`. Absent where no language was negotiated. */
  readonly locale?: string
  /** Of `Content-Type: application/vnd.api+json; version=1.0` in the request; echoed. */
  readonly mediaTypeVersion?: string | undefined
}

/** Guests are told apart by a header that caches do not look at: none may keep an answer. */
export const securityHeaders = {
  'Cache-Control': 'no-store',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Content-Type-Options': 'nosniff',
  'X-XSS-Protection': '1; mode=block',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': "frame-ancestors 'self'",
} as const

/** Headers of every JSON:API answer. */
export function answerHeaders(context: ResponseContext): Readonly<Record<string, string>> {
  const version = context.mediaTypeVersion === undefined ? '' : `; version=${context.mediaTypeVersion}`
  return {
    'Content-Type': `application/vnd.api+json${version}`,
    ...(context.locale === undefined ? {} : { 'Content-Language': context.locale }),
    ...securityHeaders,
  }
}

/** Version asked for in a request's content type. */
export function mediaTypeVersion(contentType: string | undefined): string | undefined {
  return /^application\/vnd\.api\+json\s*;\s*version=(\d{1,4}(?:\.\d{1,4}){0,2})\s*$/i.exec(contentType ?? '')?.[1]
}

/** Reason phrase where the runtime's own table has an older one than clients compare with. */
export function reasonOf(status: number): { readonly reason?: string } {
  return status === 422 ? { reason: 'Unprocessable Content' } : {}
}
