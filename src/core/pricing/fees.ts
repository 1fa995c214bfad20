import type { Cart } from '../cart/cart.js'
import type { Channel } from '../catalog/channel.js'
import type { Minor } from '../money.js'
import type { PricedFee, UnmetThreshold } from './priced-cart.js'
import { wrappingFees } from './wrappings.js'

/** A fee before taxes. */
export interface BareFee extends Pick<PricedFee, 'id' | 'kind' | 'name' | 'displayName'> {
  readonly price: Minor
  /** Absent: untaxed. */
  readonly taxClass?: string
  /** Position of the line that it belongs to, whose place decides its tax; absent: the whole cart's. */
  readonly line?: number
}

/** Fees added by hand, then those of missed soft thresholds, then wrapping. */
export function feesOf(cart: Cart, channel: Channel, thresholds: readonly UnmetThreshold[]): readonly BareFee[] {
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
  return [...byHand, ...missed, ...wrappingFees(cart, channel)]
}
