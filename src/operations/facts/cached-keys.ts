import type { Instant } from '../../core/ids.js'
import type { Credential, CredentialStore } from '../../storage/storage.js'

/** How long a key is taken for good without asking, milliseconds: so long one lives that another process revoked. Ours. */
const keptMilliseconds = 2_000

/** Keys kept in the process; a backend has few. */
const keysKept = 1_000

/**
 * The store of credentials, with keys of backends kept for a moment: they come with every request of theirs, and change
 * hardly ever. What this process revokes or adds counts at once; a key that is unknown is asked for each time.
 */
export function cacheKeys(store: CredentialStore, clock: () => Instant): CredentialStore {
  const known = new Map<string, { readonly key: Credential; readonly at: number }>()
  /** Counts changes, so that a read that began before one is not kept after it. */
  let changes = 0
  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      return await change()
    } finally {
      changes += 1
      known.clear()
    }
  }
  return {
    insert: credential =>
      credential.kind === 'api_key' ? changing(() => store.insert(credential)) : store.insert(credential),
    replace: credential => store.replace(credential),
    amend: (kind, secretHash, data) => store.amend(kind, secretHash, data),
    countTry: (kind, secretHash) => store.countTry(kind, secretHash),
    take: (kind, secretHash) =>
      kind === 'api_key' ? changing(() => store.take(kind, secretHash)) : store.take(kind, secretHash),
    revokeAll: (kind, subject) =>
      kind === 'api_key' ? changing(() => store.revokeAll(kind, subject)) : store.revokeAll(kind, subject),
    prune: (now, limit) => store.prune(now, limit),
    async read(kind, secretHash) {
      if (kind !== 'api_key') return store.read(kind, secretHash)
      const now = Date.parse(clock())
      const kept = known.get(secretHash)
      if (kept !== undefined && Math.abs(now - kept.at) < keptMilliseconds) return kept.key
      const before = changes
      const key = await store.read(kind, secretHash)
      if (key === undefined || before !== changes) known.delete(secretHash)
      else {
        if (known.size >= keysKept) known.clear()
        known.set(secretHash, { key, at: now })
      }
      return key
    },
  }
}
