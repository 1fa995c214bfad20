import type { LineItemId } from '../../../core/ids.js'
import { allocate, type Minor } from '../../../core/money.js'
import type { PricedCart, PricedConsignment } from '../../../core/pricing/priced-cart.js'

const scale = 1_000_000n

/**
 * What each line of a consignment bears of an amount, in proportion to what its pieces are worth: the shares add up, and
 * those of the chosen option are the shares that the order keeps.
 */
export function shippingSharesOf(
  consignment: PricedConsignment,
  { lines }: Pick<PricedCart, 'lines'>,
  amount: Minor,
): ReadonlyMap<LineItemId, Minor> {
  const { items } = consignment
  const weights = items.map(({ lineItemId, quantity }) => {
    const line = lines.find(one => one.item.id === lineItemId)
    return line === undefined ? 0n : (line.subtotal * BigInt(quantity) * scale) / BigInt(line.quantity)
  })
  const shares = items.length === 0 ? [] : allocate(amount, weights)
  return new Map(items.map(({ lineItemId }, index) => [lineItemId, shares[index] ?? 0n]))
}
