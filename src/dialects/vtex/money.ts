import { type CurrencyCode, type Minor, minorDigits } from '../../core/money.js'

/**
 * An amount as the API writes it: an integer number of minor units. Beyond 2^53 - 1, where prices alone that rose later take
 * a cart, which nobody can order then, it is the nearest that a JSON number has: what is too dear must be read to be removed.
 */
export function toWire(amount: Minor): number {
  return Number(amount)
}

/** An amount in major units, as `rawValue` of a price tag: `-250n` is `-2.5`. */
export function toMajor(amount: Minor, currency: CurrencyCode): number {
  return Number(amount) / 10 ** minorDigits(currency)
}

/** An integer number of minor units, zero or more; undefined for anything else. */
export function parseAmount(value: unknown): Minor | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? BigInt(number) : undefined
}
