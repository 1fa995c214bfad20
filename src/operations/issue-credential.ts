import type { Permission } from '../core/access/caller.js'
import { after } from '../core/cart/new-cart.js'
import type { Credential } from '../storage/storage.js'
import { hashOfSecret } from './credential-secret.js'
import type { Deps } from './deps.js'

/** Makes a credential and returns its secret, which is kept only as a hash. Without `ttlSeconds` it never expires. */
export async function issueCredential(
  deps: Deps,
  input: {
    readonly kind: Credential['kind']
    readonly subject: string
    readonly dialect?: string
    readonly permissions?: readonly Permission[]
    readonly data?: Credential['data']
    readonly ttlSeconds?: number
  },
): Promise<string> {
  const secret = deps.ids.secret()
  const now = deps.clock()
  await deps.storage.credentials.insert({
    kind: input.kind,
    secretHash: hashOfSecret(secret),
    subject: input.subject,
    ...(input.dialect === undefined ? {} : { dialect: input.dialect }),
    permissions: input.permissions ?? [],
    data: input.data ?? {},
    createdAt: now,
    ...(input.ttlSeconds === undefined ? {} : { expiresAt: after(now, input.ttlSeconds * 1000) }),
  })
  return secret
}
