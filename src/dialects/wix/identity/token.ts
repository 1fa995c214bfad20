import { randomUUID } from 'node:crypto'
import { hasPermission } from '../../../core/access/permissions.js'
import { present } from '../../../core/assert.js'
import type { Channel } from '../../../core/catalog/channel.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { callerOf, isPrivileged, readIdentities } from '../auth.js'
import { isCheckout } from '../extras.js'
import { settingsOf, type WixSettings } from '../settings.js'
import {
  holderOf,
  issueAccessToken,
  issueTokens,
  readRefreshToken,
  type TokenHolder,
  type TokenSet,
} from '../tokens.js'
import { isClientOf, isSame, provesChallenge, readApp } from './clients.js'
import { takeCode } from './codes.js'
import { type OAuthError, type OAuthForm, readOAuthForm, respondOAuth, respondOAuthError } from './oauth-body.js'
import { readSession } from './sessions.js'

/** One request to the token endpoint. */
interface Grant {
  readonly wire: WireRequest
  readonly form: OAuthForm
  readonly channel: Channel
  readonly settings: WixSettings
  readonly operations: Operations
}

type Granted = Promise<Result<TokenSet, OAuthError>>

const grants: Readonly<Record<string, (grant: Grant) => Granted>> = {
  anonymous: grantVisitor,
  refresh_token: grantByRefreshToken,
  authorization_code: grantByCode,
  authorized_client: grantToClient,
  client_credentials: grantToApp,
}

/**
 * POST /oauth2/token (also /_api/oauth2/token): tokens for visitors, members and apps. 200 with `access_token`,
 * `token_type`, `expires_in` in seconds and, but for apps, `refresh_token`; 400 or 401 with `error` and
 * `error_description`. Source: dialects/wix.md 2.2.
 */
export async function postToken(request: WireRequest, operations: Operations): Promise<WireResponse> {
  const form = readOAuthForm(request)
  if (form === undefined) {
    return respondOAuthError(request, { error: 'invalid_request', description: 'The body cannot be read.' })
  }
  const grant = grants[form('grant_type')]
  if (grant === undefined || !Object.hasOwn(grants, form('grant_type'))) {
    return respondOAuthError(request, { error: 'unsupported_grant_type', description: 'No such grant type.' })
  }
  const channel = await channelOf(request, operations)
  const granted = await grant({ wire: request, form, channel, settings: settingsOf(channel), operations })
  return granted.ok ? respondTokens(request, granted.value) : respondOAuthError(request, granted.error)
}

/** The channel that the request's mount names. */
export async function channelOf(request: Pick<WireRequest, 'channel'>, operations: Operations): Promise<Channel> {
  const read = await operations.readChannel({ channel: request.channel })
  return present(read.ok ? read.value : undefined, 'the mount names a channel that exists')
}

function respondTokens(request: WireRequest, tokens: TokenSet): WireResponse {
  return respondOAuth(request, 200, {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresIn,
    ...(tokens.refreshToken === undefined ? {} : { refresh_token: tokens.refreshToken }),
  })
}

function oauthError(error: OAuthError['error'], description: string): Result<never, OAuthError> {
  return refuse({ error, description })
}

const unknownClient = oauthError('invalid_client', 'No such client.')

async function issued(grant: Grant, holder: TokenHolder): Granted {
  return ok(await issueTokens(holder, grant.settings.siteId, grant.operations))
}

/** A new visitor. */
async function grantVisitor(grant: Grant): Granted {
  if (!(await isClientOf(grant.settings, grant.form('client_id'), grant.operations))) return unknownClient
  return issued(grant, { kind: 'visitor', id: randomUUID() })
}

/** The same visitor or member again; the refresh token stays good, since clients keep the one that they have. */
async function grantByRefreshToken(grant: Grant): Granted {
  const { form, settings, operations } = grant
  if (!(await isClientOf(settings, form('client_id'), operations))) return unknownClient
  const refreshToken = form('refresh_token')
  const holder = await readRefreshToken(refreshToken, settings.siteId, operations)
  if (holder === undefined) return oauthError('invalid_grant', 'The refresh token is invalid.')
  return ok({ ...(await issueAccessToken(holder, settings.siteId, operations)), refreshToken })
}

/** A member who came back from the log-in with a code; whoever asks must know what the challenge was made of. */
async function grantByCode(grant: Grant): Granted {
  const { form, settings, operations } = grant
  if (!(await isClientOf(settings, form('client_id'), operations))) return unknownClient
  const code = await takeCode(form('code'), operations)
  const isRight =
    code !== undefined &&
    code.site === settings.siteId &&
    isSame(code.clientId, form('client_id')) &&
    code.redirectUri === form('redirect_uri') &&
    provesChallenge(form('code_verifier'), code.challenge)
  if (!isRight) return oauthError('invalid_grant', 'The code is invalid.')
  return issued(grant, code.member)
}

/** A backend that knows its member by other means: a visitor's token and an API key together. */
async function grantToClient(grant: Grant): Granted {
  const { wire, form, channel, settings, operations } = grant
  const identities = await readIdentities(wire, settings.siteId, operations)
  const key = identities.ok ? identities.value.find(isPrivileged) : undefined
  if (!identities.ok || key === undefined) return oauthError('invalid_client', 'This grant needs an API key.')
  const caller = callerOf(key, ['IAM.AUTHENTICAITON_SIGN_ON'])
  if (!hasPermission(caller, 'customers:write')) {
    return oauthError('unauthorized_client', 'The API key may not log members in.')
  }
  const member = await operations.readCustomer(caller, { id: form('member_id') })
  if (!member.ok) return oauthError('invalid_grant', 'No such member.')
  const session = form('session_token')
  if (session !== '' && (await readSession(session, settings.siteId, operations))?.id !== member.value.id) {
    return oauthError('invalid_grant', 'The session token is invalid.')
  }
  const visitor = identities.value.find(identity => identity.kind === 'visitor')
  if (visitor !== undefined) {
    const guest = { kind: 'visitor', visitorId: visitor.id } as const
    await operations.adoptCart({ customerId: member.value.id, guest, channel: channel.id, keepsId: isCheckout })
  }
  return issued(grant, holderOf(member.value))
}

/** An app by its secret, at the site where it is installed. */
async function grantToApp(grant: Grant): Granted {
  const { form, settings, operations } = grant
  const sent = {
    clientId: form('client_id'),
    clientSecret: form('client_secret'),
    instanceId: form('instance_id'),
  }
  const app = await readApp(settings, sent, operations)
  return app === undefined ? oauthError('invalid_client', 'The client or its secret is wrong.') : issued(grant, app)
}
