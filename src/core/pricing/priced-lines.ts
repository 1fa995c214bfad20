import { type Minor, sumOf } from '../money.js'
import { nothing, sumOfAmounts } from './amounts.js'
import type { LedgerShare } from './discount-ledger.js'
import type { Discounting } from './discounts.js'
import type { Facts } from './facts.js'
import type { BaseLine } from './line-prices.js'
import { explodePieces } from './pieces.js'
import type { DiscountShare, PricedLine, PricedOption } from './priced-cart.js'
import type { TaxedCart } from './tax-cart.js'
import { untaxed } from './tax-rates.js'
import { addUnitTaxes, type Unfinished, type UnfinishedLine } from './unit-taxes.js'

/** Puts each line together from its prices, discounts and taxes. */
export function pricedLines(
  facts: Facts,
  lines: readonly BaseLine[],
  discounting: Discounting,
  taxed: TaxedCart,
): readonly PricedLine[] {
  const priced = lines.map((line, position) => pricedLine(facts, line, position, discounting, taxed))
  if (taxed.run !== undefined) addUnitTaxes(priced, discounting.ledger, taxed.rates, facts.channel.policy.rounding)
  return priced
}

function pricedLine(
  facts: Facts,
  line: BaseLine,
  position: number,
  { ledger }: Discounting,
  taxed: TaxedCart,
): UnfinishedLine {
  const item = ledger.parts[position]
  const firstOption = ledger.options[position]?.first ?? 0
  const options = line.options.map((option, index) => pricedOption(option, firstOption + index, ledger.parts, taxed))
  const rates = taxed.rates[position] ?? untaxed
  const { amount, taxes } = taxed.parts[position] ?? { amount: nothing, taxes: [] }
  const optionsAmount = sumOfAmounts(options.map(option => option.amount))
  const discount = line.price - (item?.remaining ?? 0n)
  const optionDiscount = sumOf(options.map(option => option.discount))
  const total = sumOfAmounts([amount, optionsAmount])
  const exploded = {
    line,
    position,
    rates,
    optionRates: line.options.map((_, index) => taxed.rates[firstOption + index] ?? untaxed),
    itemAmount: amount,
    optionsAmount,
    addedTax: total.gross - (line.subtotal - discount - optionDiscount),
  }
  const books = {
    ledger,
    rounding: facts.channel.policy.rounding,
    ...(taxed.run === undefined ? {} : { run: taxed.run }),
  }
  const priced: UnfinishedLine = {
    item: line.item,
    name: line.name,
    kind: line.kind,
    availability: line.availability,
    quantity: line.item.quantity,
    unitMultiplierMicros: line.unitMultiplierMicros,
    listPrice: line.listPrice,
    catalogPrice: line.catalogPrice,
    unitPrice: line.unitPrice,
    price: line.price,
    options,
    subtotal: line.subtotal,
    discounts: discountShares(item?.shares ?? []),
    discount,
    fullDiscount: discount + optionDiscount,
    taxRate: rates.combined,
    taxes,
    amount,
    total,
    pieces: explodePieces(exploded, books),
  }
  // Assigned, not spread: a line is built for every line of every request.
  if (line.variant !== undefined) priced.variant = line.variant
  if (line.available !== undefined) priced.available = line.available
  return priced
}

function pricedOption(
  option: BaseLine['options'][number],
  position: number,
  parts: Discounting['ledger']['parts'],
  taxed: TaxedCart,
): Unfinished<PricedOption> {
  const part = parts[position]
  const { amount, taxes } = taxed.parts[position] ?? { amount: nothing, taxes: [] }
  return {
    sku: option.sku,
    name: option.name,
    group: option.group,
    unitPrice: option.unitPrice,
    price: option.price,
    discount: taken(option.price, part?.remaining),
    discounts: discountShares(part?.shares ?? []),
    taxRate: (taxed.rates[position] ?? untaxed).combined,
    taxes,
    amount,
  }
}

function taken(price: Minor, remaining: Minor | undefined): Minor {
  return price - (remaining ?? price)
}

/** The shares as others may see them. */
export function discountShares(shares: readonly LedgerShare[]): readonly DiscountShare[] {
  return shares.map(({ discountId, amount }) => ({ discountId, amount }))
}
