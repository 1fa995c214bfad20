import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import { isObject, type JsonObject, objectAt } from '../validation.js'
import type { LineFace } from './line-item.js'
import { asOrderPrice, asTaxInfo } from './order-money.js'
import { renderShippingInfo } from './shipping.js'

/** `shippingInfo` of an order: what was chosen, and where it goes. Absent where nothing is sent. Source: 4.10. */
export function renderOrderShipping(priced: PricedCart, face: LineFace): JsonObject | undefined {
  const info = renderShippingInfo(priced, face)
  const selected = info.selectedCarrierServiceOption
  if (!isObject(selected)) return undefined
  const cost = objectAt(selected, 'cost')
  const isPickup = priced.cart.consignments[0]?.destination.kind === 'pickup'
  return {
    carrierId: selected.carrierId,
    code: selected.code,
    title: selected.title,
    logistics: compact({
      ...objectAt(selected, 'logistics'),
      ...(isPickup
        ? { pickupDetails: { pickupMethod: 'STORE_PICKUP' } }
        : { shippingDestination: info.shippingDestination }),
    }),
    cost: {
      price: asOrderPrice(cost.price),
      discount: asOrderPrice(cost.totalDiscount),
      totalPriceBeforeTax: asOrderPrice(cost.totalPriceBeforeTax),
      totalPriceAfterTax: asOrderPrice(cost.totalPriceAfterTax),
      taxInfo: asTaxInfo(objectAt(cost, 'taxDetails'), priced.cart.priceMode === 'gross'),
    },
    region: { name: objectAt(info, 'region').name ?? '' },
  }
}
