import { type CurrencyCode, fromDecimal, type Minor, minorDigits, toDecimal } from '../../core/money.js'
import { formatMoney } from '../../core/money-format.js'
import type { Rate } from '../../core/rate.js'

/** Money on the wire: decimal strings, and the same as people read it. Source: dialects/wix.md 4.1. */
export interface WireMoney {
  readonly amount: string
  /** In the buyer's currency, which is the cart's. */
  readonly convertedAmount: string
  readonly formattedAmount: string
  readonly formattedConvertedAmount: string
}

/** What an amount needs to become text. */
export interface MoneyContext {
  readonly currency: CurrencyCode
  /** BCP 47, e.g. `en-US`. */
  readonly locale: string
}

/**
 * `entered`: without trailing zeros ("98"), as prices that somebody typed in; `calculated`: with all digits of the
 * currency ("98.00"); `tax`: the one in the site's currency without, the converted one with them, zero "0".
 */
export type MoneyForm = 'entered' | 'calculated' | 'tax'

/** An amount on the wire. */
export function renderMoney(minor: Minor, { currency, locale }: MoneyContext, form: MoneyForm): WireMoney {
  const fixed = toDecimal(minor, currency)
  const short = withoutTrailingZeros(fixed)
  const formatted = formatMoney(minor, currency, locale)
  return {
    amount: form === 'calculated' ? fixed : short,
    convertedAmount: form === 'entered' || (form === 'tax' && minor === 0n) ? short : fixed,
    formattedAmount: formatted,
    formattedConvertedAmount: formatted,
  }
}

/** The price of what has none, since it is not known: nothing to show to people. */
export function renderNoPrice(context: MoneyContext): WireMoney {
  return { ...renderMoney(0n, context, 'entered'), formattedAmount: '', formattedConvertedAmount: '' }
}

/** A decimal without the zeros that say nothing: "12.50" is "12.5", "12.00" is "12". */
export function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/0+$/, '').replace(/\.$/, '') : decimal
}

/** A rate as a fraction: 8.875 % is "0.08875". */
export function renderRate(rate: Rate): string {
  const digits = rate.micros.toString().padStart(7, '0')
  return withoutTrailingZeros(`${digits.slice(0, -6)}.${digits.slice(-6)}`)
}

/** Most digits behind the point that an amount may have on the wire. Source: dialects/wix.md 3.1, 4.2. */
const wireDigits = 3

/**
 * Reads a decimal string, zero or more. Digits beyond the currency's, which the platform accepts up to three of, are cut.
 *
 * @returns undefined when it is no such decimal
 */
export function parseAmount(text: string, currency: CurrencyCode): Minor | undefined {
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  if (fraction.length > wireDigits) return undefined
  return fromDecimal(`${match[1]}.${fraction.slice(0, minorDigits(currency)).padEnd(1, '0')}`, currency)
}
