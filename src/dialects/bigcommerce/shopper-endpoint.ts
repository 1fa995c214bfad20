import type { Caller } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { csrfCookieFor, mayChange } from './csrf.js'
import { problemOf } from './errors.js'
import type { Problem } from './problem.js'
import { type Headers, respond, respondInternalProblem, respondPage, respondStorefrontProblem } from './respond.js'
import {
  type CookieReach,
  callerOf,
  clearSessionCookie,
  readSession,
  type Session,
  setSessionCookie,
} from './session.js'

/** Which of the two shopper-facing error forms an endpoint has. Source: dialects/bigcommerce.md 3.0.2, 3.0.3. */
export type ShopperSurface = 'storefront' | 'internal'

/** A request of a shopper's browser, with who sends it. */
export interface ShopperRequest {
  readonly wire: WireRequest
  readonly channel: Channel
  /** Absent: a browser that did nothing yet. */
  readonly session: Session | undefined
  readonly caller: Caller
}

/** What a handler answers; `problem` instead of a body where it refuses. */
export type ShopperAnswer = (
  | { readonly status: number; readonly body?: unknown }
  | { readonly status: number /** HTML, as it is. */; readonly page: string }
  | { readonly problem: Problem }
) & {
  readonly headers?: Headers
  /** A session that this request opened, or `ended`: its cookie goes along. */
  readonly session?: Session | 'ended'
  /** How far the cookie of that session travels; absent: to pages of this origin. */
  readonly sessionGoes?: CookieReach
}

/**
 * One endpoint that a shopper's browser calls: reads channel, session and body, refuses what another site sent, and sets
 * the cookies. Source: dialects/bigcommerce.md 2.2.
 */
export function shopperEndpoint(
  rules: ShopperSurface | { readonly errors: ShopperSurface /** Other sites may send this. */; readonly isOpen: true },
  handle: (request: ShopperRequest, operations: Operations) => Promise<ShopperAnswer>,
): Handler {
  const surface = typeof rules === 'string' ? rules : rules.errors
  const isOpen = typeof rules !== 'string'
  return async (wire, operations) => {
    const read = await operations.readChannel({ channel: wire.channel })
    const channel = present(read.ok ? read.value : undefined, 'the mount names a channel that exists')
    if (!isOpen && !mayChange(wire, channel.allowedOrigins)) return respondMismatch(surface)
    const session = await readSession(wire, operations)
    const request = { wire, channel, session, caller: callerOf(session) }
    return answered(wire, surface, await handle(request, operations))
  }
}

/** An operation's refusal as the answer. */
export function refusedBy(error: CheckoutError): { readonly problem: Problem } {
  return { problem: problemOf(error) }
}

/** Exactly as documented, but for the list that every error of the internal endpoints has. */
function respondMismatch(surface: ShopperSurface): WireResponse {
  const detail = 'CSRF token mismatch'
  const body = { status: 403, title: 'Forbidden', type: 'about:blank', detail }
  return respond(403, surface === 'internal' ? { ...body, errors: [detail] } : body)
}

function answered(wire: WireRequest, surface: ShopperSurface, answer: ShopperAnswer): WireResponse {
  const cookies = [...sessionCookieOf(wire, answer), ...csrfCookieFor(wire)]
  const headers = { ...answer.headers, ...(cookies.length === 0 ? {} : { 'Set-Cookie': cookies }) }
  if ('page' in answer) return respondPage(answer.status, answer.page, headers)
  if (!('problem' in answer)) return respond(answer.status, answer.body, headers)
  const respondProblem = surface === 'storefront' ? respondStorefrontProblem : respondInternalProblem
  const response = respondProblem(answer.problem)
  return { ...response, headers: { ...response.headers, ...headers } }
}

function sessionCookieOf(wire: WireRequest, { session, sessionGoes }: ShopperAnswer): readonly string[] {
  if (session === undefined) return []
  return [session === 'ended' ? clearSessionCookie(wire.baseUrl) : setSessionCookie(session, wire.baseUrl, sessionGoes)]
}
