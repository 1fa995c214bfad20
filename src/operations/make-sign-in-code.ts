import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { readSignInCode } from './sign-in-code.js'

/** A code to send, and where to. */
export interface SendableCode {
  readonly code: string
  readonly email: string
  readonly expiresAt: Instant
}

/**
 * Makes the code that `codeRequest` of the event `customer.sign_in_requested` stands for, for the store's own mailer. It is told
 * here and kept only as a hash; asked for again, another one comes, and the last counts. It does once, until `expiresAt`, in
 * the session that asked for it, and is dead after five wrong tries.
 *
 * @returns `customer_not_found` where nobody waits for it any longer: it was used, is over or dead, or the customer is gone
 */
export async function makeSignInCode(
  deps: Deps,
  caller: Caller,
  input: { readonly request: string },
): Answer<SendableCode> {
  const fault = missingRight(caller, 'customers:write')
  if (fault !== undefined) return refuse(fault)
  const asked = readSignInCode(await deps.storage.credentials.read('single_use', input.request))
  const isWanted = asked !== undefined && asked.until > deps.clock() && asked.tries < limits.signInCodeTries
  const customer = isWanted ? await deps.storage.customers.read({ id: asked.customerId }) : undefined
  if (asked === undefined || customer?.isConfirmed !== true) return refuse({ code: 'customer_not_found' })
  const code = deps.ids.digits(limits.signInCodeDigits)
  const hash = await deps.passwords.hash(code)
  const kept = await deps.storage.credentials.amend('single_use', input.request, { hash })
  if (kept === undefined) return refuse({ code: 'customer_not_found' })
  return ok({ code, email: customer.email, expiresAt: asked.until })
}
