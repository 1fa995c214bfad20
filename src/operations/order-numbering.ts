import type { Channel } from '../core/catalog/channel.js'
import type { OrderPart } from '../core/orders/order.js'
import { defaultDigits, orderNumber } from '../core/orders/order-number.js'
import { orderParts } from '../core/orders/order-parts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import type { PrepareOrder } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** What a new order is called, and the sellers' parts of it. */
export interface OrderNumbering {
  /** Blank where it is counted: *prepare* takes the next number inside its transaction, for the parts as well. */
  readonly number: string
  readonly parts: readonly OrderPart[]
  readonly counting: PrepareOrder['number']
}

/** Numbers by the channel's pattern. */
export function orderNumbering(deps: Pick<Deps, 'ids'>, channel: Channel, priced: PricedCart): OrderNumbering {
  const pattern = channel.orderNumbers
  if (pattern.kind === 'counting') {
    const { prefix, first, groupSuffix: partSuffix } = pattern
    const counting = { kind: 'counted', prefix, first, partSuffix } as const
    return { number: '', parts: orderParts(priced, pattern, ''), counting }
  }
  const digits = pattern.kind === 'random_digits' ? deps.ids.digits(pattern.digits ?? defaultDigits) : ''
  const number = orderNumber(pattern, { digits, cartNumber: priced.cart.number })
  return { number, parts: orderParts(priced, pattern, number), counting: { kind: 'given' } }
}
