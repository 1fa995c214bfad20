import { invariant } from '../assert.js'
import { divide, type Minor } from '../money.js'
import { ONE_MICROS, type Rate } from '../rate.js'

/** What paying in installments costs. */
export interface InstallmentPlan {
  readonly count: number
  /** Each installment. Without interest they are cut to whole units, and `total` stays the amount. */
  readonly value: Minor
  readonly total: Minor
  /** `total` less the amount; zero or more. */
  readonly interest: Minor
}

/**
 * Equal installments at the end of each period (annuity): amount x i / (1 - (1 + i)^-count), rounded half away from zero.
 *
 * @param rate  interest per period
 * @throws InvariantError when `count` is not a whole number of 1 or more
 */
export function installmentPlan(amount: Minor, count: number, rate: Rate): InstallmentPlan {
  invariant(Number.isInteger(count) && count >= 1, 'there is at least one installment')
  const periods = BigInt(count)
  if (rate.micros === 0n || amount === 0n) return { count, value: amount / periods, total: amount, interest: 0n }
  const grown = (ONE_MICROS + rate.micros) ** periods
  const ungrown = ONE_MICROS ** periods
  const value = divide(amount * rate.micros * grown, ONE_MICROS * (grown - ungrown), 'half_away')
  const total = value * periods
  // A tiny amount may round to less than itself; then nothing is charged for waiting.
  return total < amount
    ? { count, value, total: amount, interest: 0n }
    : { count, value, total, interest: total - amount }
}
