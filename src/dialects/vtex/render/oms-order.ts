import { toWire } from '../money.js'
import type { OrderContext } from '../orders/order-context.js'
import { renderItemMetadata } from './item.js'
import { renderOrder } from './order.js'
import { describeStatus, orderStatusOf } from './order-state.js'
import { orderValueOf } from './order-value.js'

/** One seller's order as order management shows it. Source: dialects/vtex.md 4.7. */
export function renderOmsOrder(context: OrderContext) {
  const { view, part } = context
  const { order } = view
  const shown = renderOrder(context)
  const { state: _state, isUserDataVisible: _visible, hostName, orderFormCreationDate: _made, ...kept } = shown
  const status = orderStatusOf(order)
  const isCanceled = order.status === 'canceled'
  return {
    ...kept,
    sequence: String(order.integerId),
    marketplaceOrderId: '',
    marketplaceServicesEndpoint: '',
    origin: 'Marketplace',
    affiliateId: '',
    status,
    statusDescription: describeStatus(status),
    workflowIsInError: false,
    lastMessage: null,
    hostname: hostName,
    orderFormId: order.cartId.replaceAll('-', ''),
    authorizedDate: order.status === 'confirmed' ? order.updatedAt : null,
    invoicedDate: null,
    cancelReason: order.cancelReason ?? null,
    sellers: shown.sellers.map(seller => ({ ...seller, logo: seller.logo ?? '', fulfillmentEndpoint: '' })),
    marketplaceItems: [],
    shippingData: { id: 'shippingData', ...omsShipping(shown) },
    packageAttachment: { packages: [] },
    callCenterOperatorData: null,
    changesAttachment: null,
    marketplace: { baseURL: '', isCertified: null, name: '' },
    itemMetadata: { Items: capitalized(renderItemMetadata(context).items) },
    storePreferencesData: { ...shown.storePreferencesData, currencyFormatInfo: formatOf(shown) },
    cancellationData: isCanceled
      ? {
          RequestedByUser: true,
          RequestedBySystem: false,
          RequestedBySellerNotification: false,
          RequestedByPaymentNotification: false,
          Reason: order.cancelReason ?? null,
          CancellationDate: order.updatedAt,
        }
      : null,
    authorizationPolicyData: null,
    value: toWire(orderValueOf({ view, part })),
  }
}

type Shown = ReturnType<typeof renderOrder>

/** Of each item, the way that was chosen, with its prices beside. */
function omsShipping({ shippingData }: Shown) {
  const { address, selectedAddresses } = shippingData
  return {
    address,
    logisticsInfo: shippingData.logisticsInfo.map(info => {
      const sla = info.slas.find(({ id }) => id === info.selectedSla)
      return {
        ...info,
        lockTTL: sla?.lockTTL ?? '10d',
        price: sla?.listPrice ?? 0,
        listPrice: sla?.listPrice ?? 0,
        sellingPrice: sla?.price ?? 0,
        deliveryWindow: sla?.deliveryWindow ?? null,
        deliveryCompany: sla?.deliveryIds[0]?.courierName ?? '',
        shippingEstimate: sla?.shippingEstimate ?? '',
        shippingEstimateDate: sla?.shippingEstimateDate ?? null,
        deliveryChannel: info.selectedDeliveryChannel,
        pickupStoreInfo: sla?.pickupStoreInfo ?? null,
        deliveryIds: sla?.deliveryIds ?? [],
      }
    }),
    selectedAddresses,
    trackingHints: null,
  }
}

function capitalized(items: readonly Readonly<Record<string, unknown>>[]) {
  return items.map(item =>
    Object.fromEntries(Object.entries(item).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value])),
  )
}

function formatOf({ storePreferencesData: { currencyFormatInfo } }: Shown) {
  return capitalized([currencyFormatInfo])[0] ?? {}
}

/** One entry of a list of orders. */
export function renderOmsListEntry(context: OrderContext) {
  const { view, part, priced } = context
  const { order } = view
  const status = orderStatusOf(order)
  const { buyer } = priced.cart
  const shown = renderOrder(context)
  return {
    orderId: part.number,
    creationDate: order.placedAt,
    clientName: [buyer.firstName, buyer.lastName].filter(name => name !== undefined).join(' '),
    items: shown.items.map(({ seller, quantity, name, ean, refId, id, productId, sellingPrice, price }) => ({
      ...{ seller, quantity, description: name, ean, refId, id, productId, sellingPrice, price },
    })),
    totalValue: toWire(orderValueOf(context)),
    paymentNames: order.snapshot.payments.map(({ method }) => method.name).join(', '),
    status,
    statusDescription: describeStatus(status),
    marketPlaceOrderId: null,
    sequence: String(order.integerId),
    salesChannel: context.settings.salesChannel,
    affiliateId: '',
    origin: 'Marketplace',
    workflowInErrorState: false,
    workflowInRetry: false,
    lastMessageUnread: null,
    ShippingEstimatedDate: null,
    ShippingEstimatedDateMax: null,
    ShippingEstimatedDateMin: null,
    orderIsComplete: shown.isCompleted,
    listId: null,
    listType: null,
    authorizedDate: order.status === 'confirmed' ? order.updatedAt : null,
    callCenterOperatorName: null,
    totalItems: priced.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    currencyCode: priced.currency,
  }
}
