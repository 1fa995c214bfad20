import type Stripe from 'stripe'
import type { GatewayAnswer, PaymentProvider } from '../provider.js'
import { fromStripeAmount, toStripeAmount } from './amounts.js'
import { answerOfIntent } from './answers.js'
import { declined, orRefusal } from './refusals.js'

/** As many refunds of one payment as are looked through. Source: docs.stripe.com/api/pagination, `limit`. */
const mostRefunds = 100

/**
 * Gives money back, once per key: Stripe forgets keys after a day or more, so what was given back is looked through first.
 *
 * @param paid  reads the payment intent
 */
export async function refund(
  stripe: Stripe,
  { amount, refundKey }: Parameters<PaymentProvider['refund']>[0],
  paid: () => Promise<Stripe.PaymentIntent>,
): Promise<GatewayAnswer> {
  const intent = await paid()
  const about = answerOfIntent(intent)
  const wanted = toStripeAmount(amount, about.currency)
  if (wanted === undefined) return declined(about, { reason: 'amount_not_supported' })
  const { data } = await stripe.refunds.list({ payment_intent: intent.id, limit: mostRefunds })
  const known = data.find(({ metadata }) => metadata?.polytill_refund === refundKey)
  const made =
    known ??
    (await orRefusal(
      stripe.refunds.create(
        { payment_intent: intent.id, amount: wanted, metadata: { polytill_refund: refundKey } },
        { idempotencyKey: refundKey },
      ),
    ))
  if ('refusal' in made) return declined(about, made.refusal)
  if (made.status === 'failed' || made.status === 'canceled') {
    return declined(about, { reason: made.failure_reason ?? 'refund_failed' })
  }
  return { ...about, outcome: 'refunded', amount: fromStripeAmount(made.amount, about.currency) ?? 0n }
}
