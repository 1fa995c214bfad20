import { divide, type Minor, type Rounding, sumOf } from '../money.js'
import type { Ledger } from './discount-ledger.js'
import { commonMultiple } from './fraction.js'
import type { PricedLine, PricedOption } from './priced-cart.js'
import { type RateSet, untaxed } from './tax-rates.js'

/** A line or option that is still being put together. */
export type Unfinished<T> = { -readonly [Key in keyof T]: T[Key] }
export type UnfinishedLine = Omit<Unfinished<PricedLine>, 'options'> & { options: readonly Unfinished<PricedOption>[] }

/**
 * Adds the tax of one piece to each line and option: a second pass with its own running sum over unit prices less the
 * first piece's discounts, all lines before all options.
 */
export function addUnitTaxes(
  lines: readonly UnfinishedLine[],
  ledger: Ledger,
  rates: readonly RateSet[],
  rounding: Rounding,
): void {
  const taxOf = runningTax(rates, rounding)
  lines.forEach((line, position) => {
    const [first] = line.pieces
    line.unitTax = taxOf(first === undefined ? 0n : first.price - sumOf(first.discounts), rates[position] ?? untaxed)
  })
  lines.forEach((line, position) => {
    const firstOption = ledger.options[position]?.first ?? 0
    line.options.forEach((option, index) => {
      const unitPrice = option.unitPrice - option.discount / BigInt(line.quantity)
      option.unitTax = taxOf(unitPrice, rates[firstOption + index] ?? untaxed)
    })
  })
}

function runningTax(rates: readonly RateSet[], rounding: Rounding): (price: Minor, set: RateSet) => Minor {
  let denominator = 1n
  for (const set of new Set(rates)) {
    for (const { share } of set.rates) denominator = commonMultiple(denominator, share.den)
  }
  let sum = 0n
  let rounded = 0n
  return (price, set) => {
    if (price <= 0n) return 0n
    for (const { share } of set.rates) sum += price * share.num * (denominator / share.den)
    const next = divide(sum, denominator, rounding)
    const tax = next - rounded
    rounded = next
    return tax
  }
}
