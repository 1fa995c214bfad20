import { divide, type Minor } from '../money.js'
import { ONE_MICROS } from '../rate.js'
import type { PricingPolicy } from './policy.js'

/** Price of `quantity` pieces, one implementation per choice of `PricingPolicy.lineAmount`. */
export const lineAmounts: Readonly<
  Record<PricingPolicy['lineAmount'], (unitPrice: Minor, quantity: bigint, multiplierMicros: bigint) => Minor>
> = {
  price_times_quantity: (unitPrice, quantity) => unitPrice * quantity,
  unit_multiplier: (unitPrice, quantity, multiplierMicros) =>
    divide(unitPrice * multiplierMicros * quantity, ONE_MICROS, 'down'),
}
