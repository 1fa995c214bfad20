import type { Credential } from '../storage/storage.js'
import { hashOfSecret, isCurrent } from './credential-secret.js'
import type { Deps } from './deps.js'

/** As `checkCredential`, and it is used up: of several callers only one gets it. */
export async function takeCredential(
  deps: Deps,
  input: { readonly kind: Credential['kind']; readonly secret: string },
): Promise<Credential | undefined> {
  const credential = await deps.storage.credentials.take(input.kind, hashOfSecret(input.secret))
  return credential !== undefined && isCurrent(credential, deps.clock()) ? credential : undefined
}
