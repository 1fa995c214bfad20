import { invariant } from './assert.js'
import { ONE_MICROS, type Rate } from './rate.js'

/** ISO 4217 alphabetic code, upper case. */
export type CurrencyCode = string

/** An amount in minor units (cents, yen, fils) of a currency that the context names, e.g. the cart's. */
export type Minor = bigint

/** An amount that stands alone. Inside one cart all amounts are `Minor` in the cart's currency. */
export interface Money {
  readonly minor: Minor
  readonly currency: CurrencyCode
}

/** `half_away`: .5 goes away from zero; `half_even`: to the even neighbor; `down`: toward zero. */
export type Rounding = 'half_away' | 'half_even' | 'down'

/**
 * Divides exactly, then rounds once.
 *
 * @throws InvariantError when `denominator` is not above zero
 */
export function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  invariant(denominator > 0n, 'a denominator is above zero')
  const quotient = numerator / denominator
  const remainder = numerator % denominator
  if (remainder === 0n || rounding === 'down') return quotient
  const twice = (remainder < 0n ? -remainder : remainder) * 2n
  const awayFromZero = numerator < 0n ? -1n : 1n
  if (twice > denominator) return quotient + awayFromZero
  if (twice < denominator) return quotient
  if (rounding === 'half_even') return quotient % 2n === 0n ? quotient : quotient + awayFromZero
  return quotient + awayFromZero
}

/** `base` times `rate`, rounded once to a whole minor unit. */
export function percentOf(base: Minor, rate: Rate, rounding: Rounding): Minor {
  return divide(base * rate.micros, ONE_MICROS, rounding)
}

/**
 * Splits `total` in proportion to `weights` by largest remainder: left-over units go to the largest fractions,
 * ties to the earlier part. The parts always add up to `total`. All weights zero: equal weights.
 *
 * @throws InvariantError when a weight is negative or there are none
 */
export function allocate(total: Minor, weights: readonly bigint[]): readonly Minor[] {
  invariant(weights.length > 0, 'there is something to allocate to')
  invariant(
    weights.every(weight => weight >= 0n),
    'weights are zero or more',
  )
  const sum = weights.reduce((a, b) => a + b, 0n)
  const shares = sum === 0n ? weights.map(() => 1n) : weights
  const whole = sum === 0n ? BigInt(weights.length) : sum
  const sign = total < 0n ? -1n : 1n
  const magnitude = total * sign
  const parts = shares.map(share => (magnitude * share) / whole)
  let left = magnitude - parts.reduce((a, b) => a + b, 0n)
  const byFraction = shares
    .map((share, index) => ({ index, fraction: (magnitude * share) % whole }))
    .sort((a, b) => (a.fraction === b.fraction ? a.index - b.index : a.fraction > b.fraction ? -1 : 1))
  for (const { index } of byFraction) {
    if (left === 0n) break
    parts[index] = (parts[index] ?? 0n) + 1n
    left -= 1n
  }
  invariant(left === 0n, 'fewer units are left over than there are parts')
  return parts.map(part => part * sign)
}

const digitsByCurrency = new Map<CurrencyCode, number>()

/** Minor digits of a currency by ISO 4217 (JPY 0, EUR 2, KWD 3), from the runtime's own table. */
export function minorDigits(currency: CurrencyCode): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  digitsByCurrency.set(currency, digits)
  return digits
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether `code` is a currency code that the runtime knows. */
export function isCurrency(code: string): boolean {
  return currencies.has(code)
}

/** Writes minor units as a plain decimal, all digits kept: `toDecimal(1250n, 'EUR')` is "12.50". */
export function toDecimal(minor: Minor, currency: CurrencyCode): string {
  const digits = minorDigits(currency)
  const sign = minor < 0n ? '-' : ''
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * Reads a plain decimal such as "12.5" as minor units.
 *
 * @returns undefined when it is no decimal, or has more digits than the currency
 */
export function fromDecimal(text: string, currency: CurrencyCode): Minor | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text)
  if (match === null) return undefined
  const digits = minorDigits(currency)
  const fraction = match[3] ?? ''
  if (fraction.length > digits && /[^0]/.test(fraction.slice(digits))) return undefined
  const magnitude = BigInt((match[2] ?? '0') + fraction.slice(0, digits).padEnd(digits, '0'))
  return match[1] === '-' ? -magnitude : magnitude
}

/** Sum of amounts in one currency. */
export function sumOf(amounts: Iterable<Minor>): Minor {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}
