import type { Cart } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'

/** What this dialect keeps with a cart: whether the goods were sent by `shipments`, which changes how the order looks. */
export function splitExtras(isSplit: boolean): Readonly<Record<string, Json>> {
  return { spryker: { isSplit } }
}

/** Whether the purchase was described by `shipments`, even with a single entry. */
export function wasSplit(cart: Pick<Cart, 'extras'>): boolean {
  const own = cart.extras.spryker
  return typeof own === 'object' && own !== null && !Array.isArray(own) && 'isSplit' in own && own.isSplit === true
}
