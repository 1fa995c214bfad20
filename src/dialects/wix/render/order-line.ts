import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import { type JsonObject, objectAt, objectsAt } from '../validation.js'
import { type LineFace, renderLineItem } from './line-item.js'
import { asOrderPrice, asTaxInfo } from './order-money.js'

/** Members that an order line has as the checkout's has them. */
const sameNames = [
  'id',
  'productName',
  'catalogReference',
  'quantity',
  'descriptionLines',
  'physicalProperties',
  'itemType',
  'paymentOption',
  'priceDescription',
  'taxableAddress',
  'priceUndetermined',
  'fixedQuantity',
  'extendedFields',
] as const

const priceNames = [
  'price',
  'priceBeforeDiscounts',
  'totalPriceBeforeTax',
  'totalPriceAfterTax',
  'lineItemPrice',
  'depositAmount',
] as const

/** Modifiers with an order's own money. */
function orderModifiers(item: JsonObject): readonly JsonObject[] {
  return objectsAt(item, 'modifierGroups').map(group => ({
    ...group,
    modifiers: objectsAt(group, 'modifiers').map(modifier => ({ ...modifier, price: asOrderPrice(modifier.price) })),
  }))
}

/** A line of an order: the checkout's, frozen, with an order's own money. Source: dialects/wix.md 4.10. */
export function renderOrderLine(line: PricedLine, priced: PricedCart, face: LineFace): JsonObject {
  const item = renderLineItem(line, priced, face)
  const settings = objectAt(objectAt(item, 'subscriptionOptionInfo'), 'subscriptionSettings')
  const title = objectAt(objectAt(item, 'subscriptionOptionInfo'), 'title').original
  return compact({
    ...Object.fromEntries(sameNames.map(name => [name, item[name]])),
    ...Object.fromEntries(
      priceNames.flatMap(name => (item[name] === undefined ? [] : [[name, asOrderPrice(item[name])]])),
    ),
    totalDiscount: asOrderPrice(item.discount),
    image: item.media,
    taxInfo: asTaxInfo(objectAt(item, 'taxDetails'), priced.cart.priceMode === 'gross'),
    locations: [],
    modifierGroups: orderModifiers(item),
    subscriptionInfo:
      title === undefined
        ? undefined
        : { cycleNumber: 1, subscriptionOptionTitle: title, subscriptionSettings: settings },
  })
}
