import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { type MoneyContext, renderMoney } from '../money.js'
import type { JsonObject } from '../validation.js'

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

const nothing: Summary = { subtotal: 0n, shipping: 0n, tax: 0n, discount: 0n, fees: 0n, total: 0n }

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
  const whole = summaryOf(priced)
  return {
    priceSummary: renderSummary(whole, context),
    payNow: renderSummary(whole, context),
    payLater: renderSummary(nothing, context),
  }
}
