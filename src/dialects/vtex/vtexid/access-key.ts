import type { Channel } from '../../../core/catalog/channel.js'
import { isEmailAddress } from '../../../core/customers/account.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { respondError, respondJson } from '../answer.js'
import { signingSecretName } from '../auth.js'
import { cookiesOf } from '../cookies.js'
import { fixed } from '../fixed-errors.js'
import { settingsOf } from '../settings.js'
import { firstOf, readFields } from './form-fields.js'
import { outcome, signedIn } from './sign-in.js'
import { isStartToken } from './start-token.js'

/** A step of a sign-in by access key, read. */
interface Step {
  readonly channel: Channel
  readonly fields: ReadonlyMap<string, string>
  readonly email: string
  /** That of `start`; undefined for one that is none, or over. */
  readonly session: string | undefined
}

/**
 * POST /api/vtexid/pub/authentication/accesskey/send?email= (or a field of a form; `_vss` as a cookie, or
 * `authenticationToken`): 200 `{}`, whether or not somebody has that address. Nothing here sends mail: the event
 * `customer.sign_in_requested` tells the store's own mailer, which asks for the key. 400 `{"authStatus"}` with `InvalidToken`,
 * `InvalidEmail`; 429 with `BlockedUser` after too many; 403 where the store sends no keys. Source: dialects/vtex.md 2.5; the
 * last two are ours.
 */
export async function sendAccessKey(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const step = await readStep(wire, operations, wire.query.get('email') ?? '')
  if ('status' in step) return step
  const { channel, email, session } = step
  if (session === undefined) return respondJson({ authStatus: 'InvalidToken' }, { status: 400 })
  const asked = await operations.requestSignIn({
    email,
    by: { kind: 'code', session },
    channel: channel.id,
    clientAddress: wire.clientAddress,
  })
  if (asked.ok) return respondJson({})
  if (asked.error.code !== 'too_many_attempts') return respondJson({ authStatus: 'InvalidEmail' }, { status: 400 })
  const refused = respondJson({ authStatus: 'BlockedUser' }, { status: 429 })
  return { ...refused, headers: { ...refused.headers, 'Retry-After': `${asked.error.retryAfterSeconds}` } }
}

/**
 * POST /api/vtexid/pub/authentication/accesskey/validate (form: `login`, `accessKey`; `_vss` as a cookie, or
 * `authenticationToken`): 200 with `authStatus` `Success`, the token and its cookies, as by password; `WrongCredentials`,
 * `InvalidAccessKey` for a key that is over, `BlockedUser` after too many. 400 with `InvalidToken`, `InvalidEmail`; 403 where
 * the store sends no keys. Source: dialects/vtex.md 2.5; which word goes with what is inferred.
 */
export async function validateAccessKey(wire: WireRequest, operations: Operations): Promise<WireResponse> {
  const step = await readStep(wire, operations, '')
  if ('status' in step) return step
  const { channel, fields, email, session } = step
  if (session === undefined) return respondJson(outcome('InvalidToken'), { status: 400 })
  if (!isEmailAddress(email)) return respondJson(outcome('InvalidEmail'), { status: 400 })
  const customer = await operations.signInByCode({
    email,
    code: firstOf(fields, 'accessKey', 'accesskey'),
    session,
    clientAddress: wire.clientAddress,
  })
  if (customer.ok) return signedIn(wire, operations, settingsOf(channel), customer.value)
  if (customer.error.code === 'too_many_attempts') return respondJson(outcome('BlockedUser'))
  const isExpired = customer.error.code === 'credentials_wrong' && customer.error.isExpired === true
  return respondJson(outcome(isExpired ? 'InvalidAccessKey' : 'WrongCredentials'))
}

/** @param email  where it does not stand among the fields */
async function readStep(wire: WireRequest, operations: Operations, email: string): Promise<Step | WireResponse> {
  const fields = await readFields(wire)
  const channel = await operations.readChannel({ channel: wire.channel })
  if (fields === undefined || !channel.ok) return respondError(fixed.badRequest)
  if (!settingsOf(channel.value).signInEmails) return respondError(fixed.accessDenied)
  const session = firstOf(fields, 'authenticationToken') || (cookiesOf(wire)._vss ?? '')
  const secret = await operations.signingSecret(signingSecretName)
  return {
    channel: channel.value,
    fields,
    email: email.replaceAll('\0', '').trim() || firstOf(fields, 'login', 'email'),
    session: isStartToken(session, secret) ? session : undefined,
  }
}
