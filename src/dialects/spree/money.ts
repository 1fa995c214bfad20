import { type CurrencyCode, fromDecimal, type Minor, minorDigits, toDecimal } from '../../core/money.js'

/** An amount as the API writes it: major units, at least one decimal, no zero beyond it: `"15.99"`, `"15.0"`, `"10.5"`. */
export function toWire(amount: Minor, currency: CurrencyCode): string {
  const text = toDecimal(amount, currency)
  if (!text.includes('.')) return `${text}.0`
  return text.replace(/0+$/, '').replace(/\.$/, '.0')
}

/** Symbols that the API shows where the runtime's own differ by locale. */
const symbols: Readonly<Record<string, string>> = { USD: '$', CAD: '$', EUR: '€', GBP: '£', JPY: '¥', BRL: 'R$' }

/** An amount for people: `"$1,234.50"`, `"-$12.00"`, `"¥1,000"`. */
export function display(amount: Minor, currency: CurrencyCode): string {
  const [whole = '', fraction] = toDecimal(amount < 0n ? -amount : amount, currency).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = amount < 0n ? '-' : ''
  return `${sign}${symbolOf(currency)}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** The sign of a currency. */
export function symbolOf(currency: CurrencyCode): string {
  return symbols[currency] ?? `${currency} `
}

/** Whether the currency has no smaller unit. */
export function hasNoCents(currency: CurrencyCode): boolean {
  return minorDigits(currency) === 0
}

/**
 * Reads an amount as clients send it: a number, or a text that may carry a symbol and thousands separators.
 *
 * @returns undefined when nothing is left that is an amount of the currency
 */
export function parseAmount(value: unknown, currency: CurrencyCode): Minor | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  // A number is read by its shortest decimal text, which is what the client wrote; beyond that it is no amount.
  if (typeof value === 'number' && !/^-?\d+(\.\d+)?$/.test(String(value))) return undefined
  return fromDecimal(String(value).replace(/[^\d.-]/g, ''), currency)
}
