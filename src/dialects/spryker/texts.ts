import type { CurrencyCode } from '../../core/money.js'
import { formatMoney } from '../../core/money-format.js'
import type { UnmetThreshold } from '../../core/pricing/priced-cart.js'
import { languageOf } from './locale.js'

/** Texts that the platform translates; everything else is English in every locale. */
export interface Texts {
  readonly productNotFound: (sku: string) => string
  readonly productInactive: (sku: string) => string
  readonly priceMissing: (sku: string) => string
  readonly optionNotFound: (option: string) => string
  readonly stockShort: (sku: string, available: number) => string
  readonly stockEmpty: (sku: string) => string
  readonly quantityOutOfRange: (minimum: number, maximum: number) => string
  readonly codeGone: (code: string) => string
  readonly shipmentMethodNotFound: string
  readonly paymentNotValid: string
  readonly paymentDeclined: string
  readonly paymentOpen: (orderReference: string) => string
  readonly billingCountryNotFound: (country: string) => string
  readonly shippingCountryNotFound: (country: string) => string
  readonly grandTotalChanged: string
  readonly thresholds: Readonly<Record<UnmetThreshold['kind'], (amount: string) => string>>
}

const english: Texts = {
  productNotFound: sku => `Product "${sku}" not found`,
  productInactive: sku => `Product "${sku}" is not active`,
  priceMissing: sku => `Product "${sku}" has no price in this currency and price mode`,
  optionNotFound: option => `Product option "${option}" not found`,
  stockShort: (sku, available) => `Item ${sku} only has availability of ${available}.`,
  stockEmpty: sku => `Item ${sku} no longer available.`,
  quantityOutOfRange: (minimum, maximum) => `The quantity must be between ${minimum} and ${maximum}.`,
  codeGone: code => `The code ${code} can no longer be used.`,
  shipmentMethodNotFound: 'Shipment method not found.',
  paymentNotValid: 'Checkout payment is not valid',
  paymentDeclined: 'Something went wrong with your payment. Try again!',
  paymentOpen: orderReference => `The payment of order ${orderReference} is still being processed.`,
  billingCountryNotFound: country => `Billing address country not found for country code: ${country}`,
  shippingCountryNotFound: country => `Shipping address country not found for country code: ${country}`,
  grandTotalChanged: 'Checkout grand total changed.',
  thresholds: {
    hard_minimum: amount =>
      `The cart value must be at least ${amount}. Please add more items to proceed with the order`,
    hard_maximum: amount =>
      `The cart value cannot be higher than ${amount}. Please remove some items to proceed with the order`,
    soft_minimum_fixed: amount => `An extra fee is added to orders below ${amount}`,
    soft_minimum_flexible: amount => `An extra fee is added to orders below ${amount}`,
  },
}

const german: Texts = {
  productNotFound: sku => `Produkt "${sku}" wurde nicht gefunden`,
  productInactive: sku => `Produkt "${sku}" ist nicht aktiv`,
  priceMissing: sku => `Produkt "${sku}" hat keinen Preis in dieser Währung und Preisart`,
  optionNotFound: option => `Produktoption "${option}" wurde nicht gefunden`,
  stockShort: (sku, available) => `Artikel ${sku} ist nur noch ${available} Mal verfügbar.`,
  stockEmpty: sku => `Artikel ${sku} ist nicht mehr verfügbar.`,
  quantityOutOfRange: (minimum, maximum) => `Die Menge muss zwischen ${minimum} und ${maximum} liegen.`,
  codeGone: code => `Der Code ${code} kann nicht mehr verwendet werden.`,
  shipmentMethodNotFound: 'Versandart nicht gefunden.',
  paymentNotValid: 'Die Zahlungsart ist nicht gültig',
  paymentDeclined: 'Bei der Zahlung ist etwas schiefgegangen. Bitte noch einmal versuchen!',
  paymentOpen: orderReference => `Die Zahlung der Bestellung ${orderReference} wird noch bearbeitet.`,
  billingCountryNotFound: country => `Land der Rechnungsadresse nicht gefunden, Ländercode: ${country}`,
  shippingCountryNotFound: country => `Land der Lieferadresse nicht gefunden, Ländercode: ${country}`,
  grandTotalChanged: 'Die Gesamtsumme hat sich geändert.',
  thresholds: {
    hard_minimum: amount => `Der Warenwert muss mindestens ${amount} betragen. Bitte weitere Artikel hinzufügen`,
    hard_maximum: amount => `Der Warenwert darf ${amount} nicht übersteigen. Bitte einige Artikel entfernen`,
    soft_minimum_fixed: amount => `Bestellungen unter ${amount} kosten einen Zuschlag`,
    soft_minimum_flexible: amount => `Bestellungen unter ${amount} kosten einen Zuschlag`,
  },
}

/** Texts in the language of `locale`, English where there is no translation. */
export function textsOf(locale: string): Texts {
  return languageOf(locale) === 'de' ? german : english
}

/**
 * What a threshold that is not met says, with its amount. The channel's own message only where it is a template of this
 * platform, with `{{threshold}}` in the amount's place; else the text of the locale.
 */
export function thresholdMessage(
  threshold: Pick<UnmetThreshold, 'amount' | 'message'> & { readonly kind: string },
  currency: CurrencyCode,
  locale: string,
): string {
  const amount = formatMoney(threshold.amount, currency, locale)
  if (threshold.message.includes('{{threshold}}')) return threshold.message.replaceAll('{{threshold}}', amount)
  const wordings: Readonly<Record<string, (amount: string) => string>> = textsOf(locale).thresholds
  return wordings[threshold.kind]?.(amount) ?? amount
}
