import type { Cart } from '../cart/cart.js'
import type { Threshold } from '../catalog/channel.js'
import { type Minor, percentOf, type Rounding } from '../money.js'
import type { Facts } from './facts.js'
import type { UnmetThreshold } from './priced-cart.js'

/**
 * Thresholds of the cart's currency that its subtotal (before discounts) misses; an amount of 0 turns one off, and an
 * empty cart misses none. Soft ones carry the fee that they cost.
 */
export function unmetThresholds(cart: Cart, facts: Facts, subtotal: Minor): readonly UnmetThreshold[] {
  if (cart.lineItems.length === 0) return []
  return facts.channel.thresholds.flatMap(threshold => {
    if (threshold.currency !== cart.currency || threshold.amount <= 0n) return []
    const delta = threshold.kind === 'hard_maximum' ? subtotal - threshold.amount : threshold.amount - subtotal
    if (delta <= 0n) return []
    const fee = feeOf(threshold, subtotal, facts.channel.policy.rounding)
    const { kind, amount, message } = threshold
    return [{ kind, amount, delta, message, ...(fee === undefined ? {} : { fee }) }]
  })
}

function feeOf(threshold: Threshold, subtotal: Minor, rounding: Rounding): Minor | undefined {
  switch (threshold.kind) {
    case 'soft_minimum_fixed':
      return threshold.fee ?? 0n
    case 'soft_minimum_flexible':
      return percentOf(subtotal, { micros: threshold.fee ?? 0n }, rounding)
    case 'hard_minimum':
    case 'hard_maximum':
      return undefined
  }
}
