import type Stripe from 'stripe'
import type { GatewayAnswer } from '../provider.js'
import { answerOfIntent } from './answers.js'

/** What Stripe said no to, so that nothing was done. */
export interface StripeRefusal {
  readonly reason: string
  /** The payment intent that a card was declined for. */
  readonly intent?: Stripe.PaymentIntent
}

/** A request that is wrong by itself, a card that is declined, a thing that is not there. Source: docs.stripe.com/api/errors. */
const refusingStatuses = new Set([400, 402, 404])

/**
 * Reads an error of the SDK.
 *
 * @returns undefined where nobody knows what was done: no connection, no answer, too many requests, a key that opens nothing
 */
export function refusalOf(error: unknown): StripeRefusal | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || !('type' in error)) return undefined
  if (typeof error.statusCode !== 'number' || !refusingStatuses.has(error.statusCode)) return undefined
  // The same key with other parameters: what the first request did is not said.
  if (error.type === 'StripeIdempotencyError') return undefined
  const { decline_code, code, payment_intent } = error as Stripe.errors.StripeError
  // The SDK writes an empty text where there was no reason of a bank.
  const reason = [decline_code, code].find(each => each !== undefined && each !== '') ?? 'invalid_request'
  return payment_intent === undefined ? { reason } : { reason, intent: payment_intent }
}

/** Does it, or tells what Stripe said no to. @throws whatever is no refusal */
export async function orRefusal<T>(asked: Promise<T>): Promise<T | { readonly refusal: StripeRefusal }> {
  try {
    return await asked
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return { refusal }
  }
}

/** What an attempt is told of that Stripe said no to. */
export function declined(
  about: Pick<GatewayAnswer, 'gatewayReference' | 'amount' | 'currency' | 'orderId'>,
  { reason, intent }: StripeRefusal,
): GatewayAnswer {
  const { display } = intent === undefined ? {} : answerOfIntent(intent)
  return { ...about, outcome: 'declined', declineReason: reason, ...(display === undefined ? {} : { display }) }
}
