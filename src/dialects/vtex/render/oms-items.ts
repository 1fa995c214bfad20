import type { Fulfillment } from '../../../core/orders/order.js'
import type { OrderContext } from '../orders/order-context.js'
import type { renderOrder } from './order.js'

type Shown = ReturnType<typeof renderOrder>

/** The items of an order with what order management tells of each besides. What the store does not know is zero or null. */
export function renderOmsItems({ items, sellerOrderId }: Pick<Shown, 'items' | 'sellerOrderId'>) {
  return items.map(item => ({
    ...item,
    lockId: sellerOrderId,
    itemAttachment: item.attachments[0] ?? { content: {}, name: null },
    params: [],
    sellerSku: item.id,
    commission: 0,
    freightCommission: 0,
    shippingPrice: null,
    callCenterOperator: null,
    serialNumbers: null,
    costPrice: null,
    additionalInfo: {
      ...item.additionalInfo,
      categoriesIds: item.productCategoryIds,
      categories: Object.entries(item.productCategories).map(([id, name]) => ({ id: Number(id), name })),
      productClusterId: '',
      commercialConditionId: '',
    },
    // Both spellings are read: one is documented, the other is what orderForms say.
    priceDefinitions: item.priceDefinition,
  }))
}

/** What was sent of an order, one package each time. Who carries it and where it is are told as they were noted. */
export function renderPackages({ view: { order }, priced }: OrderContext, items: Shown['items']) {
  return order.fulfillments.flatMap(sent => {
    const packed = priced.lines.flatMap(({ item: { id } }, itemIndex) => {
      const quantity = sent.items.find(({ lineItemId }) => lineItemId === id)?.quantity ?? 0
      const item = items[itemIndex]
      if (quantity === 0 || item === undefined) return []
      const { sellingPrice, name, unitMultiplier } = item
      return [{ itemIndex, quantity, price: sellingPrice, description: name, unitMultiplier }]
    })
    return packed.length === 0 ? [] : [packageOf(sent, packed)]
  })
}

function packageOf(
  { id, carrier, trackingNumber, trackingUrl, at }: Fulfillment,
  items: readonly { readonly quantity: number; readonly price: number }[],
) {
  return {
    items,
    courier: carrier ?? null,
    invoiceNumber: id,
    invoiceValue: items.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
    invoiceUrl: null,
    issuanceDate: at,
    trackingNumber: trackingNumber ?? null,
    invoiceKey: null,
    trackingUrl: trackingUrl ?? null,
    embeddedInvoice: null,
    type: 'Output',
    courierStatus: null,
    cfop: null,
    restitutions: {},
    volumes: null,
    EnableInferItems: null,
  }
}
