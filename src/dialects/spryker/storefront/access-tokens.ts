import { identityOf } from '../auth.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { type Resource, respondNothing, respondOne } from '../json-api.js'
import { endpoint, guestCartOf, refused } from '../request.js'
import { issueTokens, readRefreshToken, type TokenPair } from '../tokens.js'
import { notBlank, required, text } from '../validation.js'

/**
 * POST /access-tokens: 201 with a pair of tokens; 401/003 for wrong credentials, 429 after too many of them. A guest
 * header on the request brings the guest's cart along. Source: dialects/spryker.md 3.1, 5.9.
 */
export const postAccessToken = endpoint(
  {
    type: 'access-tokens',
    place: 'access-tokens',
    identity: 'none',
    fields: { username: required(notBlank, text), password: required(notBlank, text) },
  },
  async (request, operations) => {
    const { username, password } = request.attributes
    const customer = await operations.signIn({
      email: String(username),
      password: String(password),
      clientAddress: request.wire.clientAddress,
      ...guestCartOf(request),
    })
    if (!customer.ok) return refused(request, customer.error)
    const tokens = await issueTokens(identityOf(customer.value), request.settings, operations)
    return respondOne(request, tokenResource('access-tokens', tokens), { status: 201 })
  },
)

/** POST /refresh-tokens: 201 with a new pair, the old one stays valid; 401/004. Source: dialects/spryker.md 2.3, 3.1. */
export const postRefreshToken = endpoint(
  {
    type: 'refresh-tokens',
    place: 'refresh-tokens',
    identity: 'none',
    fields: { refreshToken: required(notBlank, text) },
  },
  async (request, operations) => {
    const identity = await readRefreshToken(String(request.attributes.refreshToken), operations)
    if (identity === undefined) return respondErrors(request, [fixed.refreshFailed])
    const tokens = await issueTokens(identity, request.settings, operations)
    return respondOne(request, tokenResource('refresh-tokens', tokens), { status: 201 })
  },
)

/**
 * DELETE /refresh-tokens/{token} and /refresh-tokens/mine: 204, also for a token that is unknown or another
 * customer's, which stays valid. Source: dialects/spryker.md 3.1.
 */
export const deleteRefreshToken = endpoint(
  { type: 'refresh-tokens', place: 'refresh-tokens', identity: 'customer' },
  async (request, operations) => {
    const token = request.params.token ?? ''
    const subject = request.customer?.customerId ?? ''
    if (token === 'mine') {
      await operations.revokeCredentials({ kind: 'refresh_token', subject })
      return respondNothing(request)
    }
    const owner = await readRefreshToken(token, operations)
    if (owner?.customerId === subject) await operations.takeCredential({ kind: 'refresh_token', secret: token })
    return respondNothing(request)
  },
)

function tokenResource(type: 'access-tokens' | 'refresh-tokens', tokens: TokenPair): Resource {
  const { accessToken, refreshToken, expiresIn } = tokens
  const pair = { tokenType: 'Bearer', expiresIn, accessToken, refreshToken }
  return { type, id: null, attributes: type === 'access-tokens' ? { ...pair, idCompanyUser: null } : pair }
}
