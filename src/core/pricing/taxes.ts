import { allocate, divide, type Minor, type Rounding, sumOf } from '../money.js'
import { least } from './amounts.js'
import { commonMultiple, scale } from './fraction.js'
import type { TaxPolicy } from './policy.js'
import type { Amount, TaxShare, TaxTotal } from './priced-cart.js'
import type { AppliedRate, RateSet } from './tax-rates.js'

/** A line without its options, an option, a shipment or a fee, ready to be taxed. */
export interface TaxablePart {
  /** After all discounts, in the cart's price mode. */
  readonly price: Minor
  /** What rates are applied to; more than `price` where order discounts do not reduce it. */
  readonly taxable: Minor
  readonly rates: RateSet
}

export interface TaxedPart {
  readonly taxes: readonly TaxShare[]
  readonly amount: Amount
}

export interface Taxed {
  /** In the order of the parts. */
  readonly parts: readonly TaxedPart[]
  /** Present where taxes are carried in one run: where each part begins on the running sum. */
  readonly run?: TaxRun
}

/** The running sum of exact taxes, in parts of `denominator`: `starts[part]` is its value before that part. */
export interface TaxRun {
  readonly denominator: bigint
  readonly starts: readonly bigint[]
}

/** Whole-unit taxes per part and per rate of that part. */
interface Rounded {
  readonly amounts: readonly (readonly Minor[])[]
  readonly run?: TaxRun
}

type RoundTaxes = (parts: readonly TaxablePart[], rounding: Rounding) => Rounded

/**
 * Taxes parts that stand in the order in which fractions are carried: lines, their options, shipments, fees.
 * A tax that is part of a price is never more than the price.
 */
export function taxParts(parts: readonly TaxablePart[], policy: TaxPolicy, rounding: Rounding): Taxed {
  const bounded = parts.map(withinPrice)
  const { amounts, run } = roundings[policy.rounding](bounded, rounding)
  const taxed = bounded.map((part, index) => taxedPart(part, amounts[index] ?? []))
  return { parts: taxed, ...(run === undefined ? {} : { run }) }
}

/** Lowers the taxable amount of prices that hold their tax until that tax fits into what is still paid. */
function withinPrice(part: TaxablePart): TaxablePart {
  const { includedFactor } = part.rates
  const surcharge = includedFactor.num - includedFactor.den
  if (part.taxable <= part.price || surcharge === 0n) return part
  const most = (part.price * includedFactor.num) / surcharge
  return most < part.taxable ? { ...part, taxable: most } : part
}

/** One implementation per choice of `TaxPolicy.rounding`. */
const roundings: Readonly<Record<TaxPolicy['rounding'], RoundTaxes>> = {
  per_line: (parts, rounding) => ({
    amounts: parts.map(part => {
      let room = part.price
      return part.rates.rates.map(rate => {
        const tax = scale(part.taxable, rate.share, rounding)
        if (!rate.isIncluded) return tax
        const fitting = least(tax, room)
        room -= fitting
        return fitting
      })
    }),
  }),
  per_rate: roundPerRate,
  carried: roundCarried,
}

function roundPerRate(parts: readonly TaxablePart[], rounding: Rounding): Rounded {
  const amounts: Minor[][] = parts.map(part => part.rates.rates.map(() => 0n))
  const room = parts.map(part => part.price)
  for (const uses of usesOfRates(parts).values()) {
    const denominator = uses.reduce((multiple, use) => commonMultiple(multiple, use.rate.share.den), 1n)
    const exact = uses.map(({ part, rate }) => {
      return (parts[part]?.taxable ?? 0n) * rate.share.num * (denominator / rate.share.den)
    })
    const total = divide(sumOf(exact), denominator, rounding)
    const isIncluded = uses.some(use => use.rate.isIncluded)
    const limits = isIncluded ? uses.map(use => room[use.part] ?? 0n) : undefined
    allocateWithin(total, exact, limits).forEach((tax, index) => {
      const use = uses[index]
      if (use === undefined) return
      const ofPart = amounts[use.part]
      if (ofPart !== undefined) ofPart[use.position] = tax
      if (isIncluded) room[use.part] = (room[use.part] ?? 0n) - tax
    })
  }
  return { amounts }
}

interface UseOfRate {
  readonly part: number
  /** Position among the rates of the part. */
  readonly position: number
  readonly rate: AppliedRate
}

function usesOfRates(parts: readonly TaxablePart[]): ReadonlyMap<string, readonly UseOfRate[]> {
  const uses = new Map<string, UseOfRate[]>()
  parts.forEach((part, index) => {
    part.rates.rates.forEach((rate, position) => {
      const use = { part: index, position, rate }
      const known = uses.get(rate.rate.id)
      if (known === undefined) uses.set(rate.rate.id, [use])
      else known.push(use)
    })
  })
  return uses
}

/** Largest remainder, but no share above its limit: what does not fit goes to the first shares with room. */
function allocateWithin(
  total: Minor,
  weights: readonly bigint[],
  limits: readonly Minor[] | undefined,
): readonly Minor[] {
  const shares = allocate(total, weights)
  if (limits === undefined || shares.every((share, index) => share <= (limits[index] ?? 0n))) return shares
  const fitting = shares.map((share, index) => least(share, limits[index] ?? 0n))
  let excess = total - sumOf(fitting)
  return fitting.map((share, index) => {
    const more = (weights[index] ?? 0n) > 0n ? least(excess, (limits[index] ?? 0n) - share) : 0n
    excess -= more
    return share + more
  })
}

/**
 * A part's tax is the rounded running sum after it less the rounded running sum before it. Taxes inside prices and taxes
 * on top run on their own, so that neither moves the other; pieces can only follow where there is one run.
 */
function roundCarried(parts: readonly TaxablePart[], rounding: Rounding): Rounded {
  const denominator = runDenominator(parts.map(part => part.rates))
  const included = { sum: 0n, rounded: 0n }
  const added = { sum: 0n, rounded: 0n }
  const starts: bigint[] = []
  const amounts = parts.map(part => {
    starts.push(included.sum + added.sum)
    return part.rates.rates.map(({ share, isIncluded }) => {
      const run = isIncluded ? included : added
      run.sum += part.taxable * share.num * (denominator / share.den)
      const next = divide(run.sum, denominator, rounding)
      const tax = next - run.rounded
      run.rounded = next
      return tax
    })
  })
  const isOneRun = included.sum === 0n || added.sum === 0n
  return { amounts, ...(isOneRun ? { run: { denominator, starts } } : {}) }
}

function runDenominator(sets: readonly RateSet[]): bigint {
  let denominator = 1n
  for (const set of new Set(sets)) {
    for (const { share } of set.rates) denominator = commonMultiple(denominator, share.den)
  }
  return denominator
}

function taxedPart(part: TaxablePart, amounts: readonly Minor[]): TaxedPart {
  let added = 0n
  let included = 0n
  part.rates.rates.forEach((rate, index) => {
    const amount = amounts[index] ?? 0n
    if (rate.isIncluded) included += amount
    else added += amount
  })
  const base = part.taxable - included
  const taxes =
    part.taxable === 0n
      ? []
      : part.rates.rates.map(({ rate }, index) => ({
          rateId: rate.id,
          name: rate.name,
          rate: rate.rate,
          base,
          amount: amounts[index] ?? 0n,
        }))
  return { taxes, amount: { net: part.price - included, tax: included + added, gross: part.price + added } }
}

/** Sums per rate, in order of first appearance. */
export function taxTotals(parts: readonly TaxedPart[], rateSets: readonly RateSet[]): readonly TaxTotal[] {
  const integerIds = new Map<string, number>()
  for (const set of new Set(rateSets)) for (const { rate } of set.rates) integerIds.set(rate.id, rate.integerId)
  const totals = new Map<string, { share: TaxShare; base: Minor; amount: Minor }>()
  for (const { taxes } of parts) {
    for (const share of taxes) {
      const known = totals.get(share.rateId)
      if (known === undefined) totals.set(share.rateId, { share, base: share.base, amount: share.amount })
      else {
        known.base += share.base
        known.amount += share.amount
      }
    }
  }
  return [...totals.values()].map(({ share, base, amount }) => ({
    rateId: share.rateId,
    integerId: integerIds.get(share.rateId) ?? 0,
    name: share.name,
    rate: share.rate,
    base,
    amount,
  }))
}
