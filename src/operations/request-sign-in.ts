import { emailKey, isEmailAddress } from '../core/customers/account.js'
import type { ChannelId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import { nobody } from './guard-sign-in.js'
import type { Answer } from './operations.js'
import { codeRequestOf, keepCodeRequest } from './sign-in-code.js'

/** Who asks for an e-mail that signs in. */
export interface SignInRequest {
  readonly email: string
  /** What the e-mail is to have in it. */
  readonly by: SignInMeans
  readonly channel: ChannelId
  readonly clientAddress: string
}

/**
 * A link, with a path of the shop where the shopper goes afterwards: whoever hands it in has checked that it is one. Or a code,
 * which does only together with the session that asked for it: a text that nobody else knows.
 */
export type SignInMeans =
  | { readonly kind: 'link'; readonly redirectPath: string }
  | { readonly kind: 'code'; readonly session: string }

/** Answers leave at whole steps of this after their request: far longer than what an account costs. Ours. */
const stepMilliseconds = 250

/**
 * Tells the store's own mailer, by the event `customer.sign_in_requested`, that somebody wants to sign in by e-mail. There is
 * neither a link nor a secret in it: the mailer makes the link with a key of its own, and asks for the code by
 * `make-sign-in-code.ts`. Nobody learns here who has an account: the answer, its time and the limits are the same without one.
 * Each request counts, by address and by client.
 *
 * @returns for how long the mailer's link or code should be good; `invalid_input` for what is no address; `too_many_attempts`
 */
export async function requestSignIn(deps: Deps, input: SignInRequest): Answer<{ readonly ttlSeconds: number }> {
  if (!isEmailAddress(input.email)) return refuse({ code: 'invalid_input', field: 'email', rule: 'email' })
  const retryAfterSeconds = await deps.limiter.count([
    { kind: 'sign_in_request', key: emailKey(input.email) },
    { kind: 'sign_in_request_client', key: input.clientAddress },
  ])
  if (retryAfterSeconds !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds })
  await inEvenTime(() => tellMailer(deps, input))
  return ok({ ttlSeconds: limits.signInRequestSeconds })
}

async function tellMailer(deps: Deps, { email, by, channel }: SignInRequest): Promise<void> {
  const found = await deps.storage.customers.read({ email: emailKey(email) })
  // Whoever may not sign in by password yet does not get around it by e-mail.
  const customer = found?.isConfirmed === true ? found : undefined
  const means = await meansFor(deps, by, email, customer?.id ?? nobody)
  if (customer === undefined) return
  await deps.storage.outbox.add({
    type: 'customer.sign_in_requested',
    subject: customer.id,
    data: {
      customerId: customer.id,
      integerId: customer.integerId,
      // The account's own, not what was typed: that is where the link or the code may go.
      email: customer.email,
      channel,
      ...means,
    },
  })
}

/** A code is kept as asked for also where nobody will get one, so that trying one tells nothing either. */
async function meansFor(deps: Deps, by: SignInMeans, email: string, customerId: string) {
  if (by.kind === 'link') {
    const expiresAt = new Date(Date.parse(deps.clock()) + limits.signInRequestSeconds * 1_000).toISOString()
    return { redirectUrl: by.redirectPath, expiresAt }
  }
  const codeRequest = codeRequestOf(by.session, email)
  return { codeRequest, expiresAt: await keepCodeRequest(deps, { request: codeRequest, customerId }) }
}

/** Runs `work`, and ends at a whole step after it began, also where it fails. */
async function inEvenTime(work: () => Promise<void>): Promise<void> {
  const begun = performance.now()
  try {
    await work()
  } finally {
    const left = stepMilliseconds - ((performance.now() - begun) % stepMilliseconds)
    await new Promise(resolve => setTimeout(resolve, left))
  }
}
