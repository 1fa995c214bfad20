import { divide, type Minor, sumOf } from '../../../core/money.js'
import type { Amount } from '../../../core/pricing/priced-cart.js'
import { giftCardsAlone, storeCreditIn } from '../../../core/pricing/store-credit.js'
import { integerOf } from '../ids.js'
import { decimalText, toText } from '../money.js'
import { isMadeByServer, notesOf } from '../order-notes.js'
import { awaitsMoney, statusName } from '../order-status.js'
import { mailTime } from '../time.js'
import { addressFacts } from './address.js'
import { emailOf } from './cart.js'
import { feeFacts, feesOf } from './checkout.js'
import { addressOf } from './consignment.js'
import { appliedCoupons, couponTypes } from './coupon.js'
import type { LineFigures } from './figures.js'
import { optionsOf } from './line.js'
import { methodName, type OrderContext, orderAddressId, orderLineId, shippedOf } from './order.js'

const zero = '0.0000'

/** `<name>_ex_tax`, `_inc_tax` and `_tax` of an amount. */
function threeOf<Name extends string>(name: Name, amount: Amount, text: (amount: Minor) => string) {
  return {
    [`${name}_ex_tax`]: text(amount.net),
    [`${name}_inc_tax`]: text(amount.gross),
    [`${name}_tax`]: text(amount.tax),
  }
}

const nothing: Amount = { net: 0n, tax: 0n, gross: 0n }

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
    shipping_address_count: filledConsignments(context).length,
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

function legacyAddress(facts: ReturnType<typeof addressFacts>) {
  return {
    first_name: facts.firstName,
    last_name: facts.lastName,
    company: facts.company,
    street_1: facts.address1,
    street_2: facts.address2,
    city: facts.city,
    state: facts.stateOrProvince,
    zip: facts.postalCode,
    country: facts.country,
    country_iso2: facts.countryCode,
    phone: facts.phone,
  }
}

function formFields({ customFields }: ReturnType<typeof addressFacts>) {
  return customFields.map(({ fieldId, fieldValue }) => ({ name: fieldId, value: fieldValue }))
}

/** Prices of one piece before coupons and order discounts, then of all; discounts stand beside them. */
export function legacyProducts(context: OrderContext) {
  return context.figures.lines.map(figures => legacyProduct(figures, context))
}

function legacyProduct(figures: LineFigures, context: OrderContext) {
  const { line, sale, wrapping } = figures
  const text = (amount: Minor) => toText(amount, context.order.currency)
  const quantity = BigInt(line.quantity)
  const net = divide(sale.net, quantity, 'half_away')
  const gross = divide(sale.gross, quantity, 'half_away')
  const perPiece = { net, gross, tax: gross - net }
  const consignment = context.cart.consignments.find(one => one.items.some(item => item.lineItemId === line.item.id))
  const type =
    figures.kind === 'gift_certificate' ? 'giftcertificate' : figures.kind === 'digital' ? 'digital' : 'physical'
  const name = line.item.customData?.name ?? line.name
  return {
    id: orderLineId(context, figures),
    order_id: context.orderId,
    product_id: line.variant?.productId ?? 0,
    variant_id: line.variant?.variantId ?? 0,
    order_pickup_method_id: 0,
    order_address_id: consignment === undefined ? 0 : orderAddressId(context, consignment.consignment),
    name,
    name_customer: name,
    name_merchant: name,
    sku: line.item.sku,
    upc: '',
    type,
    base_price: text(figures.listPrice),
    ...threeOf('price', perPiece, text),
    base_total: text(figures.extendedListPrice),
    ...threeOf('total', sale, text),
    ...unusedMembers(line.variant?.weightGrams ?? 0, text),
    quantity_shipped: piecesShipped(context, line.item.id),
    wrapping_id: wrapping?.id ?? 0,
    wrapping_name: wrapping?.name ?? '',
    base_wrapping_cost: text(wrapping?.price ?? 0n),
    ...threeOf('wrapping_cost', wrapping?.cost ?? nothing, text),
    wrapping_message: wrapping?.message ?? '',
    quantity: line.quantity,
    brand: line.variant?.brand ?? '',
    applied_discounts: appliedDiscounts(figures, text),
    product_options: productOptions(figures, orderLineId(context, figures)),
    configurable_fields: [],
    discounted_total_inc_tax: text(line.total.gross),
  }
}

function piecesShipped({ order }: OrderContext, lineItemId: string): number {
  const items = order.fulfillments.flatMap(fulfillment => fulfillment.items)
  return items.reduce((sum, item) => sum + (item.lineItemId === lineItemId ? item.quantity : 0), 0)
}

/** Members of a product that this store has nothing to say about, and its weight in kilograms. */
function unusedMembers(weightGrams: number, text: (amount: Minor) => string) {
  return {
    weight: decimalText(BigInt(weightGrams), 3),
    width: zero,
    height: zero,
    depth: zero,
    base_cost_price: zero,
    ...threeOf('cost_price', nothing, text),
    is_refunded: false,
    quantity_refunded: 0,
    refund_amount: zero,
    return_id: 0,
    event_name: null,
    event_date: null,
    fixed_shipping_cost: zero,
    option_set_id: null,
    parent_order_product_id: null,
    is_bundled_product: false,
    bin_picking_number: '',
    external_id: null,
    gift_certificate_id: null,
  }
}

function appliedDiscounts({ discounts }: LineFigures, text: (amount: Minor) => string) {
  return discounts.map(({ discount, amount }) => ({
    id:
      discount.source === 'coupon'
        ? 'coupon'
        : discount.source === 'manual'
          ? 'manual-discount'
          : discount.integerId.toString(),
    amount: text(amount),
    name: discount.name,
    code: discount.couponCode ?? null,
    target: discount.target === 'lines' ? 'product' : 'order',
  }))
}

function productOptions(figures: LineFigures, orderProductId: number) {
  return optionsOf(figures).map(option => ({
    id: option.valueId,
    option_id: option.nameId,
    order_product_id: orderProductId,
    product_option_id: option.nameId,
    display_name: option.name,
    display_value: option.value,
    value: option.valueId.toString(),
    name: option.name,
    type: 'Multiple choice',
    display_style: 'Dropdown',
  }))
}

/** Consignments with something in them; one that another dialect keeps for an empty cart is not shown. */
function filledConsignments({ cart }: OrderContext) {
  return cart.consignments.filter(({ items }) => items.length > 0)
}

/** Where the goods go, one entry per consignment. */
export function legacyShippingAddresses(context: OrderContext) {
  const text = (amount: Minor) => toText(amount, context.order.currency)
  return filledConsignments(context).map(priced => {
    const facts = addressFacts(addressOf(priced.consignment))
    const id = orderAddressId(context, priced.consignment)
    const path = `/orders/${context.orderId.toString()}/shipping_addresses/${id.toString()}/shipping_quotes`
    return {
      id,
      order_id: context.orderId,
      ...legacyAddress(facts),
      email: facts.email || emailOf(context),
      items_total: priced.items.reduce((sum, item) => sum + item.quantity, 0),
      items_shipped: shippedOf(context.order, priced),
      shipping_method: priced.selected?.name ?? '',
      base_cost: text(priced.price),
      ...threeOf('cost', priced.amount, text),
      cost_tax_class_id: 2,
      base_handling_cost: zero,
      ...threeOf('handling_cost', nothing, text),
      handling_cost_tax_class_id: 2,
      shipping_zone_id: integerOf('zone', facts.countryCode) % 100_000,
      shipping_zone_name: facts.country,
      shipping_quotes: { url: `${context.baseUrl}/stores/${context.settings.storeHash}/v2${path}`, resource: path },
      form_fields: formFields(facts),
    }
  })
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

/** What `consignments` of an order holds. Its lines come along where `include` asks for them. */
export function legacyConsignments(context: OrderContext) {
  const { include, baseUrl, settings, orderId } = context
  const products = legacyProducts(context)
  const resource = `/orders/${orderId.toString()}/products`
  const link = [{ url: `${baseUrl}/stores/${settings.storeHash}/v2${resource}`, resource }]
  const linesOf = (isOwn: (line: (typeof products)[number]) => boolean) =>
    include.has('consignments.lineItems') ? products.filter(isOwn) : link
  const shipping = legacyShippingAddresses(context).map(address => ({
    ...address,
    line_items: linesOf(line => line.order_address_id === address.id),
  }))
  const hasDownloads = products.some(({ type }) => type === 'digital')
  const downloads = { recipient_email: emailOf(context), line_items: linesOf(({ type }) => type === 'digital') }
  const recipients = certificateRecipients(context)
  const gift_certificates = [...new Set(recipients.values())].map(recipient_email => ({
    recipient_email,
    line_items: linesOf(({ id }) => recipients.get(id) === recipient_email),
  }))
  return { pickups: [], shipping, downloads: hasDownloads ? [downloads] : [], email: { gift_certificates } }
}

/** Who gets each gift certificate, by the line's id on the wire. */
function certificateRecipients(context: OrderContext): ReadonlyMap<number, string> {
  return new Map(
    context.figures.lines.flatMap((figures): readonly [number, string][] => {
      const { origin } = figures.line.item
      return origin.kind === 'gift_certificate' ? [[orderLineId(context, figures), origin.recipient.email]] : []
    }),
  )
}
