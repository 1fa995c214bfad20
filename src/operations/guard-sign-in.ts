import { emailKey } from '../core/customers/account.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import type { Deps } from './deps.js'

/** Id that no customer has: an unknown e-mail address costs the same queries and the same hashing as a known one. */
export const nobody = '00000000-0000-0000-0000-000000000000'

/** By what guesses at one account are counted, whether or not there is one. */
export function accountOf(email: string): string {
  return emailKey(email).slice(0, limits.nameLength)
}

/** Too many wrong passwords and codes of one account, or from one address; undefined: not yet. */
export function tooManySignIns(deps: Deps, account: string, clientAddress: string): CheckoutError | undefined {
  const wait = Math.max(
    deps.limiter.tooMany('sign_in', account) ?? 0,
    deps.limiter.tooMany('sign_in_client', clientAddress) ?? 0,
  )
  return wait === 0 ? undefined : { code: 'too_many_attempts', retryAfterSeconds: wait }
}

/** One more wrong password or code. */
export function countFailedSignIn(deps: Deps, account: string, clientAddress: string): void {
  deps.limiter.failed('sign_in', account)
  deps.limiter.failed('sign_in_client', clientAddress)
}
