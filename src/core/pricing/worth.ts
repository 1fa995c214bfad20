import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import type { PricedCart } from './priced-cart.js'

/**
 * Why a cart may not come to be worth that much: its amounts are JSON numbers in most APIs, and no order may be worth
 * more. One that is already, since prices rose, may come to be worth less.
 *
 * @param before  as it was, by the prices of now; asked for only where it counts, and undefined for a new one
 */
export function worthFault(after: PricedCart, before: () => PricedCart | undefined): CheckoutError | undefined {
  const worth = worthOf(after)
  if (worth <= limits.orderMinor) return undefined
  const known = before()
  if (known !== undefined && worth < worthOf(known)) return undefined
  return { code: 'limit_reached', limit: 'order_total', maximum: Number(limits.orderMinor) }
}

/** With what is taken off again, which is told, too. */
function worthOf({ totals }: PricedCart): bigint {
  return totals.subtotal + totals.shipping + totals.fees + totals.tax
}
