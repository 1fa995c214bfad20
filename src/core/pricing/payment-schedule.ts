import type { Minor } from '../money.js'
import { least } from './amounts.js'
import type { PricedCart, PricedLine } from './priced-cart.js'

/** When a line is paid: with the order, later, or a deposit per piece with the order and the rest later. */
export type LinePayment = 'now' | 'later' | { readonly deposit: Minor }

/** One part of what a cart costs, minor units. */
export interface PaymentPart {
  readonly subtotal: Minor
  readonly discount: Minor
  readonly shipping: Minor
  readonly fees: Minor
  readonly tax: Minor
  /** After discounts, tax and gift cards. */
  readonly total: Minor
}

/** What is paid with the order and what later; figure by figure the two add up to the whole. */
export interface PaymentSchedule {
  readonly now: PaymentPart
  readonly later: PaymentPart
}

/**
 * Splits what a cart costs by when its lines are paid. Shipping and fees are paid with the order, and so do gift cards
 * pay; what they pay beyond that lowers the rest.
 */
export function paymentSchedule(priced: PricedCart, paymentOf: (line: PricedLine) => LinePayment): PaymentSchedule {
  const { totals } = priced
  let subtotal = 0n
  let discount = 0n
  let tax = 0n
  let owed = 0n
  for (const line of priced.lines) {
    const payment = paymentOf(line)
    if (payment === 'now') continue
    const deposit = payment === 'later' ? 0n : least(payment.deposit * BigInt(line.quantity), line.total.gross)
    subtotal += line.subtotal - least(deposit, line.subtotal)
    discount += line.fullDiscount
    tax += line.total.tax
    owed += line.total.gross - deposit
  }
  const later = { subtotal, discount, shipping: 0n, fees: 0n, tax, total: least(owed, totals.amountDue) }
  const now = {
    subtotal: totals.subtotal - subtotal,
    discount: totals.discount - discount,
    shipping: totals.shipping,
    fees: totals.fees,
    tax: totals.tax - tax,
    total: totals.amountDue - later.total,
  }
  return { now, later }
}
