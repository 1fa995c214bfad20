import type { StoredCard } from '../../../core/payments/stored-card.js'

/** Brands as the payments API spells them; any other in capitals, as it came. Source: bigcommerce-accepted-methods_payments.v3.yml. */
const paymentBrands: Readonly<Record<string, string>> = {
  visa: 'VISA',
  mastercard: 'MASTERCARD',
  'american-express': 'AMEX',
  discover: 'DISCOVER',
  'diners-club': 'DINERS_CLUB',
  jcb: 'JCB',
  maestro: 'MAESTRO',
}

/** Brands as the platform's client has them, in small letters. Source: bigcommerce/checkout-sdk-js instrument.ts. */
const clientBrands: Readonly<Record<string, string>> = {
  'american-express': 'american_express',
  'diners-club': 'diners_club',
}

/** First digits of a card's number: not kept, since with the last four they narrow a number down. */
const noFirstDigits = ''

/** A stored card between servers. Source: dialects/bigcommerce.md 3.6.1. */
export function serverStoredCard(card: StoredCard) {
  return {
    type: 'stored_card',
    brand: paymentBrands[card.brand] ?? card.brand.toUpperCase().replaceAll('-', '_'),
    expiry_month: card.expiryMonth,
    expiry_year: card.expiryYear,
    issuer_identification_number: noFirstDigits,
    last_4: card.lastFour,
    token: card.token,
    is_default: card.isDefault,
  }
}

/**
 * A stored card as the Checkout SDK reads it. Every address is trusted: an untrusted one would have pages ask for the whole
 * number again, and there is none here to compare it with. Source: bigcommerce/checkout-sdk-js instrument-response-body.ts.
 */
export function vaultedInstrument(card: StoredCard) {
  return {
    bigpay_token: card.token,
    provider: card.method,
    method: 'credit_card',
    method_type: 'card',
    brand: clientBrands[card.brand] ?? card.brand.replaceAll('-', '_'),
    iin: noFirstDigits,
    last_4: card.lastFour,
    expiry_month: card.expiryMonth.toString().padStart(2, '0'),
    expiry_year: card.expiryYear.toString(),
    default_instrument: card.isDefault,
    trusted_shipping_address: true,
  }
}
