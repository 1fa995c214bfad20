import type { Credential } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** Ends all credentials of one kind that somebody has; returns how many there were. What stands for a key ends with it. */
export async function revokeCredentials(
  { storage: { credentials } }: { readonly storage: Pick<Deps['storage'], 'credentials'> },
  input: { readonly kind: Credential['kind']; readonly subject: string },
): Promise<number> {
  const revoked = await credentials.revokeAll(input.kind, input.subject)
  if (input.kind === 'api_key') await credentials.revokeAll('session', input.subject)
  return revoked
}
