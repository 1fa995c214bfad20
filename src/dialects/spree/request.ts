import { present } from '../../core/assert.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Order } from '../../core/orders/order.js'
import type { CartRef, Operations, PurchaseRef } from '../../operations/operations.js'
import type { Handler, WireRequest, WireResponse } from '../dialect.js'
import { type Identity, identify, type KeyProblem } from './auth.js'
import { respondException, respondJson, respondRefusal, respondUnauthorized, texts } from './errors.js'
import { readParams, type Tree } from './params.js'
import { type SpreeSettings, settingsOf } from './settings.js'

/**
 * Who may ask. `open`: anybody, with a key where the store insists on one; `always_open`: never needs a key; `user`: the
 * key of a user; `admin`: the key of an administrator. Whether an order may be read or changed is decided with it.
 */
export type Audience = 'open' | 'always_open' | 'user' | 'admin'

/** A request that passed the checks that all endpoints share. */
export interface SpreeRequest extends Identity {
  readonly wire: WireRequest
  readonly params: Readonly<Record<string, string>>
  /** Query, form and body. */
  readonly tree: Tree
  readonly channel: Channel
  readonly settings: SpreeSettings
}

/** A handler behind the checks that all endpoints share: readable parameters, key, audience. */
export function endpoint(
  audience: Audience,
  handle: (request: SpreeRequest, operations: Operations) => Promise<WireResponse>,
): Handler {
  return async (wire, operations) => {
    const tree = await readParams(wire)
    if (!tree.ok) return respondException(tree.error)
    const mounted = await operations.readChannel({ channel: wire.channel })
    const channel = present(mounted.ok ? mounted.value : undefined, 'the mount names a channel that exists')
    const settings = settingsOf(channel)
    const keys = audience === 'always_open' ? 'ignored_if_wrong' : 'optional'
    const identity = await identify(
      wire,
      tree.value,
      operations,
      settings.requires_authentication && audience !== 'always_open' ? 'required' : keys,
    )
    if (!identity.ok) return respondKeyProblem(identity.error)
    if (audience === 'admin' && !identity.value.isAdmin) return respondUnauthorized()
    if (audience === 'user' && identity.value.customerId === undefined && !identity.value.isAdmin) {
      return respondUnauthorized()
    }
    return handle({ ...identity.value, wire, params: wire.params, tree: tree.value, channel, settings }, operations)
  }
}

function respondKeyProblem(problem: KeyProblem): WireResponse {
  const error = problem.kind === 'missing' ? texts.keyMissing : `Invalid API key (${problem.key}) specified.`
  return respondJson(401, { error })
}

/** The order that the path names, with the secret that came along. */
export function purchaseRef(request: SpreeRequest, number = request.params.number ?? ''): PurchaseRef {
  return { number, token: request.token }
}

/** The same as a cart that is to be changed. */
export function cartRef(request: SpreeRequest, number = request.params.number ?? ''): CartRef {
  return { key: { number }, token: request.token }
}

/** Answers a refusal. Whoever presents a token for an order that is not there learns no more than that it does not fit. */
export function refused(request: SpreeRequest, error: CheckoutError, failedStep = false): WireResponse {
  const isAbsent = error.code === 'cart_not_found' || error.code === 'order_not_found'
  if (isAbsent && request.token !== undefined && !request.isAdmin) return respondUnauthorized()
  return respondRefusal(error, failedStep)
}

/**
 * Answers whoever may not change an order that is placed. While it waits for its payment it is not complete: the platform
 * knows no such wait, and would take the change; here it is told why not, 422 (inferred).
 */
export function respondPlaced(request: SpreeRequest, order: Pick<Order, 'status'> | undefined): WireResponse {
  return order?.status === 'pending' ? refused(request, { code: 'cart_locked' }) : respondUnauthorized()
}
