import { extrasOf } from '../extras.js'
import { toWire } from '../money.js'
import { transactionIdOf } from '../order-token.js'
import type { OrderContext } from '../orders/order-context.js'
import { renderClientProfile } from './client-profile.js'
import { renderCustomData } from './custom-data.js'
import { renderItemMetadata, renderItems } from './item.js'
import {
  renderMarketingData,
  renderMerchantContext,
  renderPreferences,
  renderRatesAndBenefits,
  renderSellers,
} from './order-form.js'
import { renderOrderPayment } from './order-payment.js'
import { isCompleted, mayCancel, mayChangeSeller, orderStatusOf } from './order-state.js'
import { orderValueOf } from './order-value.js'
import { renderGiftCards } from './payment-data.js'
import { renderTaxData } from './quoted-tax.js'
import { renderShippingData } from './shipping-data.js'
import { renderStorePreferences } from './store-preferences.js'
import { renderSubscriptionData } from './subscription-data.js'
import { renderOrderTotals } from './totalizers.js'

/** One seller's order as the checkout shows it. Source: dialects/vtex.md 4.6. */
export function renderOrder(context: OrderContext) {
  const { view, part, priced, channel, settings } = context
  const { order } = view
  const extras = extrasOf(priced.cart)
  const value = orderValueOf(context)
  return {
    orderId: part.number,
    orderGroup: order.number,
    state: isCompleted(order) ? orderStatusOf(order) : null,
    isCheckedIn: extras.isCheckedIn ?? false,
    sellerOrderId: `00-${part.number}`,
    storeId: extras.storeId ?? null,
    checkedInPickupPointId: null,
    value: toWire(value),
    items: renderItems(context),
    sellers: renderSellers(context),
    totals: renderOrderTotals(context, value - part.total),
    clientProfileData: renderClientProfile(context),
    ratesAndBenefitsData: renderRatesAndBenefits(context),
    shippingData: renderShippingData(context),
    paymentData: renderOrderPayments(context),
    clientPreferencesData: renderPreferences(context),
    commercialConditionData: null,
    giftRegistryData: null,
    marketingData: renderMarketingData(context),
    storePreferencesData: renderStorePreferences(channel, priced.currency),
    openTextField: priced.cart.customerNote === undefined ? null : { value: priced.cart.customerNote },
    invoiceData: extras.invoiceAddress === undefined ? null : { address: extras.invoiceAddress },
    itemMetadata: renderItemMetadata(context),
    taxData: renderTaxData(context),
    customData: renderCustomData(priced.cart, settings.orderForm.apps ?? []),
    hooksData: null,
    changeData: null,
    subscriptionData: renderSubscriptionData(context),
    merchantContextData: renderMerchantContext(extras.salesAssociateId),
    salesChannel: settings.salesChannel,
    followUpEmail: order.email ?? null,
    ...renderDates(context),
    isCompleted: isCompleted(order),
    hostName: hostOf(context.baseUrl),
    merchantName: settings.merchantName,
    userType: null,
    roundingError: 0,
    allowEdition: false,
    allowCancellation: mayCancel(order),
    allowCancelation: mayCancel(order),
    allowChangeSeller: mayChangeSeller(order, settings.windowToChangeSeller, context.today),
    isUserDataVisible: !context.isMasked,
  }
}

function renderDates({ view: { order, channel } }: OrderContext) {
  return {
    creationDate: order.placedAt,
    lastChange: order.updatedAt,
    timeZoneCreationDate: channel.timeZone,
    timeZoneLastChange: channel.timeZone,
    orderFormCreationDate: order.snapshot.cart.createdAt,
  }
}

/** Gift cards, and the one transaction that pays for all parts of the order. */
export function renderOrderPayments(context: OrderContext) {
  const { order, payments } = context.view
  const { settings } = context
  const transaction = {
    isActive: order.status !== 'canceled' || payments.length === 0,
    transactionId: transactionIdOf(order.id),
    merchantName: settings.merchantName,
    payments: order.snapshot.payments.map(payment => renderOrderPayment(payment, context)),
    sharedTransaction: false,
  }
  return {
    giftCards: renderGiftCards({ priced: order.snapshot }),
    transactions: order.amountDue === 0n ? [] : [transaction],
  }
}

export function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).hostname : baseUrl
}
