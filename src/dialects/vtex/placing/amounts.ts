import type { Minor } from '../../../core/money.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { VtexError } from '../answer.js'
import { type Fields, wholeOf } from '../body.js'
import { fixed } from '../fixed-errors.js'
import { parseAmount } from '../money.js'
import { totalsById } from '../render/totalizers.js'

/** What a client thinks that it pays. */
export interface StatedAmounts {
  /** With interest. */
  readonly value: Minor
  /** Without. */
  readonly referenceValue: Minor
}

const interestMissing: VtexError = {
  status: 400,
  code: 'CHK0016',
  message: 'Payment value does not match with reference value',
}
const otherTotal: VtexError = {
  status: 400,
  code: 'CHK0210',
  message: "Payment value doesn't match with requested value",
}

export function readAmounts(fields: Fields): Result<StatedAmounts, VtexError> {
  const value = parseAmount(fields.value)
  if (value === undefined) return refuse(fixed.wrongType('value', 'integer'))
  const referenceValue = parseAmount(fields.referenceValue)
  if (referenceValue === undefined) return refuse(fixed.wrongType('referenceValue', 'integer'))
  const { interestValue } = fields
  const isAbsent = interestValue === undefined || interestValue === null
  if (!isAbsent && wholeOf(interestValue) === undefined) return refuse(fixed.wrongType('interestValue', 'integer'))
  return ok({ value, referenceValue })
}

/**
 * Compares what a client states with what the cart costs. The value is that of the whole purchase, or what is left of it
 * after gift cards; the reference is the same without interest, and with or without tax: a client leaves it out.
 */
export function amountFault(stated: StatedAmounts, priced: PricedCart): VtexError | undefined {
  const { Interest: interest, Tax: tax } = totalsById(priced)
  const { grandTotal, amountDue } = priced.totals
  const bases = [grandTotal, amountDue]
  const isReference = bases.some(base => stated.referenceValue === base || stated.referenceValue === base - tax)
  const isValue = bases.some(base => stated.value === base + interest)
  if (interest === 0n && stated.value !== stated.referenceValue && !(isValue && isReference)) return interestMissing
  if (!isValue) return otherTotal
  return isReference ? undefined : interestMissing
}

/** Payments that somebody worked out by hand must cover everything. */
export function isUncovered({ problems }: PricedCart): boolean {
  return problems.some(({ code }) => code === 'payment_short')
}

export const notCovered = otherTotal
