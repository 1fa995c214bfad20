import type { Json } from '../../core/ids.js'
import { toDecimal } from '../../core/money.js'
import type { Rate } from '../../core/rate.js'

/** Writes a rate as a percentage: 82 500 micros is "8.25". */
export function writePercentage(rate: Rate): string {
  return writeMillionths(rate.micros * 100n)
}

/** Writes millionths as a decimal without padding: 300 000 is "0.3". */
export function writeMillionths(micros: bigint): string {
  const digits = micros.toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${fraction}`
}

/** Writes amounts by currency in major units. */
export function writeAmounts(amounts: Readonly<Record<string, bigint>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(amounts).map(([currency, minor]) => [currency, toDecimal(minor, currency)]))
}
