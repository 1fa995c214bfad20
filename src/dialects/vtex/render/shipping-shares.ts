import type { LineItemId } from '../../../core/ids.js'
import { allocate, type Minor } from '../../../core/money.js'
import type { PricedCart, PricedConsignment } from '../../../core/pricing/priced-cart.js'

const scale = 1_000_000n

/** What was worked out for one consignment: each of its lines asks for the same. */
interface Known {
  readonly weights: readonly bigint[]
  readonly byAmount: Map<Minor, ReadonlyMap<LineItemId, Minor>>
}

const knownOf = new WeakMap<PricedConsignment, Known>()

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
  const known = knownOf.get(consignment) ?? { weights: weightsOf(consignment, lines), byAmount: new Map() }
  knownOf.set(consignment, known)
  const told = known.byAmount.get(amount)
  if (told !== undefined) return told
  const amounts = items.length === 0 ? [] : allocate(amount, known.weights)
  const shares = new Map(items.map(({ lineItemId }, index) => [lineItemId, amounts[index] ?? 0n]))
  known.byAmount.set(amount, shares)
  return shares
}

function weightsOf({ items }: PricedConsignment, lines: PricedCart['lines']): readonly bigint[] {
  const byId = new Map(lines.map(line => [line.item.id, line]))
  return items.map(({ lineItemId, quantity }) => {
    const line = byId.get(lineItemId)
    return line === undefined ? 0n : (line.subtotal * BigInt(quantity) * scale) / BigInt(line.quantity)
  })
}
