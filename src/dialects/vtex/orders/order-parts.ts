import type { Order, OrderPart } from '../../../core/orders/order.js'
import { partNumber } from '../../../core/orders/order-number.js'

const numbered = { groupSuffix: true }

/**
 * The parts of an order, each under a number of its own, since this API reads and lists orders part by part. Channels
 * of other APIs number no parts: several of one order are numbered here as a channel that does would.
 */
export function partsOf({ parts, number }: Pick<Order, 'parts' | 'number'>): readonly OrderPart[] {
  if (parts.length < 2 || parts.some(part => part.number !== number)) return parts
  return parts.map((part, position) => ({ ...part, number: partNumber(numbered, number, position) }))
}
