import type { SignOut } from '../core/access/sign-out.js'
import type { CustomerId, Instant } from '../core/ids.js'

/** One that is stored. Numbers rise in the order in which they can be read. */
export interface StoredSignOut extends SignOut {
  readonly customerId: CustomerId
  readonly number: bigint
}

/** Who was signed out everywhere, and when last. */
export interface SignOutStore {
  /**
   * Ends what a customer is signed in by, all in one statement: sessions, refresh tokens and what would become one are deleted, the customer's version
   * moves on, so that tokens which tell the one before are over, and with `passwordHash` there is another password. Undefined:
   * there is no such customer.
   */
  add(
    customerId: CustomerId,
    how: { readonly at: Instant; readonly passwordHash?: string },
  ): Promise<StoredSignOut | undefined>
  /** Those with a higher number, at most `limit`, the lowest first. */
  since(number: bigint, limit: number): Promise<readonly StoredSignOut[]>
  /** Deletes those of before `at`, at most `limit`. */
  prune(at: Instant, limit: number): Promise<number>
}
