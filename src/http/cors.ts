import { namesOrigin } from '../core/catalog/allowed-origins.js'
import type { CorsRules, Method, WireResponse } from '../dialects/dialect.js'

type Headers = WireResponse['headers']

/**
 * Adds the cross-origin headers that a browser of `origin` needs; others get none, but always `Vary: Origin`.
 * What the dialect set itself stays.
 */
export function withCors(
  response: WireResponse,
  rules: CorsRules,
  allowedOrigins: readonly string[],
  origin: string | undefined,
): WireResponse {
  if (origin === undefined) return { ...response, headers: withVary(response.headers) }
  const present = new Set(Object.keys(response.headers).map(name => name.toLowerCase()))
  const added: Record<string, string> = {}
  for (const [name, value] of Object.entries(originHeaders(rules, allowedOrigins, origin))) {
    if (!present.has(name)) added[name] = value
  }
  if (rules.exposeHeaders.length > 0 && 'access-control-allow-origin' in added) {
    added['access-control-expose-headers'] = rules.exposeHeaders.join(', ')
  }
  return { ...response, headers: { ...withVary(response.headers), ...added } }
}

/** Whether this is the question that a browser asks before the real request. */
export function isPreflight(
  method: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}

/** Answer to a preflight, without the origin's own headers (see `withCors`); they are the same for an `OPTIONS` alone. */
export function preflightResponse(rules: CorsRules, allowed: readonly Method[], asksPreflight: boolean): WireResponse {
  const methods = [...new Set<string>([...allowed, 'OPTIONS'])].join(', ')
  const headers: Record<string, string> = { allow: methods }
  if (asksPreflight) {
    headers['access-control-allow-methods'] = methods
    headers['access-control-allow-headers'] = rules.allowHeaders.join(', ')
    headers['access-control-max-age'] = String(rules.maxAgeSeconds)
  }
  const status = rules.preflightStatus ?? 204
  return { status, headers, ...(status === 200 ? { body: '' } : {}) }
}

function originHeaders(
  rules: CorsRules,
  allowedOrigins: readonly string[],
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (origin === undefined) return {}
  const isAnyAllowed = allowedOrigins.includes('*')
  const isNamed = namesOrigin(allowedOrigins, origin)
  if (!isAnyAllowed && !isNamed) return {}
  // Cookies go along with whatever page sends a request: only pages that the channel names may read the answer to that.
  if (rules.allowCredentials && (isNamed || rules.usesCookies !== true)) {
    return { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }
  }
  return { 'access-control-allow-origin': isAnyAllowed ? '*' : origin }
}

function withVary(headers: Headers): Headers {
  const key = Object.keys(headers).find(name => name.length === 4 && name.toLowerCase() === 'vary')
  if (key === undefined) return { ...headers, vary: 'Origin' }
  const present = [headers[key] ?? []].flat()
  if (present.some(value => /(^|,)\s*(origin|\*)\s*(,|$)/i.test(value))) return headers
  return { ...headers, [key]: [...present, 'Origin'].join(', ') }
}
