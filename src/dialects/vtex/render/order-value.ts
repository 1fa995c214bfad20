import { allocate, type Minor } from '../../../core/money.js'
import type { OrderContext } from '../orders/order-context.js'
import { totalsById } from './totalizers.js'

/** What one part of an order costs, with its share of the interest: the parts add up to what is paid. */
export function orderValueOf({ view: { order }, part }: Pick<OrderContext, 'view' | 'part'>): Minor {
  const { Interest: interest } = totalsById(order.snapshot)
  if (interest === 0n) return part.total
  const shares = allocate(
    interest,
    order.parts.map(({ total }) => total),
  )
  return part.total + (shares[order.parts.findIndex(({ seller }) => seller === part.seller)] ?? 0n)
}
