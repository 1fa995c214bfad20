import { type Caller, type Permission, permissionNames } from '../../core/access/caller.js'
import { hasPermission } from '../../core/access/permissions.js'
import type { Customer } from '../../core/customers/customer.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { WireRequest } from '../dialect.js'
import { type Tree, textOf } from './params.js'

/** Who asks, by key and by order token; both may be there. */
export interface Identity {
  readonly caller: Caller
  readonly isAdmin: boolean
  /** Behind a user's key. */
  readonly customerId?: string
  /** The order token of the request; never empty. */
  readonly token?: string
}

/** `missing`: a key is required and none was sent; `invalid`: no such key. */
export type KeyProblem = { readonly kind: 'missing' } | { readonly kind: 'invalid'; readonly key: string }

/**
 * Who asks. Without a key, or with an unknown one beside an order token, it is nobody in particular.
 *
 * @param keys  `required`: requests without any credential are refused; `ignored_if_wrong`: nor does an unknown key matter
 */
export async function identify(
  request: WireRequest,
  params: Tree,
  operations: Operations,
  keys: 'required' | 'optional' | 'ignored_if_wrong',
): Promise<Result<Identity, KeyProblem>> {
  const token = headerOf(request, 'x-spree-order-token') ?? textOf(params.order_token)
  const holder = token === undefined ? {} : { token }
  const anonymous: Identity = { caller: { kind: 'anonymous' }, isAdmin: false, ...holder }
  const key = keyOf(request, params)
  if (key === undefined) return keys === 'required' && token === undefined ? refuse({ kind: 'missing' }) : ok(anonymous)
  const credential = await operations.checkCredential({ kind: 'api_key', secret: key })
  if (credential?.dialect !== 'spree') {
    return token === undefined && keys !== 'ignored_if_wrong' ? refuse({ kind: 'invalid', key }) : ok(anonymous)
  }
  const { customerId } = credential.data
  if (typeof customerId === 'string') {
    return ok({ caller: { kind: 'member', customerId }, isAdmin: false, customerId, ...holder })
  }
  const permissions = credential.permissions.filter((name): name is Permission =>
    permissionNames.some(known => known === name),
  )
  const caller: Caller = { kind: 'key', keyId: credential.subject, permissions }
  return ok({ caller, isAdmin: hasPermission(caller, 'carts:admin'), ...holder })
}

/** The API key of a request; never empty. */
export function keyOf(request: WireRequest, params: Tree): string | undefined {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1]
  return headerOf(request, 'x-spree-token') ?? textOf(params.token) ?? bearer
}

function headerOf(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name]?.trim()
  return value === '' ? undefined : value
}

/** Ends a key that a log-in gave; one that the store gave out stays, since no log-in would bring it back. */
export async function endApiKey(request: WireRequest, params: Tree, operations: Operations): Promise<void> {
  const secret = keyOf(request, params)
  if (secret === undefined) return
  const known = await operations.checkCredential({ kind: 'api_key', secret })
  if (known?.dialect !== 'spree' || known.expiresAt === undefined) return
  await operations.takeCredential({ kind: 'api_key', secret })
}

/** How long a key that a log-in gave is good, seconds. Ours: 90 days. */
const keySeconds = 90 * 24 * 3_600

/** An API key for a customer who has logged in; only its hash is stored, so each log-in gives another one. */
export function issueApiKey(customer: Customer, operations: Operations): Promise<string> {
  return operations.issueCredential({
    kind: 'api_key',
    subject: customer.id,
    dialect: 'spree',
    data: { customerId: customer.id },
    ttlSeconds: keySeconds,
  })
}
