import type { Caller, Permission } from '../../core/access/caller.js'
import { permissionNames } from '../../core/access/caller.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { KeyRules, WireRequest } from '../dialect.js'
import { type Problem, problems } from './problem.js'

/** What a token may be used for, without the suffix that says that it may only read. Source: dialects/bigcommerce.md 2.1. */
const scopeNames = [
  'store_cart',
  'store_checkouts',
  'store_payments_access_token_create',
  'store_payments_methods_read',
  'store_v2_orders',
  'store_v2_marketing',
  'store_v2_information',
  'store_v2_customers',
  'store_v2_customers_login',
] as const

export type Scope = (typeof scopeNames)[number]

/** What an endpoint asks of a token. */
export interface Access {
  readonly scope: Scope
  readonly right: 'read' | 'modify'
}

/** Other spellings of a scope that are in use. */
const spellings: Partial<Record<Scope, readonly string[]>> = {
  store_checkouts: ['store_checkouts', 'store_checkout', 'store_checkout_content'],
}

/** Tokens of back offices: each opens one store, and does what its scopes say. */
export const keyRules: KeyRules = {
  store: { meaning: 'storeHash of the channel, as in /stores/{hash}', isNeeded: true },
  scopes: {
    known: scopeNames.flatMap(scope =>
      (spellings[scope] ?? [scope]).flatMap(name => (name.endsWith('_read') ? [name] : [name, `${name}_read_only`])),
    ),
    isNeeded: true,
  },
  data: ({ store = '', scopes }) => ({ storeHash: store, scopes: [...scopes] }),
}

/**
 * Who a server-to-server request is: 401 without a token of this very store, 403 where the token lacks the scope.
 * The token is looked up by its hash, so that nothing about it can be told from the time that takes.
 */
export async function identifyServer(
  wire: WireRequest,
  access: Access,
  operations: Operations,
): Promise<Result<Caller, Problem>> {
  const secret = wire.headers['x-auth-token']?.trim() ?? ''
  if (secret === '') return refuse(problems.unauthorized)
  const credential = await operations.checkCredential({ kind: 'api_key', secret })
  // An app that signs customers in is found by its client id, which is no secret.
  if (credential?.dialect !== 'bigcommerce' || 'clientId' in credential.data) return refuse(problems.unauthorized)
  if (credential.data.storeHash !== wire.params.storeHash) return refuse(problems.unauthorized)
  const { scopes } = credential.data
  const held = new Set(Array.isArray(scopes) ? scopes.filter(scope => typeof scope === 'string') : [])
  if (!mayUse(held, access)) return refuse(problems.forbidden)
  return ok({ kind: 'key', keyId: credential.subject, permissions: permissionsOf(credential.permissions) })
}

function mayUse(held: ReadonlySet<string>, { scope, right }: Access): boolean {
  const names = spellings[scope] ?? [scope]
  return names.some(name => held.has(name) || (right === 'read' && held.has(`${name}_read_only`)))
}

function permissionsOf(names: readonly string[]): readonly Permission[] {
  return permissionNames.filter(name => names.includes(name))
}
