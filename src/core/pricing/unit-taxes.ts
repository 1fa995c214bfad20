import { divide, type Minor, type Rounding, sumOf } from '../money.js'
import type { Ledger } from './discount-ledger.js'
import { commonMultiple } from './fraction.js'
import type { PricedLine } from './priced-cart.js'
import { type RateSet, untaxed } from './tax-rates.js'

/**
 * Tax of one piece of each line and option: a second pass with its own running sum over unit prices less the first
 * piece's discounts, all lines before all options.
 */
export function unitTaxes(
  lines: readonly PricedLine[],
  ledger: Ledger,
  rates: readonly RateSet[],
  rounding: Rounding,
): readonly PricedLine[] {
  let denominator = 1n
  for (const set of new Set(rates)) {
    for (const { share } of set.rates) denominator = commonMultiple(denominator, share.den)
  }
  let sum = 0n
  let rounded = 0n
  const taxOf = (price: Minor, set: RateSet): Minor => {
    if (price <= 0n) return 0n
    for (const { share } of set.rates) sum += price * share.num * (denominator / share.den)
    const next = divide(sum, denominator, rounding)
    const tax = next - rounded
    rounded = next
    return tax
  }
  const ofItems = lines.map((line, position) => {
    const [first] = line.pieces
    return taxOf(first === undefined ? 0n : first.price - sumOf(first.discounts), rates[position] ?? untaxed)
  })
  return lines.map((line, position) => {
    const firstOption = ledger.options[position]?.first ?? 0
    const options = line.options.map((option, index) => {
      const unitDiscount = line.quantity > 0 ? option.discount / BigInt(line.quantity) : 0n
      return { ...option, unitTax: taxOf(option.unitPrice - unitDiscount, rates[firstOption + index] ?? untaxed) }
    })
    return { ...line, options, unitTax: ofItems[position] ?? 0n }
  })
}
