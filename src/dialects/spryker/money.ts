import { divide, type Minor } from '../../core/money.js'
import type { Rate } from '../../core/rate.js'

/** Micros of one percent. */
const percentMicros = 10_000n

/**
 * An amount as the API writes it: an integer number of minor units. Beyond 2^53 - 1, where prices alone that rose later take
 * a cart, which nobody can order then, it is the nearest that a JSON number has: what is too dear must be read to be removed.
 */
export function toWire(amount: Minor): number {
  return Number(amount)
}

/** A rate as carts show it: percent as a number, `19`. */
export function percentNumber(rate: Rate): number {
  return Number(rate.micros) / Number(percentMicros)
}

/** A rate as orders show it: percent with two decimals, `"19.00"`; half away from zero. */
export function percentText(rate: Rate): string {
  return hundredths(divide(rate.micros * 100n, percentMicros, 'half_away'))
}

/** Hundredths as a decimal with two places: `1900n` is `"19.00"`. */
export function hundredths(value: bigint): string {
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** An amount of the cart's price mode, and 0 in the place of the other mode, as the API pairs them. */
export function byMode(mode: 'gross' | 'net', amount: Minor): { readonly gross: number; readonly net: number } {
  const value = toWire(amount)
  return mode === 'gross' ? { gross: value, net: 0 } : { gross: 0, net: value }
}

/** `GROSS_MODE` or `NET_MODE`. */
export function priceModeText(mode: 'gross' | 'net'): 'GROSS_MODE' | 'NET_MODE' {
  return mode === 'gross' ? 'GROSS_MODE' : 'NET_MODE'
}

/** Reads `GROSS_MODE` or `NET_MODE`; undefined for anything else. */
export function parsePriceMode(text: unknown): 'gross' | 'net' | undefined {
  if (text === 'GROSS_MODE') return 'gross'
  return text === 'NET_MODE' ? 'net' : undefined
}
