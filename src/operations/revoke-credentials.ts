import type { Credential } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** Ends all credentials of one kind that somebody has; returns how many there were. */
export function revokeCredentials(
  deps: Deps,
  input: { readonly kind: Credential['kind']; readonly subject: string },
): Promise<number> {
  return deps.storage.credentials.revokeAll(input.kind, input.subject)
}
