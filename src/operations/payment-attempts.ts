import type { CheckoutError } from '../core/errors.js'
import type { CartId } from '../core/ids.js'
import { type Result, refuse } from '../core/result.js'
import type { Attempt, Deps } from './deps.js'

/** Who pays: which cart, and from where, as far as known. */
export interface Payer {
  readonly cartId: CartId
  readonly clientAddress: string | undefined
}

/**
 * Lets `pay` run unless too many payments of this cart, or from this address, were declined lately, and counts the next one:
 * a shop that says "declined" as often as it is asked is a place to test stolen cards. Payments under way at the same moment
 * do not hold each other back, as guesses at codes do: most of them are of shoppers who pay, many from one address.
 *
 * @returns `too_many_attempts`, or what `pay` answers
 */
export async function guardingPayments<T>(
  deps: Deps,
  payer: Payer,
  pay: () => Promise<Result<T, CheckoutError>>,
): Promise<Result<T, CheckoutError>> {
  const retryAfterSeconds = await deps.limiter.tooMany(attemptsOf(payer))
  if (retryAfterSeconds !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds })
  const paid = await pay()
  if (!paid.ok && paid.error.code === 'payment_declined') await countDeclined(deps, payer)
  return paid
}

/** One more that was declined, whatever became of its order. */
export async function countDeclined({ limiter }: Deps, payer: Payer): Promise<void> {
  await limiter.count(attemptsOf(payer))
}

function attemptsOf({ cartId, clientAddress }: Payer): readonly Attempt[] {
  const ofCart: Attempt = { kind: 'payment', key: cartId }
  return clientAddress === undefined ? [ofCart] : [ofCart, { kind: 'payment_client', key: clientAddress }]
}
