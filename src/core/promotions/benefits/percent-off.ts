import { type Minor, percentOf, sumOf } from '../../money.js'
import type { Take } from '../../pricing/discount-ledger.js'
import type { DiscountPolicy } from '../../pricing/policy.js'
import { spread } from '../../pricing/spread.js'
import type { Rate } from '../../rate.js'
import type { AmountByCurrency, LineSelector, Promotion } from '../promotion.js'
import {
  type BenefitOf,
  baseOfAll,
  type Desk,
  discountedParts,
  orderParts,
  selectedLines,
  takeFromLine,
  weighted,
} from './desk.js'

type PercentOff = (desk: Desk, promotion: Promotion, lines: readonly number[], rate: Rate) => readonly Take[]

/**
 * A percentage off lines, one implementation per choice of `DiscountPolicy.percent`. Carried: the fraction that one
 * line's rounding loses goes to the next, so the sum is the percentage of all lines rounded once; it is then spread.
 */
const percentages: Readonly<Record<DiscountPolicy['percent'], PercentOff>> = {
  per_line: (desk, _promotion, lines, rate) =>
    lines.flatMap(line =>
      takeFromLine(desk, line, percentOf(baseOfAll(desk, discountedParts(desk, line)), rate, desk.rounding)),
    ),
  carried: (desk, promotion, lines, rate) => {
    const parts = lines.flatMap(line => discountedParts(desk, line))
    const amount = percentOf(baseOfAll(desk, parts), rate, desk.rounding)
    return spread(amount, weighted(desk, parts, promotion), desk.policy, desk.rounding)
  },
}

export function percentOffLines(
  desk: Desk,
  promotion: Promotion,
  rate: Rate,
  of: LineSelector | undefined,
): readonly Take[] {
  return percentages[desk.policy.percent](desk, promotion, selectedLines(desk, of), rate)
}

/** Rounded once for the order, then spread. */
export function percentOffOrder(desk: Desk, promotion: Promotion, rate: Rate): readonly Take[] {
  const parts = orderParts(desk)
  const amount = percentOf(baseOfAll(desk, parts), rate, desk.rounding)
  return spread(amount, weighted(desk, parts, promotion), desk.policy, desk.rounding)
}

/** The highest tier reached counts; a tier without an amount for the cart's currency is never reached. */
export function tiers(desk: Desk, promotion: Promotion, benefit: BenefitOf<'tiers'>): readonly Take[] {
  const lines = selectedLines(desk, benefit.of)
  const reached = benefit.by === 'quantity' ? piecesOf(desk, lines) : sumOf(lines.map(line => subtotalOf(desk, line)))
  let best: { readonly from: Minor; readonly rate: Rate } | undefined
  for (const tier of benefit.tiers) {
    const from = tierStart(tier.from, desk.currency)
    if (from === undefined || from > reached) continue
    if (best === undefined || from > best.from) best = { from, rate: tier.rate }
  }
  return best === undefined ? [] : percentages[desk.policy.percent](desk, promotion, lines, best.rate)
}

function tierStart(from: AmountByCurrency | number, currency: string): bigint | undefined {
  return typeof from === 'number' ? BigInt(Math.ceil(from)) : from[currency]
}

function piecesOf(desk: Desk, lines: readonly number[]): bigint {
  return BigInt(lines.reduce((sum, line) => sum + (desk.lines[line]?.item.quantity ?? 0), 0))
}

function subtotalOf(desk: Desk, line: number): Minor {
  return desk.lines[line]?.subtotal ?? 0n
}
