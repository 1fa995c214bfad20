import type { Caller } from '../../core/access/caller.js'
import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Customer } from '../../core/customers/customer.js'
import type { CheckoutError } from '../../core/errors.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { CartRef, CartView, Operations } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { type Access, identifyServer } from './auth.js'
import { problemOf } from './errors.js'
import { type Problem, problems } from './problem.js'
import { type RenderContext, readInclude, renderContext } from './render/context.js'
import { type Headers, respondLegacyProblem, respondServerProblem } from './respond.js'
import { type BigCommerceSettings, settingsOf } from './settings.js'

/** A server-to-server request that passed the checks that all endpoints share. */
export interface ServerRequest {
  readonly wire: WireRequest
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  /** Of the mount: `channel_id` 1. */
  readonly channel: Channel
  readonly settings: BigCommerceSettings
}

/** Which form errors have: an object in v3, a list in v2. */
export type ServerSurface = 'v3' | 'v2'

/** A handler behind the token's check; answers carry the rate limit's headers. */
export function serverEndpoint(
  access: Access,
  handle: (request: ServerRequest, operations: Operations) => Promise<WireResponse>,
  surface: ServerSurface = 'v3',
): Handler {
  return async (wire, operations) => {
    const channel = await channelOf(wire, operations)
    const settings = settingsOf(channel)
    const caller = await identifyServer(wire, access, operations)
    const answer = caller.ok
      ? await handle({ wire, params: wire.params, caller: caller.value, channel, settings }, operations)
      : respondProblem(caller.error, surface)
    return { ...answer, headers: { ...answer.headers, ...rateLimitHeaders(settings) } }
  }
}

/** The channel that this mount sells in. */
export async function channelOf(wire: WireRequest, operations: Operations): Promise<Channel> {
  const mounted = await operations.readChannel({ channel: wire.channel })
  return present(mounted.ok ? mounted.value : undefined, 'the mount names a channel that exists')
}

/** Requests are not counted here: a guard in front of the server is; clients that read the headers find their room. */
function rateLimitHeaders({ rateLimit }: BigCommerceSettings): Headers {
  const { requests, windowMilliseconds } = rateLimit
  return {
    'X-Rate-Limit-Requests-Quota': requests.toString(),
    'X-Rate-Limit-Requests-Left': requests.toString(),
    'X-Rate-Limit-Time-Window-Ms': windowMilliseconds.toString(),
    'X-Rate-Limit-Time-Reset-Ms': windowMilliseconds.toString(),
  }
}

export function respondProblem(problem: Problem, surface: ServerSurface = 'v3'): WireResponse {
  return surface === 'v3' ? respondServerProblem(problem) : respondLegacyProblem(problem)
}

/** Answers a refusal of an operation. */
export function respondRefusal(error: CheckoutError, surface: ServerSurface = 'v3'): WireResponse {
  return respondProblem(problemOf(error), surface)
}

/** Everything that the rendering of this cart looks at, its owner's account included. */
export async function contextOf(
  { wire, caller }: Pick<ServerRequest, 'wire' | 'caller'>,
  view: CartView,
  operations: Operations,
): Promise<RenderContext> {
  const customer = await ownerOf(caller, view, operations)
  const { cart, channel } = view
  return renderContext({ cart, channel, customer, baseUrl: wire.baseUrl, include: readInclude(wire.query) })
}

/** The member whose cart it is; undefined for guests, and for an account that is gone. */
async function ownerOf(
  caller: Caller,
  { cart, customer }: CartView,
  operations: Operations,
): Promise<Customer | undefined> {
  if (customer !== undefined) return customer
  const { owner } = cart.cart
  if (owner.kind !== 'member') return undefined
  const read = await operations.readCustomer(caller, { id: owner.customerId })
  return read.ok ? read.value : undefined
}

/** `since` of an operation, where the client sent a version. */
export function sinceOf(version: number | null | undefined): { readonly since?: number } {
  return typeof version === 'number' ? { since: version } : {}
}

/** A cart that can still be bought; one that was is gone. */
export async function readOpenCart(
  { caller }: Pick<ServerRequest, 'caller'>,
  cart: CartRef,
  operations: Operations,
): Promise<Result<CartView, Problem>> {
  const read = await operations.readCart(caller, cart)
  if (!read.ok) return refuse(problemOf(read.error))
  return read.value.cart.cart.status === 'closed' ? refuse(problems.cartNotFound) : ok(read.value)
}
