import type Stripe from 'stripe'
import { type GatewayAnswer, PayloadRefused } from '../provider.js'
import { answerOfIntent, answerOfPage, withCharge, withIntent } from './answers.js'

interface Notified {
  readonly idempotencyKey: string
  readonly answer: GatewayAnswer
}

/**
 * Which attempt an event of Stripe's is about. It says that something happened; what, Stripe is asked, since events come late
 * and in any order. Source: docs.stripe.com/webhooks.
 *
 * @returns undefined for what is genuine and none of ours: the account may sell elsewhere, and tells of more than we asked for
 * @throws PayloadRefused without Stripe's signature
 */
export async function readNotification(
  { stripe, webhookSecret }: { readonly stripe: Stripe; readonly webhookSecret?: string },
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Notified | undefined> {
  const { type, data } = genuine(stripe, webhookSecret, headers['stripe-signature'], body)
  const about = data.object as { readonly id: string; readonly payment_intent?: unknown }
  if (type.startsWith('checkout.session.')) return ofPage(stripe, about.id)
  if (type.startsWith('payment_intent.')) return ofIntent(stripe, about.id)
  const isRefund = type.startsWith('charge.') && typeof about.payment_intent === 'string'
  return isRefund ? ofIntent(stripe, String(about.payment_intent)) : undefined
}

function genuine(
  stripe: Stripe,
  secret: string | undefined,
  signature: string | undefined,
  body: string,
): Stripe.Event {
  if (secret === undefined || signature === undefined) throw new PayloadRefused('the notification is not signed')
  try {
    return stripe.webhooks.constructEvent(body, signature, secret)
  } catch {
    throw new PayloadRefused('the notification is not signed by Stripe')
  }
}

async function ofPage(stripe: Stripe, id: string): Promise<Notified | undefined> {
  const page = await stripe.checkout.sessions.retrieve(id, withIntent)
  const idempotencyKey = page.metadata?.polytill_payment
  return idempotencyKey === undefined ? undefined : { idempotencyKey, answer: answerOfPage(page) }
}

/** On a page of Stripe's a card that is declined is not the end: there the page tells of it. */
async function ofIntent(stripe: Stripe, id: string): Promise<Notified | undefined> {
  const intent = await stripe.paymentIntents.retrieve(id, withCharge)
  const { polytill_payment: idempotencyKey, polytill_page: page } = intent.metadata
  if (idempotencyKey === undefined) return undefined
  const isOpen = intent.status === 'requires_payment_method' || intent.status === 'requires_action'
  return page === 'yes' && isOpen ? undefined : { idempotencyKey, answer: answerOfIntent(intent) }
}
