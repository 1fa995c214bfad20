import type { CheckoutError } from '../../../core/errors.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { identityOf } from '../auth.js'
import { securityHeaders } from '../headers.js'
import { channelOf, guestKeyOf } from '../request.js'
import { settingsOf } from '../settings.js'
import { issueTokens, readRefreshToken, type TokenPair } from '../tokens.js'

/**
 * POST /token: the OAuth 2.0 password and refresh_token grants; form encoded, answers plain JSON. 200 with a pair;
 * 400 with `error` and `error_description`; 429 after too many failures. `client_id` and `scope` are ignored.
 * Source: dialects/spryker.md 3.1; what one public client sends.
 */
export async function postToken(request: WireRequest, operations: Operations): Promise<WireResponse> {
  // No stored text has a NUL in it, and no database takes one.
  const form = new URLSearchParams(request.body.toString('utf8').replaceAll(/%00|\0/g, '%EF%BF%BD'))
  switch (form.get('grant_type')) {
    case 'password':
      return grantByPassword(request, form, operations)
    case 'refresh_token':
      return grantByRefreshToken(request, form, operations)
    default:
      return oauthError(400, 'invalid_grant', 'The grant type is not supported.')
  }
}

async function grantByPassword(
  request: WireRequest,
  form: URLSearchParams,
  operations: Operations,
): Promise<WireResponse> {
  const missing = ['username', 'password'].find(name => (form.get(name) ?? '') === '')
  if (missing !== undefined) return missingParameter(missing)
  const channel = await channelOf(request, operations)
  const guestKey = guestKeyOf(request)
  const customer = await operations.signIn({
    email: form.get('username') ?? '',
    password: form.get('password') ?? '',
    clientAddress: request.clientAddress,
    ...(guestKey === undefined ? {} : { adoptCart: { guest: { kind: 'guest', guestKey }, channel: channel.id } }),
  })
  if (!customer.ok) return signInRefused(customer.error)
  return granted(await issueTokens(identityOf(customer.value), settingsOf(channel), operations))
}

async function grantByRefreshToken(
  request: WireRequest,
  form: URLSearchParams,
  operations: Operations,
): Promise<WireResponse> {
  const token = form.get('refresh_token') ?? ''
  if (token === '') return missingParameter('refresh_token')
  const identity = await readRefreshToken(token, operations)
  if (identity === undefined) return oauthError(400, 'invalid_request', 'The refresh token is invalid.')
  const channel = await channelOf(request, operations)
  return granted(await issueTokens(identity, settingsOf(channel), operations))
}

function granted(tokens: TokenPair): WireResponse {
  return plainJson(200, {
    token_type: 'Bearer',
    expires_in: tokens.expiresIn,
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
  })
}

function missingParameter(name: string): WireResponse {
  return oauthError(400, 'invalid_request', `The request lacks the parameter "${name}".`)
}

function signInRefused(error: CheckoutError): WireResponse {
  if (error.code !== 'too_many_attempts') {
    return oauthError(400, 'invalid_grant', 'The user credentials were incorrect.')
  }
  const answer = oauthError(429, 'temporarily_unavailable', 'Too many attempts. Try again later.')
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(error.retryAfterSeconds) } }
}

function oauthError(status: number, error: string, description: string): WireResponse {
  return plainJson(status, { error, error_description: description })
}

function plainJson(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...securityHeaders },
    body: JSON.stringify(body),
  }
}
