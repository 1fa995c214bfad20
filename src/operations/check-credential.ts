import type { Credential } from '../storage/storage.js'
import { hashOfSecret, isCurrent } from './credential-secret.js'
import type { Deps } from './deps.js'

/** The credential with this secret; undefined when there is none, or it expired or was revoked. */
export async function checkCredential(
  deps: Deps,
  input: { readonly kind: Credential['kind']; readonly secret: string },
): Promise<Credential | undefined> {
  const credential = await deps.storage.credentials.read(input.kind, hashOfSecret(input.secret))
  return credential !== undefined && isCurrent(credential, deps.clock()) ? credential : undefined
}
