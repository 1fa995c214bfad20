import { type LinePayment, type PaymentSchedule, paymentSchedule } from '../../../core/pricing/payment-schedule.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { lineExtrasOf } from '../extras.js'
import { type MoneyContext, parseAmount, renderMoney } from '../money.js'
import { type JsonObject, textAt } from '../validation.js'
import { paymentOptionOf } from './line-item.js'

/** The amounts of a price summary, minor units. */
export interface Summary {
  /** All lines, before discounts and tax. */
  readonly subtotal: bigint
  readonly shipping: bigint
  readonly tax: bigint
  readonly discount: bigint
  readonly fees: bigint
  /** After discounts, gift cards and tax. */
  readonly total: bigint
}

/** What the whole costs, gift cards taken off. Source: dialects/wix.md 4.7, 5.3. */
export function summaryOf({ totals }: PricedCart): Summary {
  return {
    subtotal: totals.subtotal,
    shipping: totals.shipping,
    tax: totals.tax,
    discount: totals.discount,
    fees: totals.fees,
    total: totals.amountDue,
  }
}

export function renderSummary(summary: Summary, context: MoneyContext): JsonObject {
  const money = (minor: bigint) => renderMoney(minor, context, 'calculated')
  return {
    subtotal: money(summary.subtotal),
    shipping: money(summary.shipping),
    tax: money(summary.tax),
    discount: money(summary.discount),
    total: money(summary.total),
    additionalFees: money(summary.fees),
  }
}

/** All three summaries: the whole, what is paid now, and what is paid later. */
export function renderSummaries(priced: PricedCart, context: MoneyContext): JsonObject {
  const { now, later, afterTrial } = scheduleOf(priced)
  return {
    priceSummary: renderSummary(summaryOf(priced), context),
    payNow: renderSummary(now, context),
    payLater: renderSummary(later, context),
    ...(afterTrial === undefined ? {} : { payAfterFreeTrial: renderSummary(afterTrial, context) }),
  }
}

/** What is paid when: items say so themselves. Source: dialects/wix.md 5.3, 9. */
export function scheduleOf(priced: PricedCart): PaymentSchedule {
  return paymentSchedule(priced, line => linePayment(line, priced.currency))
}

function linePayment(line: PricedLine, currency: string): LinePayment {
  if (line.item.subscription?.trialDays !== undefined) return 'after_trial'
  const { shown = {} } = lineExtrasOf(line.item)
  switch (paymentOptionOf(shown)) {
    case 'FULL_PAYMENT_OFFLINE':
      return 'later'
    case 'DEPOSIT_ONLINE':
      return { deposit: parseAmount(textAt(shown, 'depositAmount') ?? '', currency) ?? 0n }
    default:
      return 'now'
  }
}
