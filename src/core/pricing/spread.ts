import { allocate, divide, type Minor, type Rounding, sumOf } from '../money.js'
import type { Take } from './discount-ledger.js'
import type { DiscountPolicy } from './policy.js'

/** A part and how much of a spread amount it draws. */
export interface Weighted {
  readonly part: number
  readonly weight: bigint
}

type Spread = (amount: Minor, over: readonly Weighted[], total: bigint, rounding: Rounding) => readonly Take[]

/**
 * Shares out an amount over parts by weight, one implementation per choice of `DiscountPolicy.spread`. The takes add up
 * to the amount. Carried: at each part the rounded running sum counts, so the lost fraction goes on to the next part;
 * pieces of a part continue the same running sum (`stretch`).
 */
const spreads: Readonly<Record<DiscountPolicy['spread'], Spread>> = {
  largest_remainder: (amount, over) => {
    const shares = allocate(
      amount,
      over.map(({ weight }) => weight),
    )
    return over.map(({ part }, index) => ({ part, amount: shares[index] ?? 0n }))
  },
  per_unit_carried: (amount, over, total, rounding) => {
    let before = 0n
    let rounded = 0n
    return over.map(({ part, weight }) => {
      const stretch = { amount, before, weight, total }
      before += weight
      const next = divide(amount * before, total, rounding)
      const share = next - rounded
      rounded = next
      return { part, amount: share, stretch }
    })
  },
}

/** Spreads `amount`, at most the sum of the weights, over the parts. Nothing to spread over: nothing taken. */
export function spread(
  amount: Minor,
  over: readonly Weighted[],
  policy: DiscountPolicy,
  rounding: Rounding,
): readonly Take[] {
  const total = sumOf(over.map(({ weight }) => weight))
  if (total <= 0n || amount <= 0n) return []
  return spreads[policy.spread](amount < total ? amount : total, over, total, rounding)
}
