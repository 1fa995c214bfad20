import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { compact, renderAddressWithContact } from '../address.js'
import { extrasOf, purchaseFlowIdOf } from '../extras.js'
import { faceOf, languageOf, renderBuyer } from '../render/checkout.js'
import { couponIdOf, giftCardAppId, giftCardIdOf, obfuscated } from '../render/discounts.js'
import { isUnknown, type LineFace, renderLineItem } from '../render/line-item.js'
import { shipmentOf } from '../render/shipping.js'
import type { WixCall } from '../request.js'
import { isObject, type JsonObject, objectAt, objectsAt } from '../validation.js'
import { renderEntered, renderPlainMoney, withoutSigns } from './money.js'
import { isOfLines, linePricesV2, lineShares, renderDiscountSource, subtotalV2 } from './prices.js'

/** A cart of V2: cart and checkout in one; `orderId`: of what it became. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202. */
export function renderCartV2(
  call: Pick<WixCall, 'wire' | 'channel' | 'settings'>,
  view: CartView,
  orderId?: string,
): JsonObject {
  const priced = view.cart
  const { cart } = priced
  const extras = extrasOf(cart)
  const face = faceOf(call, cart)
  const isOrdered = cart.status === 'closed'
  return compact({
    id: cart.id,
    createdDate: cart.createdAt,
    updatedDate: cart.updatedAt,
    revision: String(cart.version),
    lineItems: priced.lines.map(line => renderLineV2(line, priced, face)),
    subtotal: renderPlainMoney(subtotalV2(priced), face),
    note: cart.customerNote,
    coupons: priced.coupons.map(({ code }) => ({ id: couponIdOf(code), code })),
    source: compact({
      channelType: extras.channelType ?? 'WEB',
      createdBy: extras.createdBy,
      externalReferences: extras.externalReference === undefined ? [] : [extras.externalReference],
      customContentReference: extras.customContentReference,
    }),
    businessInfo: compact({
      locationId: extras.businessLocationId,
      languageCode: languageOf(view.channel.locale),
      currencyCode: cart.currency,
    }),
    customerInfo: customerInfo(priced),
    deliveryInfo: deliveryInfo(priced, call.settings.weightUnit),
    taxInfo: compact({ pricesIncludeTax: cart.priceMode === 'gross', taxExemptGroupId: extras.taxExemptGroupId }),
    paymentInfo: paymentInfo(priced, face),
    orderPlaced: isOrdered,
    orderId,
    purchaseFlowId: purchaseFlowIdOf(cart),
    settings: extras.customSettings,
    customCheckoutUrl: extras.overrideCheckoutUrl,
    extendedFields: extras.extendedFields,
    currentCart: cart.isDefault && !isOrdered,
    demo: false,
  })
}

function customerInfo(priced: PricedCart): JsonObject {
  const { cart } = priced
  const { firstName, lastName, phone } = cart.buyer
  return compact({
    ...renderBuyer(cart),
    firstName,
    lastName,
    phone,
    languageCode: languageOf(cart.locale),
    currencyCode: cart.currency,
  })
}

function deliveryInfo(priced: PricedCart, weightUnit: string): JsonObject {
  const shipment = shipmentOf(priced)
  const destination = shipment?.consignment.destination
  const address = destination?.kind === 'address' ? renderAddressWithContact(destination.address).address : undefined
  return compact({ address, method: methodOf(priced), weightUnit })
}

/** What was asked for; what is merely taken unasked is told by the summary. */
function methodOf(priced: PricedCart): JsonObject | undefined {
  const shipment = shipmentOf(priced)
  const code = shipment?.consignment.selectedOption
  if (code === undefined) return undefined
  const offer = shipment?.offers.find(one => one.id === code)
  return compact({
    code,
    title: offer === undefined ? undefined : { original: offer.name, translated: offer.name },
    pickup: false,
  })
}

function paymentInfo(priced: PricedCart, face: LineFace): JsonObject {
  const { cart } = priced
  const billing = renderAddressWithContact(cart.billingAddress)
  return compact({
    giftCards: cart.giftCards.map(({ code, limit }) =>
      compact({
        id: giftCardIdOf(code),
        obfuscatedCode: obfuscated(code),
        appId: giftCardAppId,
        requestedRedeemAmount: limit === undefined ? undefined : renderPlainMoney(limit, face),
      }),
    ),
    currencyCode: cart.currency,
    billingAddress: billing.address,
    billingContact: billing.contactDetails,
  })
}

const statuses: Readonly<Record<string, string>> = {
  AVAILABLE: 'IN_STOCK',
  PARTIALLY_AVAILABLE: 'PARTIALLY_IN_STOCK',
  NOT_AVAILABLE: 'OUT_OF_STOCK',
  NOT_FOUND: 'REMOVED_FROM_CATALOG',
}

/** A group of modifiers with V2's money. */
function plainGroup(group: JsonObject): JsonObject {
  const modifiers = objectsAt(group, 'modifiers')
  return { ...group, modifiers: modifiers.map(one => ({ ...one, price: withoutSigns(objectAt(one, 'price')) })) }
}

/** A line: what V1 says of it, in the groups of V2. */
function renderLineV2(line: PricedLine, priced: PricedCart, face: LineFace): JsonObject {
  const item = renderLineItem(line, priced, face)
  const availability = objectAt(item, 'availability')
  const deposit = item.depositAmount
  const modifiers = item.modifiersTotalPrice
  const prices = linePricesV2(line, priced)
  const money = (minor: bigint) => renderEntered(isUnknown(line) ? 0n : minor, face)
  return compact({
    id: item.id,
    name: item.productName,
    quantityInfo: compact({
      confirmedQuantity: item.quantity,
      requestedQuantity: item.quantity,
      availableQuantity: availability.quantityAvailable,
      fixedQuantity: item.fixedQuantity,
    }),
    pricing: compact({
      unitPrice: money(prices.unit),
      totalPrice: money(prices.all),
      priceDescription: item.priceDescription,
      priceUndetermined: item.priceUndetermined,
      breakdown: compact({
        fullPrice: money(prices.full),
        salePrice: money(prices.sale),
        totalModifiersPrice: isObject(modifiers) ? withoutSigns(modifiers) : undefined,
      }),
    }),
    source: compact({ catalogReference: item.catalogReference, rootCatalogItemId: item.rootCatalogItemId }),
    attributes: compact({
      descriptionLines: item.descriptionLines,
      image: item.media,
      url: item.url,
      policies: item.policies ?? [],
      itemType: item.itemType,
      physicalProperties: item.physicalProperties,
      subscriptionInfo: item.subscriptionOptionInfo,
      serviceProperties: item.serviceProperties,
      membersOnly: item.membersOnly,
    }),
    deliveryConfig: compact({ deliveryProfileId: item.deliveryProfileId }),
    taxConfig: compact({ taxableAddress: item.taxableAddress }),
    paymentConfig: compact({
      savePaymentMethod: item.savePaymentMethod,
      depositAmount: isObject(deposit) ? withoutSigns(deposit) : undefined,
      paymentOption: item.paymentOption,
    }),
    status: statuses[String(availability.status)],
    extendedFields: item.extendedFields,
    modifierGroups: objectsAt(item, 'modifierGroups').map(plainGroup),
    discounts: lineShares(line, priced, isOfLines).map(({ discount, amount }) => ({
      name: { original: discount.name, translated: discount.name },
      amountOff: renderPlainMoney(amount, face),
      source: renderDiscountSource(discount, priced),
    })),
    customLineItem: item.customLineItem,
  })
}
