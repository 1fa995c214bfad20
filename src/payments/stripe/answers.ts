import type Stripe from 'stripe'
import type { GatewayAnswer } from '../provider.js'
import { GatewayUnknown } from '../provider.js'
import { fromStripeAmount } from './amounts.js'

/** What we write to what Stripe keeps of an attempt, so that it can be told from whatever else that account does. */
export interface AttemptMarks {
  readonly polytill_payment: string
  readonly polytill_order: string
}

/** The payment intent as it is told here, with the charge whose card may be shown. */
export const withCharge = { expand: ['latest_charge'] }
/** The page with its payment intent. */
export const withIntent = { expand: ['payment_intent', 'payment_intent.latest_charge'] }

/** Nothing was ever tried with it: it waits for a payment method that nobody has given. */
export function isUntried({ status, last_payment_error: error }: Stripe.PaymentIntent): boolean {
  return status === 'requires_payment_method' && (error === null || error === undefined)
}

/**
 * What became of a payment intent.
 *
 * @throws GatewayUnknown where it is in a state that we do not know
 */
export function answerOfIntent(intent: Stripe.PaymentIntent): GatewayAnswer {
  const about = {
    gatewayReference: intent.id,
    currency: intent.currency.toUpperCase(),
    orderId: intent.metadata.polytill_order ?? '',
    ...displayOf(intent),
  }
  const answer = (outcome: GatewayAnswer['outcome'], amount: number): GatewayAnswer => ({
    ...about,
    outcome,
    amount: amountOf(amount, about.currency),
  })
  switch (intent.status) {
    case 'succeeded': {
      const refunded = refundedOf(intent)
      const isRefunded = refunded > 0 && refunded === intent.amount_received
      return isRefunded ? answer('refunded', refunded) : answer('captured', intent.amount_received)
    }
    case 'requires_capture':
      return answer('authorized', intent.amount_capturable)
    case 'processing':
      return answer('pending', intent.amount)
    case 'requires_action': {
      const redirectUrl = intent.next_action?.redirect_to_url?.url
      const waiting = answer('requires_action', intent.amount)
      return redirectUrl === null || redirectUrl === undefined ? waiting : { ...waiting, redirectUrl }
    }
    case 'requires_payment_method':
      return { ...answer('declined', intent.amount), declineReason: reasonOf(intent) }
    case 'canceled':
      return answer('voided', intent.amount)
    default:
      throw new GatewayUnknown(`stripe: a payment intent is "${intent.status}"`)
  }
}

/** What became of a page, by the payment intent that it leads to where there is one. */
export function answerOfPage(page: Stripe.Checkout.Session): GatewayAnswer {
  const intent = intentOf(page)
  if (intent !== undefined && isDecided(intent)) return answerOfIntent(intent)
  const currency = (page.currency ?? '').toUpperCase()
  const about = {
    gatewayReference: page.id,
    currency,
    orderId: page.metadata?.polytill_order ?? '',
    amount: amountOf(page.amount_total ?? 0, currency),
  }
  if (page.status === 'expired') return { ...about, outcome: 'voided' }
  if (page.status === 'complete') return { ...about, outcome: 'pending' }
  return { ...about, outcome: 'requires_action', ...(page.url === null ? {} : { redirectUrl: page.url }) }
}

/** The payment intent of a page that was read `withIntent`; it has none before the shopper pays. */
export function intentOf({ payment_intent: intent }: Stripe.Checkout.Session): Stripe.PaymentIntent | undefined {
  return typeof intent === 'object' && intent !== null ? intent : undefined
}

/** Whether the page has nothing more to say: on it a declined card may be followed by another one. */
function isDecided({ status }: Stripe.PaymentIntent): boolean {
  return status === 'succeeded' || status === 'requires_capture' || status === 'processing'
}

function amountOf(amount: number, currency: string): bigint {
  // An amount that we cannot count is none that we asked for: it settles nothing, and nothing is lost by saying zero.
  return fromStripeAmount(amount, currency) ?? 0n
}

function chargeOf({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return typeof charge === 'object' && charge !== null ? charge : undefined
}

function refundedOf(intent: Stripe.PaymentIntent): number {
  return chargeOf(intent)?.amount_refunded ?? 0
}

function reasonOf({ last_payment_error: error }: Stripe.PaymentIntent): string {
  return error?.decline_code ?? error?.code ?? 'declined'
}

function displayOf(intent: Stripe.PaymentIntent): Pick<GatewayAnswer, 'display'> {
  const card = chargeOf(intent)?.payment_method_details?.card ?? intent.last_payment_error?.payment_method?.card
  if (card === undefined || card === null) return {}
  const { brand, last4, exp_month: expiryMonth, exp_year: expiryYear } = card
  return {
    display: {
      ...(brand === null || brand === undefined ? {} : { brand }),
      ...(last4 === null || last4 === undefined ? {} : { lastFour: last4 }),
      expiryMonth,
      expiryYear,
    },
  }
}
