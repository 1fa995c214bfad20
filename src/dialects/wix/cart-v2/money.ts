import type { Minor } from '../../../core/money.js'
import { type MoneyContext, renderMoney } from '../money.js'
import type { JsonObject } from '../validation.js'

/** Money of a V2 cart: what it is, and what it is in the buyer's currency, without a sign. */
export function renderPlainMoney(minor: Minor, context: MoneyContext): JsonObject {
  return withoutSigns(renderMoney(minor, context, 'calculated'))
}

/** The same of a price that somebody typed in. */
export function renderEntered(minor: Minor, context: MoneyContext): JsonObject {
  return withoutSigns(renderMoney(minor, context, 'entered'))
}

/** The same of money that was rendered for V1. */
export function withoutSigns(money: { readonly amount?: unknown; readonly convertedAmount?: unknown }): JsonObject {
  return { amount: money.amount, convertedAmount: money.convertedAmount }
}
