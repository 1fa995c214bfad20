import { type Minor, sumOf } from '../money.js'
import { benefitTakes, levelOf } from '../promotions/benefits/benefit-takes.js'
import type { Desk } from '../promotions/benefits/desk.js'
import type { Benefit } from '../promotions/promotion.js'
import { copyLedger, type DiscountLevel, type Ledger, type Take, takeShares } from './discount-ledger.js'
import type { DiscountPolicy } from './policy.js'
import type { Candidate } from './screening.js'

/** What promotions work with: a desk without its ledger, and which discounts reduce the taxable amount. */
export interface Workplace extends Omit<Desk, 'ledger'> {
  readonly orderDiscountsReduceTax: boolean
}

type Apply = (place: Workplace, ledger: Ledger, ordered: readonly Candidate[]) => void

const levels: Readonly<Record<NonNullable<DiscountPolicy['levels']>, readonly (readonly DiscountLevel[])[]>> = {
  lines_first: [['lines'], ['order'], ['shipping']],
  together: [['lines', 'order'], ['shipping']],
}

/** Every promotion takes what it may, in order; what is left of a line bounds all later ones. */
const applyAll: Apply = (place, ledger, ordered) => {
  const desk = { ...place, ledger }
  for (const group of levels[place.policy.levels ?? 'lines_first']) {
    for (const candidate of ordered) {
      for (const benefit of benefitsOf(candidate, group)) {
        take(place, ledger, candidate, levelOf(benefit), benefitTakes(desk, candidate.promotion, benefit))
      }
    }
  }
}

/** On each line, each shipment and the order only the promotion that takes most there; the newest one among equals. */
const applyBestPerTarget: Apply = (place, ledger, ordered) => {
  const desk = { ...place, ledger }
  for (const level of ['lines', 'order', 'shipping'] as const) {
    const bids = ordered.map(candidate => ({
      candidate,
      byTarget: groupByTarget(
        ledger,
        level,
        benefitsOf(candidate, [level]).flatMap(one => benefitTakes(desk, candidate.promotion, one)),
      ),
    }))
    const best = new Map<number, { readonly id: string; readonly integerId: number; readonly amount: Minor }>()
    for (const { candidate, byTarget } of bids) {
      for (const [target, takes] of byTarget) {
        const amount = sumOf(takes.map(one => one.amount))
        const { id, integerId } = candidate.promotion
        const known = best.get(target)
        const wins = known === undefined || amount > known.amount
        if (wins || (amount === known.amount && integerId > known.integerId))
          best.set(target, { id, integerId, amount })
      }
    }
    for (const { candidate, byTarget } of bids) {
      for (const [target, takes] of byTarget) {
        if (best.get(target)?.id === candidate.promotion.id) take(place, ledger, candidate, level, takes)
      }
    }
  }
}

/** How the chosen promotions are put to work, per choice of `DiscountPolicy.stacking`. */
export const applications: Readonly<Record<DiscountPolicy['stacking'], Apply>> = {
  all: applyAll,
  lowest_total: applyAll,
  best_per_target: applyBestPerTarget,
}

/** What a promotion would take of an untouched cart if it were the only one. */
export function takesAlone(place: Workplace, untouched: Ledger, candidate: Candidate): Minor {
  const ledger = copyLedger(untouched)
  applyAll(place, ledger, [candidate])
  return ledger.taken.get(candidate.promotion.id)?.amount ?? 0n
}

function benefitsOf({ promotion }: Candidate, group: readonly DiscountLevel[]): readonly Benefit[] {
  return promotion.benefits.filter(benefit => group.includes(levelOf(benefit)))
}

function take(
  place: Workplace,
  ledger: Ledger,
  { promotion }: Candidate,
  level: DiscountLevel,
  takes: readonly Take[],
): void {
  takeShares(ledger, promotion.id, level, level !== 'order' || place.orderDiscountsReduceTax, takes)
}

/** Targets: a line with its options, a shipment, or (-1) the order as a whole. */
function groupByTarget(
  ledger: Ledger,
  level: DiscountLevel,
  takes: readonly Take[],
): ReadonlyMap<number, readonly Take[]> {
  const targetOf = targets(ledger, level)
  const groups = new Map<number, Take[]>()
  for (const one of takes) {
    const target = targetOf(one.part)
    const group = groups.get(target)
    if (group === undefined) groups.set(target, [one])
    else group.push(one)
  }
  return groups
}

function targets(ledger: Ledger, level: DiscountLevel): (part: number) => number {
  if (level === 'order') return () => -1
  if (level === 'shipping') return part => part
  const lineOfOption = new Map<number, number>()
  ledger.options.forEach(({ first, count }, line) => {
    for (let option = first; option < first + count; option += 1) lineOfOption.set(option, line)
  })
  return part => lineOfOption.get(part) ?? part
}
