import type Stripe from 'stripe'
import { z } from 'zod'
import {
  type AttemptFacts,
  type AuthorizeRequest,
  type GatewayAnswer,
  GatewayUnknown,
  PayloadRefused,
  type PaymentProvider,
} from '../provider.js'
import { toStripeAmount } from './amounts.js'
import {
  type AttemptMarks,
  answerOfIntent,
  answerOfPage,
  intentOf,
  isUntried,
  withCharge,
  withIntent,
} from './answers.js'
import { instrumentOf, type StripeInstrument } from './instrument.js'
import { readNotification } from './notifications.js'
import { readHomecoming, wayBack } from './proof.js'
import { refund } from './refund.js'
import { declined, orRefusal } from './refusals.js'

/** A client of Stripe's SDK, and what we sign and check with. */
export interface StripeAccount {
  readonly stripe: Stripe
  /** Signs the addresses that shoppers come back to. */
  readonly secret: string
  /** Of the endpoint that Stripe sends its events to; absent: none is believed. */
  readonly webhookSecret?: string
}

const confirmation = z.object({ type: z.literal('payment-confirmation'), hash: z.string().min(1).max(200) })

/**
 * Payments by Stripe. Where the shopper's browser brought a payment method of Stripe's, a payment intent is made and then
 * confirmed with it; else the shopper is sent to a page of Stripe's (Checkout).
 *
 * The payment intent is made under the attempt's own key with what can be said of the attempt at any time. So whoever finds
 * the attempt without an answer makes the same request again and is told the same payment intent, and calling that off is a
 * mark that a request which is still under way runs into. Source: docs.stripe.com/api/idempotent_requests.
 */
export function createStripeProvider(account: StripeAccount): PaymentProvider {
  const { stripe } = account
  return {
    name: 'stripe',
    isLocal: false,
    async authorize(request) {
      const instrument = instrumentOf(request.instrument)
      return instrument === undefined ? openPage(account, request) : charge(account, request, instrument)
    },
    confirm: (attempt, payload) => comeBack(account, attempt, payload),
    capture: attempt => capture(stripe, attempt),
    void: async ({ idempotencyKey, gatewayReference }, about) => {
      const reference = gatewayReference ?? (await openIntent(stripe, idempotencyKey, about)).id
      return isPage(reference) ? closePage(stripe, reference) : cancelIntent(stripe, reference)
    },
    refund: attempt => refund(stripe, attempt, () => paidIntent(stripe, attempt.gatewayReference)),
    async find(idempotencyKey, about) {
      if (about?.gatewayReference !== undefined) return readAttempt(stripe, about.gatewayReference)
      const { id } = await openIntent(stripe, idempotencyKey, about)
      const intent = await stripe.paymentIntents.retrieve(id, withCharge)
      return isUntried(intent) ? undefined : answerOfIntent(intent)
    },
    parseWebhook: (headers, body) => readNotification(account, headers, body),
  }
}

function marksOf(idempotencyKey: string, orderId: string): AttemptMarks {
  return { polytill_payment: idempotencyKey, polytill_order: orderId }
}

/** Pages have ids of their own. Source: docs.stripe.com/api/checkout/sessions, `id`. */
function isPage(reference: string): boolean {
  return reference.startsWith('cs_')
}

/**
 * The payment intent of an attempt, as it was made first: a repeat is answered with that very answer, however it went on.
 *
 * @throws GatewayUnknown without the facts, or where Stripe has no such amount
 */
async function openIntent(
  stripe: Stripe,
  idempotencyKey: string,
  about: AttemptFacts | undefined,
): Promise<Stripe.PaymentIntent> {
  const amount = about === undefined ? undefined : toStripeAmount(about.amount, about.currency)
  if (about === undefined || amount === undefined) throw new GatewayUnknown('stripe: no such attempt')
  return stripe.paymentIntents.create(
    {
      amount,
      currency: about.currency.toLowerCase(),
      automatic_payment_methods: { enabled: true },
      metadata: { ...marksOf(idempotencyKey, about.orderId) },
    },
    { idempotencyKey },
  )
}

async function charge(
  { stripe, secret }: StripeAccount,
  request: AuthorizeRequest,
  instrument: StripeInstrument,
): Promise<GatewayAnswer> {
  const { idempotencyKey, amount, currency, orderId, returnUrl } = request
  const nowhere = { gatewayReference: idempotencyKey, amount, currency, orderId }
  if (toStripeAmount(amount, currency) === undefined) return declined(nowhere, { reason: 'amount_not_supported' })
  const opened = await orRefusal(openIntent(stripe, idempotencyKey, request))
  if ('refusal' in opened) return declined(nowhere, opened.refusal)
  const about = { ...nowhere, gatewayReference: opened.id }
  const method = await orRefusal(methodOf(stripe, idempotencyKey, instrument))
  if ('refusal' in method) return declined(about, method.refusal)
  const confirmed = await orRefusal(
    stripe.paymentIntents.confirm(
      opened.id,
      {
        payment_method: method.id,
        capture_method: request.capture ? 'automatic' : 'manual',
        ...(URL.canParse(returnUrl) ? { return_url: wayBack(returnUrl, secret, idempotencyKey, 'finished') } : {}),
        ...withCharge,
      },
      { idempotencyKey: `${idempotencyKey}:confirm` },
    ),
  )
  return 'refusal' in confirmed ? declined(about, confirmed.refusal) : answerOfIntent(confirmed)
}

async function methodOf(
  stripe: Stripe,
  idempotencyKey: string,
  instrument: StripeInstrument,
): Promise<{ readonly id: string }> {
  if (instrument.kind === 'known') return instrument
  return stripe.paymentMethods.create(instrument.params, { idempotencyKey: `${idempotencyKey}:method` })
}

async function openPage({ stripe, secret }: StripeAccount, request: AuthorizeRequest): Promise<GatewayAnswer> {
  const { idempotencyKey, orderId, orderNumber, currency, returnUrl, buyer } = request
  const about = { gatewayReference: idempotencyKey, amount: request.amount, currency, orderId }
  const amount = toStripeAmount(request.amount, currency)
  if (amount === undefined) return declined(about, { reason: 'amount_not_supported' })
  if (!URL.canParse(returnUrl)) return declined(about, { reason: 'return_address_invalid' })
  // There the shopper may try again after a card was declined.
  const metadata = { ...marksOf(idempotencyKey, orderId), polytill_page: 'yes' }
  const opened = await orRefusal(
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        client_reference_id: orderId,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: currency.toLowerCase(),
              unit_amount: amount,
              product_data: { name: orderNumber === '' ? orderId : orderNumber },
            },
          },
        ],
        payment_intent_data: { capture_method: request.capture ? 'automatic' : 'manual', metadata },
        metadata,
        success_url: wayBack(returnUrl, secret, idempotencyKey, 'finished'),
        cancel_url: wayBack(returnUrl, secret, idempotencyKey, 'canceled'),
        ...(buyer.email === undefined ? {} : { customer_email: buyer.email }),
      },
      { idempotencyKey: `${idempotencyKey}:page` },
    ),
  )
  return 'refusal' in opened ? declined(about, opened.refusal) : answerOfPage(opened)
}

async function readAttempt(stripe: Stripe, reference: string): Promise<GatewayAnswer> {
  return isPage(reference)
    ? answerOfPage(await stripe.checkout.sessions.retrieve(reference, withIntent))
    : answerOfIntent(await stripe.paymentIntents.retrieve(reference, withCharge))
}

/** The shopper is back: what Stripe says now counts, never what the address says. Who turned back ends a page that is unpaid. */
async function comeBack(
  { stripe, secret }: StripeAccount,
  { idempotencyKey, gatewayReference }: Parameters<PaymentProvider['confirm']>[0],
  payload: unknown,
): Promise<GatewayAnswer> {
  const parsed = confirmation.safeParse(payload)
  const homecoming = parsed.success ? readHomecoming(secret, idempotencyKey, parsed.data.hash) : undefined
  if (homecoming === undefined) throw new PayloadRefused('the hash does not belong to this payment')
  if (gatewayReference === undefined) throw new GatewayUnknown('stripe: no answer named this attempt yet')
  if (homecoming === 'finished' || !isPage(gatewayReference)) return readAttempt(stripe, gatewayReference)
  const closed = await orRefusal(stripe.checkout.sessions.expire(gatewayReference))
  // Whoever paid on it has paid: a notification may be confirming the order by that at this moment.
  if ('refusal' in closed) return readAttempt(stripe, gatewayReference)
  return { ...answerOfPage(closed), outcome: 'declined', declineReason: 'canceled_by_shopper' }
}

async function capture(
  stripe: Stripe,
  { idempotencyKey, gatewayReference, amount }: Parameters<PaymentProvider['capture']>[0],
): Promise<GatewayAnswer> {
  const intent = await paidIntent(stripe, gatewayReference)
  const currency = intent.currency.toUpperCase()
  const wanted = toStripeAmount(amount, currency)
  if (wanted === undefined)
    return { ...answerOfIntent(intent), outcome: 'declined', declineReason: 'amount_not_supported' }
  const captured = await orRefusal(
    stripe.paymentIntents.capture(
      intent.id,
      { amount_to_capture: wanted, ...withCharge },
      { idempotencyKey: `${idempotencyKey}:capture:${wanted}` },
    ),
  )
  if (!('refusal' in captured)) return answerOfIntent(captured)
  const now = await stripe.paymentIntents.retrieve(intent.id, withCharge)
  const isTaken = now.status === 'succeeded' && now.amount_received === wanted
  return isTaken ? answerOfIntent(now) : declined({ ...answerOfIntent(now), gatewayReference }, captured.refusal)
}

/** What was paid by, also where a page led there. */
async function paidIntent(stripe: Stripe, reference: string): Promise<Stripe.PaymentIntent> {
  if (!isPage(reference)) return stripe.paymentIntents.retrieve(reference, withCharge)
  const intent = intentOf(await stripe.checkout.sessions.retrieve(reference, withIntent))
  if (intent === undefined) throw new GatewayUnknown('stripe: nothing was paid on that page')
  return intent
}

async function closePage(stripe: Stripe, reference: string): Promise<GatewayAnswer> {
  const closed = await orRefusal(stripe.checkout.sessions.expire(reference))
  if (!('refusal' in closed)) return answerOfPage(closed)
  const page = await stripe.checkout.sessions.retrieve(reference, withIntent)
  const intent = intentOf(page)
  return page.status === 'complete' && intent !== undefined ? cancelIntent(stripe, intent.id) : answerOfPage(page)
}

/** Gives a reservation up; money that was taken can only be given back. */
async function cancelIntent(stripe: Stripe, id: string): Promise<GatewayAnswer> {
  const canceled = await orRefusal(stripe.paymentIntents.cancel(id))
  if (!('refusal' in canceled)) return answerOfIntent(canceled)
  const intent = await stripe.paymentIntents.retrieve(id, withCharge)
  const answer = answerOfIntent(intent)
  return answer.outcome === 'voided' ? answer : declined(answer, canceled.refusal)
}
