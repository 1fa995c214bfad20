import type { Minor } from '../../../core/money.js'
import { type MoneyContext, renderMoney } from '../money.js'
import { isObject, type JsonObject, objectAt } from '../validation.js'

/** Money of an order: there is no buyer's currency any more. */
export interface OrderPrice {
  readonly amount: string
  readonly formattedAmount: string
}

/** A figure that was calculated: all digits of the currency. */
export function renderOrderPrice(minor: Minor, context: MoneyContext): OrderPrice {
  const { amount, formattedAmount } = renderMoney(minor, context, 'calculated')
  return { amount, formattedAmount }
}

/** Money as a checkout has it, without the part in the buyer's currency. */
export function asOrderPrice(money: unknown): JsonObject {
  if (!isObject(money)) return {}
  const { amount, formattedAmount } = money
  return { amount, formattedAmount }
}

/** Tax details of a checkout, as an order has them. Source: dialects/wix.md 4.10. */
export function asTaxInfo(details: JsonObject, isIncluded: boolean): JsonObject {
  const breakdown = details.taxBreakdown
  return {
    taxAmount: asOrderPrice(details.totalTax),
    taxableAmount: asOrderPrice(details.taxableAmount),
    taxRate: details.taxRate,
    taxIncludedInPrice: isIncluded,
    taxBreakdown: (Array.isArray(breakdown) ? breakdown.filter(isObject) : []).map(row => ({
      ...row,
      taxAmount: asOrderPrice(objectAt(row, 'taxAmount')),
      taxableAmount: asOrderPrice(objectAt(row, 'taxableAmount')),
      nonTaxableAmount: asOrderPrice(objectAt(row, 'nonTaxableAmount')),
    })),
  }
}
