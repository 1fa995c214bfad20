import type { CheckoutError } from '../core/errors.js'
import type { CartId } from '../core/ids.js'
import { type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'

/** Who pays: which cart, and from where, as far as known. */
export interface Payer {
  readonly cartId: CartId
  readonly clientAddress: string | undefined
}

/**
 * Lets `pay` run unless too many payments of this cart, or from this address, were declined lately, and counts the next one:
 * a shop that says "declined" as often as it is asked is a place to test stolen cards.
 *
 * @returns `too_many_attempts`, or what `pay` answers
 */
export async function guardingPayments<T>(
  deps: Deps,
  { cartId, clientAddress }: Payer,
  pay: () => Promise<Result<T, CheckoutError>>,
): Promise<Result<T, CheckoutError>> {
  const { limiter } = deps
  const retryAfterSeconds = Math.max(
    limiter.tooMany('payment', cartId) ?? 0,
    clientAddress === undefined ? 0 : (limiter.tooMany('payment_client', clientAddress) ?? 0),
  )
  if (retryAfterSeconds > 0) return refuse({ code: 'too_many_attempts', retryAfterSeconds })
  const paid = await pay()
  if (!paid.ok && paid.error.code === 'payment_declined') countDeclined(deps, { cartId, clientAddress })
  return paid
}

/** One more that was declined, whatever became of its order. */
export function countDeclined({ limiter }: Deps, { cartId, clientAddress }: Payer): void {
  limiter.failed('payment', cartId)
  if (clientAddress !== undefined) limiter.failed('payment_client', clientAddress)
}
