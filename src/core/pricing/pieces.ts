import { limits } from '../limits.js'
import { type Minor, type Rounding, sumOf } from '../money.js'
import type { Ledger, LedgerPart, LedgerShare } from './discount-ledger.js'
import type { BaseLine } from './line-prices.js'
import { type Column, carriedColumn, columnWithin, evenColumn, mapColumns, walkColumns } from './piece-columns.js'
import type { Amount, PieceRun } from './priced-cart.js'
import type { RateSet } from './tax-rates.js'
import type { TaxRun } from './taxes.js'

/** One line with everything that its pieces share in. */
export interface Exploded {
  readonly line: BaseLine
  readonly position: number
  readonly rates: RateSet
  /** Of its options, in their order. */
  readonly optionRates: readonly RateSet[]
  readonly itemAmount: Amount
  readonly optionsAmount: Amount
  /** Taxes of the line and its options that come on top of their prices. */
  readonly addedTax: Minor
}

/** What was done to all lines. */
export interface Books {
  readonly ledger: Ledger
  readonly rounding: Rounding
  /** Present where taxes are carried. */
  readonly run?: TaxRun
}

/**
 * The exact share of each piece of a line. Shares of what was carried follow the running sum piece by piece, as an order
 * of single pieces would; all else is as even as whole units allow, larger shares first. Beyond `limits.piecesInOrder`
 * pieces everything is as even as possible, so that no list grows with the quantity.
 */
export function explodePieces(exploded: Exploded, books: Books): readonly PieceRun[] {
  const { line, position } = exploded
  const quantity = line.item.quantity
  const item = books.ledger.parts[position]
  if (item === undefined || quantity < 1) return []
  if (quantity === 1) return [onlyPiece(exploded, item, books.ledger)]
  const isInOrder = quantity <= limits.piecesInOrder
  const price = evenColumn(line.price, quantity)
  const { discounts, rest } = discountColumns(item, price, quantity, books.rounding, isInOrder)
  const optionParts = partsOfOptions(books.ledger, position)
  const optionDiscount = sumOf(optionParts.map(part => part.price - part.remaining))
  const options = sumOf(line.options.map(option => option.unitPrice))
  const columns = [
    price,
    evenColumn(optionDiscount, quantity),
    itemTaxes(exploded, item, rest, books, isInOrder),
    optionTaxes(exploded, optionParts, books, isInOrder),
    evenColumn(exploded.addedTax, quantity),
    ...discounts,
  ]
  return pieceRuns(columns, options, addsAllTaxes(exploded))
}

/** A single piece has the figures of its line. */
function onlyPiece(exploded: Exploded, item: LedgerPart, ledger: Ledger): PieceRun {
  const { line, position, itemAmount, optionsAmount } = exploded
  return {
    count: 1,
    price: line.price,
    options: sumOf(line.options.map(option => option.price)),
    discounts: item.shares.map(share => share.amount),
    optionDiscount: sumOf(partsOfOptions(ledger, position).map(part => part.price - part.remaining)),
    itemTax: itemAmount.tax,
    optionTax: optionsAmount.tax,
    toPay: itemAmount.gross + optionsAmount.gross,
  }
}

function pieceRuns(columns: readonly Column[], options: Minor, addsAll: boolean): readonly PieceRun[] {
  const runs: PieceRun[] = []
  walkColumns(
    columns,
    (count, [price = 0n, optionDiscount = 0n, itemTax = 0n, optionTax = 0n, added = 0n, ...taken]) => {
      const plusTax = addsAll ? itemTax + optionTax : added
      const toPay = price - sumOf(taken) + options - optionDiscount + plusTax
      const run: PieceRun = { count, price, options, discounts: taken, optionDiscount, itemTax, optionTax, toPay }
      const last = runs.at(-1)
      if (last !== undefined && isSameRun(last, run)) runs[runs.length - 1] = { ...last, count: last.count + count }
      else runs.push(run)
    },
  )
  return runs
}

function isSameRun(a: PieceRun, b: PieceRun): boolean {
  return (
    a.price === b.price &&
    a.optionDiscount === b.optionDiscount &&
    a.itemTax === b.itemTax &&
    a.optionTax === b.optionTax &&
    a.toPay === b.toPay &&
    a.discounts.every((amount, index) => amount === b.discounts[index])
  )
}

/** One column per discount of the line, and what is left of each piece. */
function discountColumns(
  item: LedgerPart,
  price: Column,
  quantity: number,
  rounding: Rounding,
  isInOrder: boolean,
): { readonly discounts: readonly Column[]; readonly rest: Column } {
  let rest = price
  let restTotal = item.price
  const discounts = item.shares.map(share => {
    restTotal -= share.amount
    const column =
      share.stretch === undefined || !isInOrder
        ? evenlyLeaving(rest, restTotal, share.amount, quantity)
        : columnWithin(stretchColumn(share.stretch, quantity, rounding), rest)
    rest = mapColumns([rest, column], ([left = 0n, taken = 0n]) => left - taken)
    return column
  })
  return { discounts, rest }
}

/** Takes so that what is left is as even as possible; where earlier shares forbid that, as even as they allow. */
function evenlyLeaving(rest: Column, restTotal: Minor, amount: Minor, quantity: number): Column {
  const goal = evenColumn(restTotal, quantity)
  const column = mapColumns([rest, goal], ([left = 0n, wanted = 0n]) => left - wanted)
  return column.every(run => run.value >= 0n) ? column : columnWithin(evenColumn(amount, quantity), rest)
}

function stretchColumn(stretch: NonNullable<LedgerShare['stretch']>, quantity: number, rounding: Rounding): Column {
  const pieces = BigInt(quantity)
  const { amount, before, weight, total } = stretch
  return carriedColumn(
    amount * before * pieces,
    [{ count: quantity, value: amount * weight }],
    total * pieces,
    rounding,
  )
}

function partsOfOptions(ledger: Ledger, position: number): readonly LedgerPart[] {
  const range = ledger.options[position]
  if (range === undefined || range.count === 0) return []
  return ledger.parts.slice(range.first, range.first + range.count)
}

/** Carried: piece by piece what is left of each, taxed; the running sum goes on where the line began. */
function itemTaxes(
  { line, position, rates, itemAmount }: Exploded,
  item: LedgerPart,
  rest: Column,
  { run, rounding }: Books,
  isInOrder: boolean,
): Column {
  const quantity = line.item.quantity
  if (run === undefined || !isInOrder || item.untaxedDiscount > 0n) return evenColumn(itemAmount.tax, quantity)
  const perUnit = sumOf(rates.rates.map(({ share }) => share.num * (run.denominator / share.den)))
  const steps = rest.map(({ count, value }) => ({ count, value: value * perUnit }))
  return carriedColumn(run.starts[position] ?? 0n, steps, run.denominator, rounding)
}

function optionTaxes(
  { line, position, optionRates, optionsAmount }: Exploded,
  parts: readonly LedgerPart[],
  { ledger, run, rounding }: Books,
  isInOrder: boolean,
): Column {
  const quantity = line.item.quantity
  const isPlain = parts.every(part => part.untaxedDiscount === 0n)
  if (run === undefined || !isInOrder || !isPlain) return evenColumn(optionsAmount.tax, quantity)
  const pieces = BigInt(quantity)
  const whole = sumOf(
    parts.flatMap((part, index) =>
      (optionRates[index]?.rates ?? []).map(({ share }) => part.remaining * share.num * (run.denominator / share.den)),
    ),
  )
  const start = run.starts[ledger.options[position]?.first ?? -1] ?? 0n
  return carriedColumn(start * pieces, [{ count: quantity, value: whole }], run.denominator * pieces, rounding)
}

/** No tax is part of a price: then each piece pays its own taxes on top; with both kinds the added ones are even. */
function addsAllTaxes({ rates, optionRates }: Exploded): boolean {
  return [rates, ...optionRates].every(set => set.rates.every(rate => !rate.isIncluded))
}
