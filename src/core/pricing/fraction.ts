import { invariant } from '../assert.js'
import { divide, type Minor, type Rounding } from '../money.js'

/** An exact quotient in lowest terms; `den` is above zero. Nothing between a price and its rounding is ever a float. */
export interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

export const ZERO: Fraction = { num: 0n, den: 1n }
export const ONE: Fraction = { num: 1n, den: 1n }

/** Greatest common divisor of two numbers that are zero or more. */
export function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

/** Least common multiple of two numbers above zero. */
export function commonMultiple(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / commonDivisor(a, b)) * b
}

/** @throws InvariantError when `den` is not above zero, or `num` is negative */
export function fraction(num: bigint, den: bigint): Fraction {
  invariant(den > 0n, 'a denominator is above zero')
  invariant(num >= 0n, 'rates and prices are zero or more')
  const divisor = commonDivisor(num, den)
  return { num: num / divisor, den: den / divisor }
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den)
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den)
}

/** @throws InvariantError when `b` is zero */
export function quotient(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num)
}

/** `amount` times `factor`, rounded once to a whole minor unit. */
export function scale(amount: Minor, factor: Fraction, rounding: Rounding): Minor {
  return divide(amount * factor.num, factor.den, rounding)
}
