import { hashOfSecret, isCurrent } from './credential-secret.js'
import type { Deps } from './deps.js'

/**
 * Counts one use of a credential that is good for several. Of many at once no more than `atMost` are told true, since each
 * is counted in the database before it is granted; with the last of them the credential is gone.
 */
export async function countUse(
  deps: Deps,
  input: { readonly secret: string; readonly atMost: number },
): Promise<boolean> {
  const hash = hashOfSecret(input.secret)
  const counted = await deps.storage.credentials.countTry('single_use', hash)
  if (counted === undefined || !isCurrent(counted, deps.clock())) return false
  const uses = Number(counted.data.tries)
  if (uses >= input.atMost) await deps.storage.credentials.take('single_use', hash)
  return uses <= input.atMost
}
