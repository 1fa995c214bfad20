import type { CustomerId, Instant } from '../ids.js'

/** A moment from which on somebody is signed in nowhere, unless they sign in anew. */
export interface SignOut {
  /** The customer's own, as it became then: it moves with each. */
  readonly version: number
  readonly at: Instant
}

/** What a signed word of ours says of somebody's having signed in. */
export interface SignInProof {
  readonly customerId: CustomerId
  /** The customer's version as it was read when they proved who they are. Missing from what earlier versions signed. */
  readonly customerVersion?: number
  /** Milliseconds since 1970; of a token that counts in seconds, the beginning of its second. */
  readonly issuedAt: number
}

/**
 * Whether the sign-out came after the proof. Versions say so whatever the clocks do, also within one moment; without one, what
 * was signed in the same second counts as before.
 */
export function isEndedBy({ version, at }: SignOut, { customerVersion, issuedAt }: SignInProof): boolean {
  return customerVersion === undefined ? issuedAt <= Date.parse(at) : customerVersion < version
}
