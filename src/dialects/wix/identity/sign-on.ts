import { hasPermission } from '../../../core/access/permissions.js'
import { isEmail } from '../../../core/cart/address-rules.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireRequest, WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { readIdentities } from '../auth.js'
import { respondError, respondRefusal } from '../errors.js'
import { isCheckout } from '../extras.js'
import { endpoint, type WixCall } from '../request.js'
import { holderOf } from '../tokens.js'
import {
  type Fields,
  type JsonObject,
  object,
  objectAt,
  optional,
  type Rule,
  required,
  text,
  textAt,
  violation,
} from '../validation.js'
import { applicationError } from '../wix-error.js'
import { renderIdentity } from './render-member.js'
import { issueSession } from './sessions.js'

/** Shortest and longest password of a new member; ours. */
const passwordLength = { min: 8, max: 100 } as const

/** The SDK knows a bad e-mail address by the type in the violation's data. */
const emailRule: Rule = (value, path) =>
  typeof value === 'string' && isEmail(value)
    ? []
    : [violation(path, 'FORMAT', 'is not a valid email', { type: 'EMAIL' })]

const loginId: Fields[string] = required(object({ email: required(emailRule) }))
const profile: Fields[string] = optional(
  object({ firstName: optional(text(100)), lastName: optional(text(100)), nickname: optional(text(100)) }),
)

/**
 * POST /_api/iam/authentication/v2/register (also without /_api): a new member. 200 with `state`, `sessionToken` and
 * `identity`; the visitor's cart becomes the member's. 400 for field rules, 409 with code -19995 where the e-mail
 * address is taken, 401. Source: dialects/wix.md 3.14.
 */
export const postRegister = endpoint(
  {
    place: 'member',
    scopes: [],
    fields: { loginId, password: required(text(passwordLength.max, passwordLength.min)), profile },
  },
  async (call, operations) => {
    const { firstName, lastName } = objectAt(call.body, 'profile')
    const registered = await operations.registerCustomer(
      { kind: 'anonymous' },
      {
        email: emailOf(call.body),
        password: textAt(call.body, 'password') ?? '',
        ...(typeof firstName === 'string' ? { firstName } : {}),
        ...(typeof lastName === 'string' ? { lastName } : {}),
        isConfirmed: true,
        referencePrefix: 'M',
        ...(await adopting(call, operations)),
      },
    )
    return registered.ok
      ? respondLoggedIn(call, registered.value, operations)
      : respondRefusal(call.wire, registered.error, call.place)
  },
)

/**
 * POST /_api/iam/authentication/v2/login (also without /_api): a member logs in. 200 with `state`, `sessionToken` and
 * `identity`; the visitor's cart joins the member's. 401 with code -19976 for a wrong password as for an unknown e-mail
 * address, 400, 429 after too many failures. Source: dialects/wix.md 3.14.
 */
export const postLogin = endpoint(
  { place: 'member', scopes: [], fields: { loginId, password: required(text(10_000)) } },
  async (call, operations) => {
    const member = await operations.signIn({
      email: emailOf(call.body),
      password: textAt(call.body, 'password') ?? '',
      clientAddress: call.wire.clientAddress,
      ...(await adopting(call, operations)),
    })
    if (member.ok) return respondLoggedIn(call, member.value, operations)
    if (member.error.code === 'customer_unconfirmed') {
      return respondJson(call.wire, { state: 'REQUIRE_EMAIL_VERIFICATION', additionalData: {} })
    }
    return respondRefusal(call.wire, member.error, call.place)
  },
)

/**
 * POST /_api/iam/authentication/v2/sign-on (also without /_api): a backend logs in a member that it knows by other
 * means. Needs an API key. 200 with `sessionToken` and `identity`; 403, 404 for an unknown e-mail address (members are
 * not made here). Source: @wix/sdk 1.21.16, getMemberTokensForExternalLoginWithSession.
 */
export const postSignOn = endpoint(
  { place: 'member', scopes: ['IAM.AUTHENTICAITON_SIGN_ON'], fields: { loginId, profile } },
  async (call, operations) => {
    const { caller, wire, settings } = call
    if (!hasPermission(caller, 'customers:write')) {
      return respondError(wire, applicationError(403, 'PERMISSION_DENIED', 'This identity may not log members in.'))
    }
    const member = await operations.readCustomer(caller, { email: emailOf(call.body) })
    if (!member.ok) return respondRefusal(wire, member.error, call.place)
    const sessionToken = await issueSession(holderOf(member.value), settings.siteId, operations)
    return respondJson(wire, { sessionToken, identity: renderIdentity(member.value) })
  },
)

function emailOf(body: JsonObject): string {
  return textAt(objectAt(body, 'loginId'), 'email') ?? ''
}

/** The visitor who asks brings a cart along. */
async function adopting({ wire, settings, channel }: WixCall, operations: Operations) {
  const visitorId = await visitorIdOf(wire, settings.siteId, operations)
  if (visitorId === undefined) return {}
  const guest = { kind: 'visitor', visitorId } as const
  return { adoptCart: { guest, channel: channel.id, keepsId: isCheckout } }
}

/** The visitor among those whom the request names. */
export async function visitorIdOf(
  wire: WireRequest,
  site: string,
  operations: Operations,
): Promise<string | undefined> {
  const identities = await readIdentities(wire, site, operations)
  return identities.ok ? identities.value.find(identity => identity.kind === 'visitor')?.id : undefined
}

async function respondLoggedIn(call: WixCall, member: Customer, operations: Operations): Promise<WireResponse> {
  const sessionToken = await issueSession(holderOf(member), call.settings.siteId, operations)
  return respondJson(call.wire, {
    state: 'SUCCESS',
    sessionToken,
    identity: renderIdentity(member),
    additionalData: {},
  })
}
