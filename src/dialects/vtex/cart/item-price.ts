import type { PriceOrigin } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { parseAmount } from '../money.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { actorOf } from './items.js'
import { recomputed } from './recompute.js'

/**
 * PUT .../items/{itemIndex}/price: 200, every item of that SKU has this price; 403 CHK003 unless the configuration allows
 * it, 400 CHK0041, CHK0025.
 */
export async function putItemPrice(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const price = isObject(request.body) ? parseAmount(request.body.price) : undefined
  if (price === undefined) return respondError(fixed.invalidPrice)
  return changePrice(request, operations, { kind: 'manual', unitPrice: price, by: actorOf(request) })
}

/** DELETE .../items/{itemIndex}/price: 200, the catalog's price again. */
export async function deleteItemPrice(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changePrice(request, operations, { kind: 'catalog' })
}

async function changePrice(request: CartRequest, operations: Operations, origin: PriceOrigin): Promise<WireResponse> {
  if (request.settings.orderForm.allowManualPrice !== true) return respondError(fixed.accessDenied)
  const index = wholeOf(request.params.itemIndex)
  return changeOrderForm(
    request,
    operations,
    desk => {
      const line = index === undefined ? undefined : desk.cart.lineItems[index]
      if (line === undefined) return refuseWith(fixed.invalidItemIndex)
      const edits = desk.cart.lineItems
        .filter(one => one.sku === line.sku && one.giftOf === undefined)
        .map((one): CartEdit => ({ kind: 'change_line', lineItemId: one.id, changes: { origin } }))
      const changed = desk.edit(edits)
      return changed.ok ? recomputed(changed.value, desk) : changed
    },
    { pricesAreOpen: true },
  )
}
