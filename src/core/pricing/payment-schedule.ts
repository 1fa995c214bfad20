import type { Minor } from '../money.js'
import { least } from './amounts.js'
import type { PricedCart, PricedLine } from './priced-cart.js'

/**
 * When a line is paid: with the order, later, after a trial that costs nothing, or a deposit per piece with the order and
 * the rest later.
 */
export type LinePayment = 'now' | 'later' | 'after_trial' | { readonly deposit: Minor }

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

/** What is paid with the order, what later and what after a trial; figure by figure they add up to the whole. */
export interface PaymentSchedule {
  readonly now: PaymentPart
  readonly later: PaymentPart
  /** Absent where nothing is tried out. */
  readonly afterTrial?: PaymentPart
}

/**
 * Splits what a cart costs by when its lines are paid. Shipping and fees are paid with the order, and so do gift cards
 * pay; what they pay beyond that lowers the rest. A cart with something to try out is paid as a whole after the trial.
 */
export function paymentSchedule(priced: PricedCart, paymentOf: (line: PricedLine) => LinePayment): PaymentSchedule {
  const { totals } = priced
  const whole = partOf(totals)
  if (priced.lines.some(line => paymentOf(line) === 'after_trial')) return { now: none, later: none, afterTrial: whole }
  let subtotal = 0n
  let discount = 0n
  let tax = 0n
  let owed = 0n
  for (const line of priced.lines) {
    const payment = paymentOf(line)
    if (payment === 'now' || payment === 'after_trial') continue
    const deposit = payment === 'later' ? 0n : least(payment.deposit * BigInt(line.quantity), line.total.gross)
    subtotal += line.subtotal - least(deposit, line.subtotal)
    discount += line.fullDiscount
    tax += line.total.tax
    owed += line.total.gross - deposit
  }
  const later = { subtotal, discount, shipping: 0n, fees: 0n, tax, total: least(owed, totals.amountDue) }
  const now = {
    ...whole,
    subtotal: whole.subtotal - subtotal,
    discount: whole.discount - discount,
    tax: whole.tax - tax,
    total: whole.total - later.total,
  }
  return { now, later }
}

const none: PaymentPart = { subtotal: 0n, discount: 0n, shipping: 0n, fees: 0n, tax: 0n, total: 0n }

function partOf({ subtotal, discount, shipping, fees, tax, amountDue }: PricedCart['totals']): PaymentPart {
  return { subtotal, discount, shipping, fees, tax, total: amountDue }
}
