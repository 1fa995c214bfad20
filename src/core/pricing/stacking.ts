import { type Minor, sumOf } from '../money.js'
import { benefitRank } from '../promotions/benefits/benefit-rank.js'
import { worksWithoutTaking } from '../promotions/benefits/benefit-takes.js'
import type { Promotion } from '../promotions/promotion.js'
import { applications, takesAlone, type Workplace } from './apply-promotions.js'
import { copyLedger, type Ledger } from './discount-ledger.js'
import type { DiscountPolicy } from './policy.js'
import type { LosingPromotion } from './priced-cart.js'
import { type Candidate, lost } from './screening.js'

/** A candidate with what it would take if it were alone. */
interface Contender extends Candidate {
  readonly alone: Minor
}

export interface Stacked {
  /** In order of application. */
  readonly winners: readonly Candidate[]
  readonly losing: readonly LosingPromotion[]
}

/** Groups of promotions that exclude each other are tried in all combinations up to this many; beyond, best by best. */
const MOST_SCENARIOS = 256

/** Decides which promotions apply, in which order, and puts them to work on the ledger. */
export function stackPromotions(place: Workplace, ledger: Ledger, candidates: readonly Candidate[]): Stacked {
  if (candidates.length === 0) return { winners: [], losing: [] }
  const contenders = candidates.map(one => ({ ...one, alone: takesAlone(place, ledger, one) }))
  const losing: LosingPromotion[] = []
  const useful = contenders.filter(one => {
    const isUseful =
      one.alone > 0n || one.promotion.benefits.some(benefit => worksWithoutTaking(benefit, { ...place, ledger }))
    if (!isUseful) losing.push({ ...lost(one.promotion, one.coupon), reason: 'nothing_left', wouldTake: 0n })
    return isUseful
  })
  const ordered = useful.sort(inOrder(place.policy))
  const chosen = choices[place.policy.stacking](place, ledger, ordered)
  for (const one of ordered) if (!chosen.includes(one)) losing.push(beaten(one, chosen))
  applications[place.policy.stacking](place, ledger, chosen)
  const winners: Candidate[] = []
  for (const one of chosen) {
    if (one.alone === 0n || ledger.taken.has(one.promotion.id)) winners.push(one)
    else losing.push(cutToNothing(one, place.policy))
  }
  return { winners, losing }
}

function beaten(one: Contender, chosen: readonly Contender[]): LosingPromotion {
  const reason = chosen.some(other => other.promotion.isExclusive) ? 'exclusive_other' : 'better_other'
  return { ...lost(one.promotion, one.coupon), reason, wouldTake: one.alone }
}

function cutToNothing(one: Contender, policy: DiscountPolicy): LosingPromotion {
  const reason = policy.stacking === 'best_per_target' ? 'better_other' : 'nothing_left'
  return { ...lost(one.promotion, one.coupon), reason, wouldTake: one.alone }
}

/** By priority (none: last); coupons after automatic ones where the policy says so; then by kind; then the larger first. */
function inOrder(policy: DiscountPolicy): (a: Contender, b: Contender) => number {
  const sides = (a: boolean, b: boolean) => Number(a) - Number(b)
  return (a, b) => {
    const byPriority = (a.promotion.priority ?? Infinity) - (b.promotion.priority ?? Infinity)
    if (byPriority !== 0 && !Number.isNaN(byPriority)) return byPriority
    if (policy.coupons === 'after_automatic') {
      const byCoupon = sides(a.coupon !== undefined, b.coupon !== undefined)
      if (byCoupon !== 0) return byCoupon
    }
    if (policy.order === 'kind_first') {
      const byRank = rankOf(a.promotion) - rankOf(b.promotion)
      if (byRank !== 0) return byRank
    }
    const byKind = sides(takesPercent(b.promotion), takesPercent(a.promotion))
    if (policy.order === 'percent_first' && byKind !== 0) return byKind
    if (policy.order === 'amount_first' && byKind !== 0) return -byKind
    if (a.alone !== b.alone) return a.alone > b.alone ? -1 : 1
    return a.promotion.integerId - b.promotion.integerId
  }
}

/** The promotion stands where the first of its benefits does. */
function rankOf({ benefits }: Promotion): number {
  return Math.min(...benefits.map(({ kind }) => benefitRank[kind]))
}

/** Whether any of its benefits takes a percentage. */
export function takesPercent(promotion: Promotion): boolean {
  return promotion.benefits.some(benefit => 'rate' in benefit || benefit.kind === 'tiers')
}

type Choose = (place: Workplace, ledger: Ledger, ordered: readonly Contender[]) => readonly Contender[]

/** The first exclusive one wins alone; else all, of each competing group the one that takes most. */
const chooseInOrder: Choose = (_place, _ledger, ordered) => {
  const exclusive = ordered.find(one => one.promotion.isExclusive)
  return exclusive === undefined ? bestOfGroups(ordered) : [exclusive]
}

/** Every set that may stand together is tried; the one with the lowest total applies, the earlier one among equals. */
const chooseLowestTotal: Choose = (place, ledger, ordered) => {
  const scenarios = [
    ...combinations(ordered.filter(one => !one.promotion.isExclusive)),
    ...ordered.filter(one => one.promotion.isExclusive).map(one => [one]),
  ]
  if (scenarios.length === 1) return scenarios[0] ?? []
  let best: { readonly scenario: readonly Contender[]; readonly total: Minor } | undefined
  for (const scenario of scenarios) {
    const trial = copyLedger(ledger)
    applications.lowest_total(place, trial, scenario)
    const total = sumOf(trial.parts.map(part => part.remaining))
    if (best === undefined || total < best.total) best = { scenario, total }
  }
  return best?.scenario ?? []
}

const choices: Readonly<Record<DiscountPolicy['stacking'], Choose>> = {
  all: chooseInOrder,
  best_per_target: chooseInOrder,
  lowest_total: chooseLowestTotal,
}

function bestOfGroups(ordered: readonly Contender[]): readonly Contender[] {
  const best = new Map<string, Contender>()
  for (const one of ordered) {
    const group = one.promotion.competesIn
    if (group === undefined) continue
    const known = best.get(group)
    if (known === undefined || one.alone > known.alone) best.set(group, one)
  }
  return ordered.filter(one => one.promotion.competesIn === undefined || best.get(one.promotion.competesIn) === one)
}

/** One of each competing group with all that compete with nothing, in every combination, orders kept. */
function combinations(ordered: readonly Contender[]): readonly (readonly Contender[])[] {
  const groups = new Map<string, Contender[]>()
  for (const one of ordered) {
    const group = one.promotion.competesIn
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), one])
  }
  const size = [...groups.values()].reduce((product, group) => product * group.length, 1)
  if (size > MOST_SCENARIOS) return [bestOfGroups(ordered)]
  let picks: readonly ReadonlySet<Contender>[] = [new Set()]
  for (const group of groups.values()) {
    picks = picks.flatMap(pick => group.map(one => new Set([...pick, one])))
  }
  return picks.map(pick => ordered.filter(one => one.promotion.competesIn === undefined || pick.has(one)))
}
