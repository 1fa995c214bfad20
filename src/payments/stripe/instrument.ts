import type Stripe from 'stripe'
import type { Json } from '../../core/ids.js'

/** What Stripe is to take the money from. */
export type StripeInstrument =
  /** A payment method that Stripe knows (`pm_...`): the shopper's browser got it from there. */
  | { readonly kind: 'known'; readonly id: string }
  /** Stripe makes a payment method of it first. */
  | { readonly kind: 'card'; readonly params: Stripe.PaymentMethodCreateParams }

/**
 * Reads a neutral instrument: `token` (`pm_...` or `tok_...`), or `number`, `expiryMonth`, `expiryYear`, `securityCode`,
 * `holder` (Stripe takes numbers only from accounts that it allows to send such). Goes to Stripe and nowhere else.
 *
 * @returns undefined: the shopper gives it on Stripe's own page
 */
export function instrumentOf(instrument: Readonly<Record<string, Json>>): StripeInstrument | undefined {
  const token = textOf(instrument.token)
  if (token.startsWith('tok_')) return { kind: 'card', params: { type: 'card', card: { token } } }
  if (token !== '') return { kind: 'known', id: token }
  const number = textOf(instrument.number).replace(/[\s-]/g, '')
  if (number === '') return undefined
  const code = textOf(instrument.securityCode)
  const holder = textOf(instrument.holder)
  const card = {
    number,
    exp_month: Number(textOf(instrument.expiryMonth)),
    exp_year: fourDigits(Number(textOf(instrument.expiryYear))),
    ...(code === '' ? {} : { cvc: code }),
  }
  return {
    kind: 'card',
    params: { type: 'card', card, ...(holder === '' ? {} : { billing_details: { name: holder } }) },
  }
}

function fourDigits(year: number): number {
  return year < 100 ? 2_000 + year : year
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}
