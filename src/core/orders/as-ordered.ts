import type { Cart } from '../cart/cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import type { Order } from './order.js'

/**
 * A cart that is frozen or closed, as its order has it: that is what is paid for, also where a placement said more than the
 * cart was told, or prices have moved since.
 */
export function asOrdered(cart: Cart, { snapshot }: Pick<Order, 'snapshot'>): PricedCart {
  const { status, step, version, notices, updatedAt, expiresAt } = cart
  return { ...snapshot, cart: { ...snapshot.cart, status, step, version, notices, updatedAt, expiresAt } }
}
