import { type Minor, sumOf } from '../../../core/money.js'
import { giftCardsAlone, storeCreditIn } from '../../../core/pricing/store-credit.js'
import { integerOf } from '../ids.js'
import { decimalText, toText } from '../money.js'
import { isMadeByServer, notesOf } from '../order-notes.js'
import { awaitsMoney, statusName } from '../order-status.js'
import { mailTime } from '../time.js'
import { addressFacts } from './address.js'
import { emailOf } from './cart.js'
import { feeFacts, feesOf } from './checkout.js'
import { appliedCoupons, couponTypes } from './coupon.js'
import { legacyConsignments, sentConsignments } from './legacy-consignment.js'
import { formFields, legacyAddress, nothing, threeOf, zero } from './legacy-parts.js'
import { methodName, type OrderContext } from './order.js'

/** An order as v2 shows it. Amounts are texts with four decimals. Source: dialects/bigcommerce.md 4.6. */
export function legacyOrder(context: OrderContext) {
  const { order, cart, figures, customer, settings, orderId, statusId } = context
  const text = (amount: Minor) => toText(amount, order.currency)
  const notes = notesOf(order)
  const coupons = appliedCoupons(context).reduce((sum, { amount }) => sum + amount, 0n)
  const goods = figures.lines.filter(({ kind }) => kind !== 'gift_certificate')
  const path = `${context.baseUrl}/stores/${settings.storeHash}/v2/orders/${orderId.toString()}`
  const link = (name: string) => ({ url: `${path}/${name}`, resource: `/orders/${orderId.toString()}/${name}` })
  return {
    id: orderId,
    customer_id: customer?.integerId ?? 0,
    date_created: mailTime(order.placedAt),
    date_modified: mailTime(order.updatedAt),
    date_shipped: dateShipped(order),
    status_id: statusId,
    status: statusName(statusId),
    custom_status: statusName(statusId),
    ...costMembers(context),
    items_total: goods.reduce((sum, { line }) => sum + line.quantity, 0),
    items_shipped: order.fulfillments.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0),
    ...paymentMembers(context),
    refunded_amount: text(context.payments.reduce((sum, payment) => sum + payment.refunded, 0n)),
    order_is_digital: goods.length > 0 && goods.every(({ kind }) => kind === 'digital'),
    store_credit_amount: text(storeCreditIn(cart)?.used ?? 0n),
    gift_certificate_amount: text(sumOf(giftCardsAlone(cart).map(({ used }) => used))),
    ip_address: cart.cart.buyer.ipAddress ?? '',
    ip_address_v6: '',
    geoip_country: '',
    geoip_country_iso2: '',
    ...currencyMembers(context),
    staff_notes: notes.staffNotes,
    customer_message: notes.customerMessage,
    discount_amount: text(figures.discountAmount),
    coupon_discount: text(coupons),
    shipping_address_count: sentConsignments(context).length,
    ebay_order_id: '0',
    cart_id: order.cartId,
    billing_address: legacyBilling(context),
    is_email_opt_in: false,
    credit_card_type: null,
    order_source: isMadeByServer(order) ? 'checkout_api' : 'www',
    channel_id: settings.channelId,
    external_source: null,
    external_id: null,
    external_merchant_id: null,
    tax_provider_id: 'BasicTaxProvider',
    customer_locale: cart.cart.locale.replace('_', '-'),
    external_order_id: notes.externalOrderId,
    is_deleted: false,
    fees: context.include.has('fees') ? legacyFees(context) : link('fees'),
    products: link('products'),
    shipping_addresses: link('shipping_addresses'),
    coupons: link('coupons'),
    consignments: asksForConsignments(context) ? legacyConsignments(context) : link('consignments'),
  }
}

function asksForConsignments({ include }: OrderContext): boolean {
  return include.has('consignments') || include.has('consignments.lineItems')
}

/** Goods, shipping and total, each without tax, with it, and the tax. */
function costMembers({ order, cart, figures }: OrderContext) {
  const { totals } = cart
  const text = (amount: Minor) => toText(amount, order.currency)
  return {
    ...threeOf('subtotal', figures.subtotal, text),
    base_shipping_cost: text(totals.shipping),
    ...threeOf('shipping_cost', totals.shippingAmount, text),
    shipping_cost_tax_class_id: 2,
    base_handling_cost: zero,
    ...threeOf('handling_cost', nothing, text),
    handling_cost_tax_class_id: 2,
    base_wrapping_cost: text(figures.wrappingPrice),
    ...threeOf('wrapping_cost', figures.wrapping, text),
    wrapping_cost_tax_class_id: 3,
    total_ex_tax: text(totals.grandTotal - totals.tax),
    total_inc_tax: text(totals.grandTotal),
    total_tax: text(totals.tax),
    is_tax_inclusive_pricing: figures.isTaxIncluded,
  }
}

function currencyMembers({ order, channel }: OrderContext) {
  return {
    currency_id: integerOf('currency', order.currency) % 1000,
    currency_code: order.currency,
    currency_exchange_rate: '1.0000000000',
    default_currency_id: integerOf('currency', channel.currency) % 1000,
    default_currency_code: channel.currency,
    store_default_currency_code: channel.currency,
    store_default_to_transactional_exchange_rate: '1.0000000000',
  }
}

/** Charges added by hand, as orders show them. */
export function legacyFees(context: OrderContext) {
  const text = (amount: Minor) => toText(amount, context.order.currency)
  return feesOf(context.cart).map(fee => {
    const { name, displayName, source, taxClassId } = feeFacts(fee, context)
    return {
      id: integerOf('fee', fee.id),
      type: 'custom_fee',
      name,
      display_name_customer: displayName,
      display_name_merchant: displayName,
      source,
      base_cost: text(fee.price),
      ...threeOf('cost', fee.amount, text),
      tax_class_id: taxClassId,
    }
  })
}

/** By the first attempt that did not fail; gift certificates alone leave nothing to name. */
function paymentMembers({ payments, order }: OrderContext) {
  const payment = payments.find(one => one.state !== 'failed' && one.state !== 'voided')
  const states: Partial<Record<typeof order.paymentStatus, string>> = {
    pending: 'pending',
    authorized: 'authorized',
    partially_paid: 'pending',
    paid: 'captured',
    partially_refunded: 'partially refunded',
    refunded: 'refunded',
    voided: 'void',
    failed: 'declined',
  }
  const isIncomplete = order.status === 'incomplete'
  return {
    payment_method: payment === undefined ? '' : methodName(payment),
    payment_provider_id: payment?.gatewayReference ?? '',
    payment_status: isIncomplete ? '' : awaitsMoney(payments) ? 'pending' : (states[order.paymentStatus] ?? ''),
  }
}

/** When the last piece left; empty while some are still here. */
function dateShipped({ fulfillments, fulfillmentStatus }: OrderContext['order']): string {
  const last = fulfillments.at(-1)
  return fulfillmentStatus !== 'fulfilled' || last === undefined ? '' : mailTime(last.at)
}

function legacyBilling(context: OrderContext) {
  const facts = addressFacts(context.cart.cart.billingAddress)
  return { ...legacyAddress(facts), email: facts.email || emailOf(context), form_fields: formFields(facts) }
}

/** Coupons of an order; `amount` is the coupon's own where it is a percentage, `discount` what it took off. */
export function legacyOrderCoupons(context: OrderContext) {
  return appliedCoupons(context).map(({ coupon, type, rate, amount }) => ({
    id: context.order.integerId * 100 + coupon.integerId,
    coupon_id: coupon.integerId,
    order_id: context.orderId,
    code: coupon.code,
    amount: rate === undefined ? toText(amount, context.order.currency) : decimalText(rate.micros, 4),
    type: couponTypes.indexOf(type),
    discount: Number(toText(amount, context.order.currency)),
  }))
}
