import { z } from 'zod'
import { present } from '../../core/assert.js'
import { type CurrencyCode, divide, type Minor, minorDigits } from '../../core/money.js'

/** Digits behind the point of the texts of v2. */
const textDigits = 4

/**
 * An amount as v3, the storefront and the internal endpoints write it: a JSON number of major units. One division of two
 * whole numbers, so that the nearest double comes out, which prints as the exact decimal.
 */
export function toNumber(amount: Minor, currency: CurrencyCode): number {
  return Number(amount) / 10 ** minorDigits(currency)
}

/** An amount as v2 writes it: `"12.5000"`. */
export function toText(amount: Minor, currency: CurrencyCode): string {
  return decimalText(amount, minorDigits(currency))
}

/** A whole number of the last of `digits` places behind the point, at most four, as v2 writes decimals: `"8.2500"`. */
export function decimalText(amount: bigint, digits: number): string {
  const scaled = amount * 10n ** BigInt(textDigits - digits)
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(textDigits + 1, '0')
  return `${scaled < 0n ? '-' : ''}${text.slice(0, -textDigits)}.${text.slice(-textDigits)}`
}

/** Minor units as the members named `...AsInteger`, and the payments host. */
export function toInteger(amount: Minor): number {
  return Number(amount)
}

/** The largest price that a request may set, in major units. Ours: one piece above it is more than an order may be worth. */
const highestPrice = 999_999_999_999

/** A price that a request sets: zero or more of major units, as a number or as a decimal text. `readPrice` reads it. */
export const priceSchema = z.union([
  z.number().min(0).max(highestPrice),
  z.string().regex(/^\d{1,12}(\.\d+)?$/, 'must be an amount'),
])

/**
 * Reads an amount: a number or a decimal text of major units. More digits than the currency has are rounded, half away
 * from zero, since clients compute in floats.
 *
 * @returns undefined for what is no plain decimal
 */
export function parseAmount(value: unknown, currency: CurrencyCode): Minor | undefined {
  const text = typeof value === 'number' ? digitsOf(value) : typeof value === 'string' ? value.trim() : ''
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text)
  if (match === null) return undefined
  const fraction = (match[3] ?? '').slice(0, mostDigits)
  const whole = BigInt((match[2] ?? '0') + fraction)
  const digits = BigInt(minorDigits(currency))
  const minor = divide(whole * 10n ** digits, 10n ** BigInt(fraction.length), 'half_away')
  return match[1] === '-' ? -minor : minor
}

/** Reads what `priceSchema` let through, as `parseAmount` does. */
export function readPrice(value: z.output<typeof priceSchema>, currency: CurrencyCode): Minor {
  return present(parseAmount(value, currency), 'a price is a decimal')
}

/** Digits behind the point that are read: what comes later decides no rounding. */
const mostDigits = 20

/** A number in digits alone, also where it prints with an exponent: what is left of 0.1 + 0.2 - 0.3 is 5.55e-17. */
function digitsOf(value: number): string {
  const text = String(value)
  return text.includes('e-') ? value.toFixed(mostDigits) : text
}
