import type { Cart } from '../../../core/cart/cart.js'
import { extrasOf } from '../extras.js'
import type { OrderFormConfiguration } from '../settings.js'

/** What apps keep with the cart, and fields of single items, addresses or the order; null while there is nothing. */
export function renderCustomData(cart: Cart, apps: NonNullable<OrderFormConfiguration['apps']>) {
  const customApps = Object.entries(cart.customData).map(([id, fields]) => ({
    id,
    major: apps.find(app => app.id === id)?.major ?? 1,
    fields,
  }))
  const customFields = extrasOf(cart).customFields ?? []
  return customApps.length === 0 && customFields.length === 0 ? null : { customApps, customFields }
}
