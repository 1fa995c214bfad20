import type { Instant } from '../core/ids.js'

/** Whose failures are counted together: a kind of attempt, and the hash of an account, a cart or an address. */
export interface AttemptKey {
  readonly kind: string
  readonly keyHash: string
}

/** Failures of one key within its window. */
export interface AttemptCount extends AttemptKey {
  readonly failures: number
  /** When they are forgotten. */
  readonly endsAt: Instant
}

/** Failed attempts at log-in, codes and payments, so that all processes count the same. Every method is one statement. */
export interface AttemptStore {
  /**
   * Adds one failure to each and tells how many there are; of several at once each is counted. A window that is over by `now`
   * begins anew and ends at `endsAt`. No key twice.
   */
  count(
    attempts: readonly (AttemptKey & { readonly endsAt: Instant })[],
    now: Instant,
  ): Promise<readonly AttemptCount[]>
  /** Those that failed and are not over by `now`. */
  read(keys: readonly AttemptKey[], now: Instant): Promise<readonly AttemptCount[]>
  /** Takes one failure off each. */
  takeBack(keys: readonly AttemptKey[]): Promise<void>
  forget(key: AttemptKey): Promise<void>
  /** Deletes those that were over before `now`, at most `limit`. */
  prune(now: Instant, limit: number): Promise<number>
}
