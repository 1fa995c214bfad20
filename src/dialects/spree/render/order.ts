import type { CheckoutStep } from '../../../core/cart/cart.js'
import { checkoutSteps, currentStep, shippingAddressOf } from '../../../core/cart/checkout-steps.js'
import { sumOf } from '../../../core/money.js'
import { amountOwed } from '../../../core/orders/amount-owed.js'
import type { ShippingOffer } from '../../../core/pricing/priced-cart.js'
import type { Offers, PurchaseView } from '../../../operations/operations.js'
import { extrasOf } from '../extras.js'
import { addressId, cancelerId, numberOf, stateOfOrder } from '../ids.js'
import { display, toWire } from '../money.js'
import type { SpreeSettings } from '../settings.js'
import { renderAddress } from './address.js'
import { orderAdjustments } from './adjustment.js'
import { renderLineItem } from './line-item.js'
import { paymentsOf, renderCard, renderNestedPayment, renderPaymentMethod, type WirePayment } from './payment.js'
import { categoriesOf, renderShipment, shipmentState, shipmentsOf } from './shipment.js'
import { zonesOf, zonesOfMethod } from './zone.js'

/** What an order is shown with besides itself. */
export interface OrderContext {
  readonly offers: Offers
  readonly settings: SpreeSettings
  /** Whether the caller may change it although it is completed. */
  readonly isAdmin: boolean
}

export type OrderState = CheckoutStep | 'canceled'

/** Where an order stands. */
export function orderState({ cart, order, ahead }: PurchaseView, { rules }: Pick<SpreeSettings, 'rules'>): OrderState {
  if (ahead !== undefined) return checkoutSteps(cart, rules).includes('confirm') ? 'confirm' : 'payment'
  return order === undefined ? currentStep(cart) : stateOfOrder(order)
}

/** The part of an order that lists show: everything but what it is made of. */
export function renderOrderSummary(view: PurchaseView, context: OrderContext) {
  const { cart: priced, order } = view
  const { cart, currency, totals } = priced
  const money = moneyOf(view)
  const extras = extrasOf(order ?? cart)
  const placedAt = order === undefined || order.status === 'pending' ? null : order.placedAt
  return {
    id: cart.integerId,
    number: numberOf(cart, order),
    item_total: toWire(totals.subtotal, currency),
    total: toWire(totals.grandTotal, currency),
    ship_total: toWire(totals.shipping, currency),
    state: orderState(view, context.settings),
    adjustment_total: toWire(money.adjustments, currency),
    user_id: typeof extras.userId === 'number' ? extras.userId : null,
    created_at: cart.createdAt,
    updated_at: (order ?? view.ahead)?.updatedAt ?? cart.updatedAt,
    completed_at: placedAt,
    payment_total: toWire(money.paid, currency),
    shipment_state: shipmentStateOf(view),
    payment_state: paymentStateOf(view),
    email: order?.email ?? cart.buyer.email ?? null,
    special_instructions: cart.customerNote || null,
    channel: typeof extras.channel === 'string' ? extras.channel : 'spree',
    included_tax_total: toWire(money.includedTax, currency),
    additional_tax_total: toWire(money.addedTax, currency),
    display_included_tax_total: display(money.includedTax, currency),
    display_additional_tax_total: display(money.addedTax, currency),
    tax_total: toWire(totals.tax, currency),
    currency,
    considered_risky: extras.consideredRisky === true,
    canceler_id: order === undefined ? null : cancelerId(order),
    display_item_total: display(totals.subtotal, currency),
    total_quantity: priced.lines.reduce((sum, line) => sum + line.quantity, 0),
    display_total: display(totals.grandTotal, currency),
    display_ship_total: display(totals.shipping, currency),
    display_tax_total: display(totals.tax, currency),
    display_adjustment_total: display(money.adjustments, currency),
    token: cart.accessToken,
    guest_token: cart.accessToken,
    checkout_steps: checkoutSteps(priced, context.settings.rules),
  }
}

/** An order whole. */
export function renderOrder(view: PurchaseView, context: OrderContext) {
  const { cart: priced } = view
  const { cart, currency } = priced
  const { offers } = context
  const shipping = shippingAddressOf(cart)
  const billing = cart.billingAddress
  const payments = paymentsOf(view, offers)
  return {
    ...renderOrderSummary(view, context),
    ...methodsOf(view, context),
    bill_address: billing === undefined ? null : renderAddress(billing, addressId(cart, billing, 'bill')),
    ship_address: shipping === undefined ? null : renderAddress(shipping, addressId(cart, shipping, 'ship')),
    line_items: priced.lines.map(line => renderLineItem(priced, line, view.channel)),
    payments: payments.map(payment => renderNestedPayment(payment, currency, context.isAdmin)),
    shipments: shipmentsOf(priced).map(entry => renderShipment(view, entry, offers, 'nested')),
    adjustments: orderAdjustments(priced, { type: 'Spree::Order', id: cart.integerId }),
    credit_cards: cardsOf(payments),
    permissions: { can_update: view.order === undefined || context.isAdmin },
  }
}

/** Sums that the totals do not have in this form. */
function moneyOf(view: PurchaseView) {
  const { order = view.ahead, payments } = view
  const { subtotal, shipping, fees, discount, grandTotal, tax } = view.cart.totals
  const addedTax = grandTotal - (subtotal + shipping + fees - discount)
  const own = order === undefined ? [] : payments.filter(({ orderId }) => orderId === order.id)
  return {
    adjustments: grandTotal - subtotal - shipping,
    addedTax,
    includedTax: tax - addedTax,
    paid: sumOf(own.map(({ captured, refunded }) => captured - refunded)),
  }
}

function shipmentStateOf(view: PurchaseView): string | null {
  const { order } = view
  if (order === undefined || order.status === 'pending') return null
  if (order.status === 'canceled') return 'canceled'
  // Another API may have sent a part of a shipment.
  if (order.fulfillmentStatus !== 'unfulfilled') return order.fulfillmentStatus === 'fulfilled' ? 'shipped' : 'partial'
  const [first] = shipmentsOf(view.cart)
  return first === undefined ? 'pending' : shipmentState(view, first)
}

function paymentStateOf(view: PurchaseView): string | null {
  const { order } = view
  if (order === undefined || order.status === 'pending') return null
  const { paid } = moneyOf(view)
  if (order.status === 'canceled') return paid > 0n ? 'credit_owed' : 'void'
  if (order.paymentStatus === 'failed') return 'failed'
  const owed = amountOwed(order)
  if (paid === owed) return 'paid'
  return paid > owed ? 'credit_owed' : 'balance_due'
}

/** Cards of payments that may still count. */
function cardsOf(payments: readonly WirePayment[]) {
  const valid = payments.filter(({ state }) => state !== 'failed' && state !== 'void' && state !== 'invalid')
  return valid.flatMap(payment => renderCard(payment) ?? [])
}

/** Choices that the step at hand needs: ways to pay, or (in the oldest form) ways to ship. */
function methodsOf(view: PurchaseView, { offers, settings }: OrderContext) {
  const state = orderState(view, settings)
  if (view.order !== undefined) return {}
  if (state === 'payment' || state === 'confirm') {
    const offered = offers.paymentMethods.filter(({ isActive }) => isActive)
    const methods = view.ahead === undefined ? view.cart.paymentMethods : offered
    return { payment_methods: methods.map(renderPaymentMethod) }
  }
  return state === 'delivery' ? { shipping_methods: shippingMethodsOf(view, offers) } : {}
}

/** Methods that every shipment can go by; what one costs is the sum over all of them. */
function shippingMethodsOf({ cart: priced }: PurchaseView, offers: Offers) {
  const shipments = shipmentsOf(priced)
  const offered = (id: number) =>
    shipments.flatMap(entry => entry.offers.find(({ integerId }) => integerId === id) ?? [])
  const first: readonly ShippingOffer[] = shipments[0]?.offers ?? []
  return first.flatMap(({ integerId, name }) => {
    const everywhere = offered(integerId)
    if (everywhere.length < shipments.length) return []
    const method = offers.shippingMethods.find(known => known.integerId === integerId)
    const zone = method === undefined ? undefined : zonesOfMethod(method, zonesOf(offers))[0]
    return [
      {
        id: integerId,
        name,
        cost: toWire(sumOf(everywhere.map(({ price }) => price)), priced.currency),
        zone_id: zone?.id ?? null,
        shipping_category_id: method === undefined ? null : (categoriesOf(method)[0]?.id ?? null),
      },
    ]
  })
}
