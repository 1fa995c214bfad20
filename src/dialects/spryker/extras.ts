import type { Cart } from '../../core/cart/cart.js'
import type { Json } from '../../core/ids.js'
import type { Order } from '../../core/orders/order.js'
import { isObject } from './validation.js'

/**
 * What this dialect keeps with a purchase: whether the goods were sent by `shipments`, which changes how the order
 * looks, and a digest of the request, to tell a repeated request from another one under the same key.
 */
export function purchaseExtras(isSplit: boolean, request: string): Readonly<Record<string, Json>> {
  return { spryker: { isSplit, request } }
}

/** Whether the purchase was described by `shipments`, even with a single entry. */
export function wasSplit({ extras }: Pick<Cart, 'extras'>): boolean {
  return isObject(extras.spryker) && extras.spryker.isSplit === true
}

/** Whether that order was asked for by the same request. */
export function wasAskedFor({ extras }: Pick<Order, 'extras'>, request: string): boolean {
  return isObject(extras.spryker) && extras.spryker.request === request
}
