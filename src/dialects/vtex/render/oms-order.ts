import type { WireAddress } from '../address.js'
import { extrasOf } from '../extras.js'
import { toWire } from '../money.js'
import type { OrderContext } from '../orders/order-context.js'
import { renderItemMetadata } from './item.js'
import { renderOmsItems, renderPackages } from './oms-items.js'
import { renderOmsPayments } from './oms-payments.js'
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
    invoicedDate: status === 'invoiced' ? (order.fulfillments.at(-1)?.at ?? null) : null,
    cancelReason: order.cancelReason ?? null,
    sellers: shown.sellers.map(seller => ({ ...seller, logo: seller.logo ?? '', fulfillmentEndpoint: '' })),
    items: renderOmsItems(shown),
    marketplaceItems: [],
    clientProfileData: omsProfile(context, shown),
    marketingData:
      shown.marketingData === null ? null : { id: 'marketingData', utmPartner: null, ...shown.marketingData },
    ratesAndBenefitsData: { id: 'ratesAndBenefitsData', ...shown.ratesAndBenefitsData },
    shippingData: { id: 'shippingData', ...omsShipping(shown) },
    paymentData: renderOmsPayments(shown.paymentData),
    packageAttachment: { packages: renderPackages(context, shown.items) },
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

/** Who bought, and which registered customer that is. */
function omsProfile({ view: { order }, priced }: OrderContext, { clientProfileData }: Shown) {
  if (clientProfileData === null) return null
  const { owner } = order
  const member = owner.kind === 'member' ? owner.customerId : priced.cart.buyer.customerId
  const userProfileId = member ?? extrasOf(priced.cart).profileId ?? null
  const known = { id: 'clientProfileData', userProfileId, userProfileVersion: null, customerCode: null }
  return { ...known, ...clientProfileData }
}

/** Addresses have no versions here. */
function omsAddress(address: WireAddress) {
  return { ...address, versionId: null, entityId: null }
}

/** Of each item, the way that was chosen, with its prices beside. */
function omsShipping({ shippingData }: Shown) {
  const { address, selectedAddresses, contactInformation } = shippingData
  return {
    address: address === null ? null : omsAddress(address),
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
        deliveryIds: (sla?.deliveryIds ?? []).map(one => ({ ...one, accountCarrierName: one.courierName })),
        deliveryChannels: info.deliveryChannels.map(({ id }) => ({ id, stockBalance: 0 })),
        versionId: null,
        entityId: null,
        polygonName: sla?.polygonName ?? null,
        pickupPointId: sla?.pickupPointId ?? null,
        transitTime: sla?.transitTime ?? null,
      }
    }),
    selectedAddresses: selectedAddresses.map(omsAddress),
    contactInformation,
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
