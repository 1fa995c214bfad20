import type { Cart } from '../cart/cart.js'
import type { Minor } from '../money.js'
import type { PricedFee, UnmetThreshold } from './priced-cart.js'

/** A fee before taxes. */
export interface BareFee extends Pick<PricedFee, 'id' | 'kind' | 'name' | 'displayName'> {
  readonly price: Minor
  /** Absent: untaxed. */
  readonly taxClass?: string
}

/** Fees added by hand, then those of missed soft thresholds. */
export function feesOf(cart: Cart, thresholds: readonly UnmetThreshold[]): readonly BareFee[] {
  const byHand = cart.fees.map(
    ({ id, name, displayName, amount, taxClass }): BareFee => ({
      id,
      kind: 'manual',
      name,
      displayName,
      price: amount,
      ...(taxClass === undefined ? {} : { taxClass }),
    }),
  )
  const missed = thresholds.flatMap(({ kind, fee, message }, index): readonly BareFee[] =>
    fee === undefined || fee <= 0n
      ? []
      : [{ id: `threshold-${index + 1}`, kind: 'threshold', name: kind, displayName: message, price: fee }],
  )
  return [...byHand, ...missed]
}
