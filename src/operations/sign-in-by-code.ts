import { emailKey } from '../core/customers/account.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import { accountOf, guardingSignIn } from './guard-sign-in.js'
import type { Answer } from './operations.js'
import { codeRequestOf, readSignInCode, type SignInCode } from './sign-in-code.js'

/** Who brings a code that was sent by e-mail. */
export interface CodeBearer {
  readonly email: string
  readonly code: string
  /** The one that asked for the code. */
  readonly session: string
  readonly clientAddress: string
}

/**
 * The customer with this e-mail address, by the code that was sent there. A wrong code, one of another session, one that was
 * used, and an address that nobody has are one refusal, after the same time. Each try is counted in the database before it is
 * looked at, so that of many at once, and across processes and restarts, only five are; wrong ones count as wrong passwords do.
 *
 * @returns `credentials_wrong`, with `isExpired` for one that is over; `too_many_attempts`, also of a dead code
 */
export async function signInByCode(deps: Deps, input: CodeBearer): Answer<Customer> {
  const { email, code, session, clientAddress } = input
  return guardingSignIn(deps, { account: accountOf(email), clientAddress }, async () => {
    const request = codeRequestOf(session, email)
    const proven = await prove(deps, request, code)
    if (!proven.ok) return proven
    const customer = await use(deps, request, proven.value)
    // Somebody else used it in the same moment, or the account is another one by now.
    const isTheirs = customer !== undefined && emailKey(customer.email) === emailKey(email)
    return isTheirs ? ok(customer) : refuse({ code: 'credentials_wrong' })
  })
}

/** Counts the try, then looks whether it is right. */
async function prove(deps: Deps, request: string, code: string): Promise<Result<SignInCode, CheckoutError>> {
  const asked = readSignInCode(await deps.storage.credentials.countTry('single_use', request))
  const now = deps.clock()
  if (asked !== undefined && asked.until > now && asked.tries > limits.signInCodeTries) {
    const left = Date.parse(asked.until) - Date.parse(now)
    return refuse({ code: 'too_many_attempts', retryAfterSeconds: Math.ceil(left / 1_000) })
  }
  const isRight = await deps.passwords.verify(asked?.hash, code.slice(0, limits.codeLength))
  if (asked !== undefined && asked.until <= now) return refuse({ code: 'credentials_wrong', isExpired: true })
  return isRight && asked !== undefined ? ok(asked) : refuse({ code: 'credentials_wrong' })
}

/** Uses the code up; undefined where somebody else did, or where it is not that code any longer. */
async function use(deps: Deps, request: string, proven: SignInCode): Promise<Customer | undefined> {
  const taken = readSignInCode(await deps.storage.credentials.take('single_use', request))
  if (taken === undefined || taken.hash !== proven.hash) return undefined
  const customer = await deps.storage.customers.read({ id: taken.customerId })
  return customer?.isConfirmed === true ? customer : undefined
}
