import { emailKey } from '../core/customers/account.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import { type Result, refuse } from '../core/result.js'
import type { Attempt, Deps } from './deps.js'

/** Id that no customer has: an unknown e-mail address costs the same queries and the same hashing as a known one. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** By what guesses at one account are counted, whether or not there is one. */
export function accountOf(email: string): string {
  return emailKey(email).slice(0, limits.nameLength)
}

/**
 * Lets `tryIt` look at a password or a code, unless too many of this account, or from this address, were wrong lately. The try is counted
 * before it is looked at, so that of many at the same moment, whichever process they reach, no more get through than may fail; one
 * that was right clears the account. The client's count stays as it was: else one good account would buy endless guesses at others.
 *
 * @returns `too_many_attempts`, or what `tryIt` answers; only its `credentials_wrong` is a failure
 */
export async function guardingSignIn<T>(
  deps: Deps,
  { account, clientAddress }: { readonly account: string; readonly clientAddress: string },
  tryIt: () => Promise<Result<T, CheckoutError>>,
): Promise<Result<T, CheckoutError>> {
  const ofAccount: Attempt = { kind: 'sign_in', key: account }
  const ofClient: Attempt = { kind: 'sign_in_client', key: clientAddress }
  const retryAfterSeconds = await deps.limiter.count([ofAccount, ofClient])
  if (retryAfterSeconds !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds })
  const tried = await tryIt()
  if (!tried.ok && tried.error.code === 'credentials_wrong') return tried
  if (tried.ok || tried.error.code === 'customer_unconfirmed') {
    await deps.limiter.forget(ofAccount)
    await deps.limiter.takeBack([ofClient])
  } else await deps.limiter.takeBack([ofAccount, ofClient])
  return tried
}
