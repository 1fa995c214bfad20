import type { PriceMode } from '../cart/cart.js'
import { divide } from '../money.js'
import { ONE_MICROS, type Rate } from '../rate.js'
import type { TaxRate, TaxZone } from './facts.js'
import { add, type Fraction, fraction, multiply, ONE, quotient } from './fraction.js'

/** One rate as it works on a price: tax = price x `share`, exactly, whatever compounds or is included. */
export interface AppliedRate {
  readonly rate: TaxRate
  readonly isIncluded: boolean
  readonly share: Fraction
}

/** The rates of one tax class in one zone. */
export interface RateSet {
  readonly rates: readonly AppliedRate[]
  /** All rates, added up and compounded. */
  readonly combined: Rate
  /** A price that holds its included rates, divided by this, is free of them. */
  readonly includedFactor: Fraction
}

export const untaxed: RateSet = { rates: [], combined: { micros: 0n }, includedFactor: ONE }

/** Remembers the rate sets that one cart needs, so that each is worked out once. */
export interface RateBook {
  readonly mode: PriceMode
  readonly sets: Map<TaxZone, Map<string, RateSet>>
}

/** @param mode in `gross` every rate is part of the price; in `net` only those that say so */
export function openRateBook(mode: PriceMode): RateBook {
  return { mode, sets: new Map() }
}

/** Rates for goods of `taxClass` in `zone`; a missing zone or class is untaxed. */
export function ratesFor(book: RateBook, zone: TaxZone | undefined, taxClass: string | undefined): RateSet {
  if (zone === undefined || taxClass === undefined) return untaxed
  let ofZone = book.sets.get(zone)
  if (ofZone === undefined) {
    ofZone = new Map()
    book.sets.set(zone, ofZone)
  }
  let set = ofZone.get(taxClass)
  if (set === undefined) {
    set = rateSet(
      zone.rates.filter(rate => rate.taxClasses.includes(taxClass)),
      book.mode,
    )
    ofZone.set(taxClass, set)
  }
  return set
}

/** Works out what each rate takes of a price; rates of a higher priority are computed on top of the lower ones. */
export function rateSet(rates: readonly TaxRate[], mode: PriceMode): RateSet {
  const isIncluded = (rate: TaxRate) => mode === 'gross' || rate.isIncluded === true
  const included = compound(rates.filter(isIncluded))
  const added = compound(rates.filter(rate => !isIncluded(rate)))
  const shares = new Map([
    ...included.parts.map(({ rate, share }) => [rate, quotient(share, included.factor)] as const),
    ...added.parts.map(({ rate, share }) => [rate, share] as const),
  ])
  return {
    rates: rates.map(rate => ({ rate, isIncluded: isIncluded(rate), share: shares.get(rate) ?? fraction(0n, 1n) })),
    combined: { micros: surcharge(included.factor) + surcharge(added.factor) },
    includedFactor: included.factor,
  }
}

interface Compounded {
  readonly parts: readonly { readonly rate: TaxRate; readonly share: Fraction }[]
  /** Amount with tax per amount without. */
  readonly factor: Fraction
}

function compound(rates: readonly TaxRate[]): Compounded {
  const priorities = [...new Set(rates.map(rate => rate.priority))].sort((a, b) => a - b)
  const parts: { rate: TaxRate; share: Fraction }[] = []
  let factor = ONE
  for (const priority of priorities) {
    const base = factor
    for (const rate of rates) {
      if (rate.priority !== priority) continue
      const share = multiply(base, fraction(rate.rate.micros, ONE_MICROS))
      parts.push({ rate, share })
      factor = add(factor, share)
    }
  }
  return { parts, factor }
}

function surcharge(factor: Fraction): bigint {
  return divide((factor.num - factor.den) * ONE_MICROS, factor.den, 'half_away')
}
