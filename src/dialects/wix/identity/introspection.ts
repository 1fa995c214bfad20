import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { callerOf, readIdentity } from '../auth.js'
import { settingsOf } from '../settings.js'
import { looksLikeAccessToken, type ReadToken, readAccessToken } from '../tokens.js'
import { readOAuthForm, respondOAuth, respondOAuthError } from './oauth-body.js'
import { channelOf } from './token.js'

const subjectTypes = { visitor: 'VISITOR', member: 'MEMBER', app: 'APP' } as const

/**
 * POST /oauth2/token_info (also /oauth2/token-info and both below /_api): whom an access token stands for and until
 * when. 200 with `active` and, of a good token, its subject, client's site and times in seconds; 400 without a token.
 * Source: dialects/wix.md 1.3; names from the platform's published client.
 */
export async function postTokenInfo(request: WireRequest, operations: Operations): Promise<WireResponse> {
  const token = readOAuthForm(request)?.('token') ?? ''
  if (token === '') return respondOAuthError(request, { error: 'invalid_request', description: 'No token was sent.' })
  const { siteId } = settingsOf(await channelOf(request, operations))
  const read = looksLikeAccessToken(token) ? await readAccessToken(token, siteId, operations) : undefined
  return respondOAuth(request, 200, read === undefined ? { active: false } : tokenInfo(read, siteId))
}

function tokenInfo({ holder, issuedAt, expiresAt }: ReadToken, siteId: string): object {
  return {
    active: true,
    subjectType: subjectTypes[holder.kind],
    subjectId: holder.id,
    iat: String(issuedAt),
    exp: String(expiresAt),
    siteId,
    ...(holder.kind === 'app' ? { clientId: holder.id, instanceId: siteId } : {}),
  }
}

/**
 * GET /oauth2/jwks (also below /_api): public keys of the tokens. 200, always an empty set: tokens are signed with a
 * secret that never leaves the store. Source: dialects/wix.md 1.3.
 */
export async function getJwks(request: WireRequest): Promise<WireResponse> {
  return respondOAuth(request, 200, { keys: [] })
}

/**
 * GET /oauth2/user-info (also below /_api): the logged-in member. 200 with `sub` and what is known of the person;
 * 401 for anybody else. Source: dialects/wix.md 1.3; names from the platform's published client.
 */
export async function getUserInfo(request: WireRequest, operations: Operations): Promise<WireResponse> {
  const { siteId } = settingsOf(await channelOf(request, operations))
  const identity = await readIdentity(request, siteId, operations)
  const member =
    identity.ok && identity.value.kind === 'member'
      ? await operations.readCustomer(callerOf(identity.value, []), { id: identity.value.id })
      : undefined
  if (member === undefined || !member.ok) {
    return respondOAuthError(request, { error: 'invalid_token', description: 'No member is logged in.' })
  }
  const { id, email, firstName, lastName, isConfirmed } = member.value
  const name = [firstName, lastName].filter(part => part !== undefined && part !== '').join(' ')
  return respondOAuth(request, 200, {
    sub: id,
    email,
    emailVerified: isConfirmed,
    ...(firstName === undefined ? {} : { givenName: firstName }),
    ...(lastName === undefined ? {} : { familyName: lastName }),
    ...(name === '' ? {} : { name }),
  })
}
