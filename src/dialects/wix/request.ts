import type { Caller } from '../../core/access/caller.js'
import { hasPermission } from '../../core/access/permissions.js'
import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { callerOf, isPrivileged, readIdentity, type WixIdentity } from './auth.js'
import { respondError, respondRefusal } from './errors.js'
import type { WixScope } from './scopes.js'
import { settingsOf, type WixSettings } from './settings.js'
import {
  checkFields,
  type Fields,
  type FieldViolation,
  isGuid,
  isObject,
  type JsonObject,
  violation,
} from './validation.js'
import { applicationError, type Place, type WixError } from './wix-error.js'

/** What an endpoint asks of a request before its handler runs. */
export interface EndpointRules {
  readonly place: Place
  /** Permission ids that a key needs; those of administrators add what others may not do. */
  readonly scopes: readonly WixScope[]
  /** Rules of the body. */
  readonly fields?: Fields
  /** What single fields cannot say, told together with what they do. */
  readonly also?: (body: JsonObject) => readonly FieldViolation[]
}

/** A request that passed every check that all endpoints share. */
export interface WixCall {
  readonly wire: WireRequest
  readonly channel: Channel
  readonly settings: WixSettings
  readonly identity: WixIdentity
  readonly caller: Caller
  /** Of JSON; empty without one. Checked against `fields`. */
  readonly body: JsonObject
  readonly place: Place
}

/**
 * A handler behind the checks that all endpoints share, in the order in which clients meet them: who asks, ids of the
 * path, body, field rules.
 */
export function endpoint(
  rules: EndpointRules,
  handle: (call: WixCall, operations: Operations) => Promise<WireResponse>,
): Handler {
  return async (wire, operations) => {
    const read = await operations.readChannel({ channel: wire.channel })
    const channel = present(read.ok ? read.value : undefined, 'a mounted dialect has a channel')
    const settings = settingsOf(channel)
    const identity = await readIdentity(wire, settings.siteId.toLowerCase(), operations)
    if (!identity.ok) return respondError(wire, authErrors[identity.error])
    const caller = callerOf(identity.value, rules.scopes)
    if (lacksAll(identity.value, caller)) return respondRefusal(wire, { code: 'forbidden' }, rules.place)
    const body = checkedBody(wire, rules)
    if (!body.ok) return respondError(wire, body.error)
    return handle(
      { wire, channel, settings, identity: identity.value, caller, body: body.value, place: rules.place },
      operations,
    )
  }
}

/** A backend without any permission that counts here learns nothing else, not even what is wrong with its request. */
function lacksAll(identity: WixIdentity, caller: Caller): boolean {
  return isPrivileged(identity) && caller.kind === 'key' && caller.permissions.length === 0
}

const authErrors = {
  unauthenticated: applicationError(401, 'UNAUTHENTICATED', 'The caller is not known.'),
  wrong_site: applicationError(403, 'PERMISSION_DENIED', 'The key belongs to another site.'),
} as const

function checkedBody(wire: WireRequest, rules: EndpointRules): Result<JsonObject, WixError> {
  const violations = Object.entries(wire.params)
    .filter(([name, value]) => name !== 'code' && !isGuid(value))
    .map(() => violation('id', 'FORMAT', 'is not a valid GUID'))
  if (violations.length > 0) return refuse({ violations })
  const body = readBody(wire)
  if (body === undefined) return refuse({ violations: [violation('', 'FORMAT', 'the body must be a JSON object')] })
  const faults = [...checkFields(body, rules.fields ?? {}), ...(rules.also?.(body) ?? [])]
  return faults.length === 0 ? ok(body) : refuse({ violations: faults })
}

/** No body is an empty object; undefined where it is no JSON object, or nested deeper than anybody writes. */
export function readBody(wire: Pick<WireRequest, 'body'>): JsonObject | undefined {
  const text = wire.body.toString('utf8').trim()
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && !isTooDeep(value) && !text.includes('\\u0000') ? value : undefined
  } catch {
    return undefined
  }
}

/** Ours; the deepest request of the platform has 9 levels. */
const deepest = 32

/** Whether JSON is nested deeper than anybody writes. */
export function isTooDeep(value: JsonObject): boolean {
  return depthOf(value, deepest) > deepest
}

function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit < 0) return 0
  return 1 + Math.max(0, ...Object.values(value).map(member => depthOf(member, limit - 1)))
}

/** Whether a key may do what only administrators may: prices, names and goods of its own. */
export function mayAdminister({ caller }: Pick<WixCall, 'caller'>): boolean {
  return hasPermission(caller, 'carts:admin')
}

/** A GUID of the path, as it is stored. */
export function guidParam(call: WixCall, name: string): string {
  return (call.wire.params[name] ?? '').toLowerCase()
}
