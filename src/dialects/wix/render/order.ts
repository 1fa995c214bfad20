import type { Channel } from '../../../core/catalog/channel.js'
import { sumOf } from '../../../core/money.js'
import { amountOutstanding } from '../../../core/orders/amount-owed.js'
import type { Order } from '../../../core/orders/order.js'
import type { Payment } from '../../../core/payments/payment.js'
import type { OrderView } from '../../../operations/operations.js'
import { compact, renderAddressWithContact } from '../address.js'
import { extrasOf, purchaseFlowIdOf } from '../extras.js'
import { derivedGuid } from '../ids.js'
import { renderRate } from '../money.js'
import { settingsOf } from '../settings.js'
import type { JsonObject } from '../validation.js'
import type { LineFace } from './line-item.js'
import { renderOrderDiscounts, renderOrderFees } from './order-adjustments.js'
import { renderOrderLine } from './order-line.js'
import { renderOrderPrice } from './order-money.js'
import { renderOrderShipping } from './order-shipping.js'
import { fulfillmentStatusOf, orderStatuses, paidOnce, paymentStatusOf } from './order-state.js'

/** What an order's answer depends on besides the order. */
export function orderFaceOf(order: Order, channel: Channel, baseUrl: string): LineFace {
  const settings = settingsOf(channel)
  return {
    currency: order.currency,
    locale: order.snapshot.cart.locale.replace('_', '-'),
    baseUrl,
    siteUrl: settings.siteUrl ?? baseUrl,
    catalogAppId: settings.catalogAppId,
  }
}

/** An order. Source: dialects/wix.md 4.10. */
export function renderOrder({ order, payments, channel }: OrderView, baseUrl: string): JsonObject {
  const { snapshot } = order
  const { cart } = snapshot
  const face = orderFaceOf(order, channel, baseUrl)
  const extras = extrasOf(order)
  const language = face.locale.split('-')[0]
  const destination = cart.consignments[0]?.destination
  const recipient = destination?.kind === 'address' ? destination.address : cart.billingAddress
  return compact({
    id: order.id,
    number: order.number,
    createdDate: order.placedAt,
    updatedDate: order.updatedAt,
    purchasedDate: order.placedAt,
    lineItems: snapshot.lines.map(line => renderOrderLine(line, snapshot, face)),
    buyerInfo: buyerInfoOf(order),
    paymentStatus: paymentStatusOf(order, payments),
    fulfillmentStatus: fulfillmentStatusOf(order),
    buyerLanguage: language,
    weightUnit: settingsOf(channel).weightUnit,
    currency: order.currency,
    currencyConversionDetails: { originalCurrency: order.currency, conversionRate: '1' },
    taxIncludedInPrices: cart.priceMode === 'gross',
    siteLanguage: channel.locale.split(/[-_]/)[0],
    priceSummary: renderPriceSummary(order, face),
    billingInfo: renderAddressWithContact(cart.billingAddress),
    shippingInfo: renderOrderShipping(snapshot, face),
    recipientInfo: renderAddressWithContact(recipient),
    buyerNote: cart.customerNote,
    status: orderStatuses[order.status],
    archived: false,
    taxInfo: renderTaxInfo(order, face),
    taxSummary: { totalTax: renderOrderPrice(snapshot.totals.tax, face) },
    appliedDiscounts: renderOrderDiscounts(snapshot, face),
    activities: renderActivities(order, payments),
    attributionSource: 'UNSPECIFIED',
    createdBy: extras.createdBy ?? ownerOf(order),
    channelInfo: { type: extras.channelType ?? 'WEB' },
    checkoutId: order.cartId,
    customFields: extras.customFields ?? [],
    balanceSummary: renderBalance(order, payments, face),
    additionalFees: renderOrderFees(snapshot, face),
    extendedFields: extras.extendedFields,
    purchaseFlowId: purchaseFlowIdOf(cart),
    businessLocation: extras.businessLocationId === undefined ? undefined : { id: extras.businessLocationId },
    seenByAHuman: false,
  })
}

/** `{memberId | visitorId}` of whoever the order belongs to; nothing where that is nobody here. */
function ownerOf({ owner }: Order): JsonObject {
  if (owner.kind === 'member') return { memberId: owner.customerId }
  return owner.kind === 'visitor' ? { visitorId: owner.visitorId } : {}
}

/** A member's contact has the member's id, as the members service shows it. */
function buyerInfoOf(order: Order): JsonObject {
  const own = order.owner.kind === 'member' ? order.owner.customerId : undefined
  return compact({ ...ownerOf(order), contactId: order.snapshot.cart.buyer.contactId ?? own, email: order.email })
}

/** Here the gift card is a payment: the total is what the order costs. */
function renderPriceSummary(order: Order, face: LineFace): JsonObject {
  const { totals } = order.snapshot
  const price = (minor: bigint) => renderOrderPrice(minor, face)
  return {
    subtotal: price(totals.subtotal),
    shipping: price(totals.shipping),
    tax: price(totals.tax),
    discount: price(totals.discount),
    total: price(totals.grandTotal),
    totalPrice: price(totals.grandTotal),
    totalWithGiftCard: price(totals.amountDue),
    totalWithoutGiftCard: price(totals.grandTotal),
    totalAdditionalFees: price(totals.fees),
  }
}

function renderTaxInfo({ snapshot }: Order, face: LineFace): JsonObject {
  return {
    totalTax: renderOrderPrice(snapshot.totals.tax, face),
    taxBreakdown: snapshot.taxes.map(tax => ({
      taxName: tax.name,
      taxType: tax.name,
      jurisdiction: tax.name,
      jurisdictionType: 'UNDEFINED',
      rate: renderRate(tax.rate),
      aggregatedTaxAmount: renderOrderPrice(tax.amount, face),
    })),
  }
}

function renderBalance(order: Order, payments: readonly Payment[], face: LineFace): JsonObject {
  const price = (minor: bigint) => renderOrderPrice(minor, face)
  const amountIn = (...states: readonly Payment['state'][]) =>
    sumOf(payments.filter(({ state }) => states.includes(state)).map(({ amount }) => amount))
  const stands = order.status === 'pending' || order.status === 'confirmed'
  const byGiftCard = stands ? sumOf(order.holds.giftCards.map(({ amount }) => amount)) : 0n
  const captured = sumOf(payments.map(payment => payment.captured))
  const refunded = sumOf(payments.map(payment => payment.refunded))
  const due = sumOf(payments.filter(({ state }) => state === 'refund_due').map(each => each.captured - each.refunded))
  return {
    balance: price(stands ? amountOutstanding(order, payments) : 0n),
    paid: price(captured + byGiftCard),
    refunded: price(refunded),
    authorized: price(sumOf(payments.filter(isReserved).map(({ amount }) => amount))),
    pendingRefund: price(due),
    pending: price(amountIn('created', 'unknown', 'requires_action', 'pending')),
  }
}

/** Money that a gateway holds ready; a promise to pay on account is none. */
function isReserved({ state, provider }: Payment): boolean {
  return state === 'authorized' && provider !== 'manual'
}

function renderActivities(order: Order, payments: readonly Payment[]): readonly JsonObject[] {
  const rows: { readonly type: string; readonly createdDate: string }[] = [
    { type: 'ORDER_PLACED', createdDate: order.placedAt },
  ]
  const paid = paidOnce(order, payments)
  const captures = payments.filter(payment => payment.captured > 0n)
  const last =
    captures
      .map(({ refunded, createdAt, updatedAt }) => (refunded > 0n ? createdAt : updatedAt))
      .sort()
      .at(-1) ?? order.placedAt
  if (paid === 'all') rows.push({ type: 'ORDER_PAID', createdDate: last })
  if (paid === 'part') rows.push({ type: 'ORDER_PARTIALLY_PAID', createdDate: last })
  for (const { at } of payments.flatMap(payment => payment.refunds ?? [])) {
    rows.push({ type: 'PAYMENT_REFUNDED', createdDate: at })
  }
  for (const { at } of order.fulfillments) rows.push({ type: 'ORDER_FULFILLED', createdDate: at })
  if (order.status === 'canceled') rows.push({ type: 'ORDER_CANCELED', createdDate: order.updatedAt })
  return rows.map(({ type, createdDate }, index) => ({
    id: derivedGuid('activity', `${order.id}/${index}/${type}`),
    type,
    activityType: type,
    createdDate,
  }))
}
