import type { Channel } from '../core/catalog/channel.js'
import type { OrderPart } from '../core/orders/order.js'
import { defaultDigits, orderNumber } from '../core/orders/order-number.js'
import { orderParts } from '../core/orders/order-parts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import type { PrepareOrder } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** Number and parts of a new order; a counted number is filled in where it is stored. */
export interface OrderNumbering {
  readonly number: string
  readonly counting: PrepareOrder['number']
  readonly parts: readonly OrderPart[]
}

/** Numbers an order by its channel's pattern and splits it by seller. */
export function orderNumbering(deps: Deps, channel: Channel, priced: PricedCart): OrderNumbering {
  const pattern = channel.orderNumbers
  if (pattern.kind === 'counting') {
    const { prefix, first, groupSuffix } = pattern
    return {
      number: '',
      counting: { kind: 'counted', prefix, first, partSuffix: groupSuffix },
      parts: orderParts(priced, pattern, ''),
    }
  }
  const number = orderNumber(pattern, {
    digits: deps.ids.digits(pattern.digits ?? defaultDigits),
    cartNumber: priced.cart.number,
    purchase: priced.cart.purchase,
  })
  return { number, counting: { kind: 'given' }, parts: orderParts(priced, pattern, number) }
}
