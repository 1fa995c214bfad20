import { invariant } from '../../core/assert.js'
import { type CurrencyCode, type Minor, minorDigits } from '../../core/money.js'

/**
 * An amount as the API writes it: an integer number of minor units.
 *
 * @throws InvariantError beyond 2^53 - 1, which `limits.orderMinor` keeps carts below
 */
export function toWire(amount: Minor): number {
  const number = Number(amount)
  invariant(Number.isSafeInteger(number), 'an amount fits a JSON number')
  return number
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
