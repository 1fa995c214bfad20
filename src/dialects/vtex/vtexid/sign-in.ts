import type { Customer } from '../../../core/customers/customer.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { respondError, respondJson } from '../answer.js'
import {
  readAppToken,
  shopperOf,
  shopperTokenName,
  shopperTokenSeconds,
  signingSecretName,
  writeShopperToken,
} from '../auth.js'
import { isObject, textOf } from '../body.js'
import { setCookie } from '../cookies.js'
import { fixed } from '../fixed-errors.js'
import type { VtexRequest } from '../request.js'
import { settingsOf, type VtexSettings } from '../settings.js'
import { readFields } from './form-fields.js'
import { writeStartToken } from './start-token.js'

/** GET /api/vtexid/pub/authentication/start: 200, which ways of signing in there are, and a cookie for the next step. */
export async function startAuthentication(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const authenticationToken = writeStartToken(await operations.signingSecret(signingSecretName))
  const isAuthenticated = request.identity.kind === 'shopper'
  const body = {
    authenticationToken,
    oauthProviders: [],
    showClassicAuthentication: true,
    showAccessKeyAuthentication: request.settings.signInEmails,
    showPasskeyAuthentication: false,
    authCookie: null,
    isAuthenticated,
    selectedProvider: null,
    samlProviders: [],
  }
  return respondJson(body, { cookies: [setCookie(request.wire, '_vss', authenticationToken)] })
}

/**
 * POST /api/vtexid/pub/authentication/classic/validate (form: `login`, `password`): 200 with `authStatus` `Success`, the
 * token and its cookies, or `WrongCredentials`, `BlockedUser`.
 */
export async function validatePassword(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const form = await readFields(wire)
  const channel = await operations.readChannel({ channel: wire.channel })
  if (form === undefined || !channel.ok) return respondError(fixed.badRequest)
  const customer = await operations.signIn({
    email: form.get('login') ?? form.get('email') ?? '',
    password: form.get('password') ?? '',
    clientAddress: wire.clientAddress,
  })
  if (customer.ok) return signedIn(wire, operations, settingsOf(channel.value), customer.value)
  const isBlocked = customer.error.code === 'too_many_attempts'
  return respondJson(outcome(isBlocked ? 'BlockedUser' : 'WrongCredentials'))
}

/** What a shopper gets who proved who they are: a token for a day, in the body and as a cookie. */
export async function signedIn(
  wire: WireRequest,
  operations: Operations,
  { account }: VtexSettings,
  { id, email, version: customerVersion }: Customer,
): Promise<WireResponse> {
  const secret = await operations.signingSecret(signingSecretName)
  const token = await writeShopperToken({ customerId: id, email, account, customerVersion }, secret)
  const name = `${shopperTokenName}_${account}`
  const body = {
    ...outcome('Success'),
    authCookie: { Name: name, Value: token },
    accountAuthCookie: { Name: name, Value: token },
    expiresIn: shopperTokenSeconds - 1,
    userId: id,
  }
  return respondJson(body, { cookies: [setCookie(wire, name, token, { maxAge: shopperTokenSeconds })] })
}

/** How a step of a sign-in ended; all but `Success` have nothing beside their name. */
export function outcome(
  authStatus: 'Success' | 'WrongCredentials' | 'BlockedUser' | 'InvalidAccessKey' | 'InvalidEmail' | 'InvalidToken',
) {
  return {
    ...{ authStatus, promptMFA: false, lastAttemptAvailable: null, clientToken: null, authCookie: null },
    ...{ accountAuthCookie: null, expiresIn: 0, userId: null, phoneNumber: null, scope: null },
  }
}

/** POST /api/vtexid/credential/validate `{token}`: 200, whose token it is; 401 for one that is none, or over. */
export async function validateToken(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const token = isObject(request.body) ? textOf(request.body.token) : undefined
  const key = token === undefined ? undefined : await readAppToken(token, operations)
  const { account } = request.settings
  if (key !== undefined) {
    const { keyId } = key
    const whose = { id: keyId, user: keyId, account, audience: 'admin', tokenType: 'appkey' }
    return respondJson({ authStatus: 'Success', ...whose })
  }
  const shopper = token === undefined ? undefined : await shopperOf(token, operations)
  if (shopper === undefined) return respondJson({ authStatus: 'WrongCredentials' }, { status: 401 })
  return respondJson({
    authStatus: 'Success',
    id: shopper.customerId,
    user: shopper.email,
    account,
    audience: 'webstore',
    tokenType: 'user',
  })
}
