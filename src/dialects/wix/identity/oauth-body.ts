import type { WireRequest, WireResponse } from '../../dialect.js'

/** Members of a token request by name; both spellings of a name are one. */
export type OAuthForm = (name: string) => string

/**
 * The body of a request to the token endpoint: JSON with camelCase or snake_case names (the SDK mixes them), or a form.
 * Undefined when it is neither. Source: dialects/wix.md 2.2.
 */
export function readOAuthForm(request: Pick<WireRequest, 'body' | 'headers'>): OAuthForm | undefined {
  // No stored text has a NUL in it, and no database takes one.
  const text = request.body.toString('utf8')
  const isForm = request.headers['content-type']?.toLowerCase().includes('application/x-www-form-urlencoded') === true
  const members = isForm ? Object.fromEntries(new URLSearchParams(text)) : parseObject(text)
  if (members === undefined) return undefined
  const bySnake = new Map(Object.entries(members).map(([name, value]) => [snakeCase(name), value]))
  return name => {
    const value = bySnake.get(name)
    return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : ''
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

/** A refusal in the words of RFC 6749, section 5.2. */
export interface OAuthError {
  readonly error:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'unauthorized_client'
    | 'unsupported_grant_type'
    | 'invalid_token'
  readonly description: string
}

/** Answers an OAuth refusal: 401 for a client or token that nobody knows, else 400. */
export function respondOAuthError(request: Pick<WireRequest, 'requestId'>, refusal: OAuthError): WireResponse {
  const status = refusal.error === 'invalid_client' || refusal.error === 'invalid_token' ? 401 : 400
  return respondOAuth(request, status, { error: refusal.error, error_description: refusal.description })
}

/** Answers JSON that no cache may keep. */
export function respondOAuth(request: Pick<WireRequest, 'requestId'>, status: number, body: object): WireResponse {
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Wix-Request-Id': request.requestId,
    },
    body: JSON.stringify(body),
  }
}
