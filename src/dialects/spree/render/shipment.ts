import { isPaid } from '../../../core/orders/amount-owed.js'
import type { Order } from '../../../core/orders/order.js'
import type { ShippingMethod } from '../../../core/pricing/facts.js'
import type { PricedCart, PricedConsignment, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import type { Offers, PurchaseView } from '../../../operations/operations.js'
import { extrasOf, notedTracking } from '../extras.js'
import { integerOf, numberOf, rateId, shipmentId, shipmentNumber } from '../ids.js'
import { display, toWire } from '../money.js'
import { discountAdjustments, taxAdjustments } from './adjustment.js'
import { renderVariant } from './variant.js'
import { zonesOf, zonesOfMethod } from './zone.js'

export type ShipmentState = 'pending' | 'ready' | 'shipped' | 'canceled'

/** The one place that goods are sent from. */
export const stockLocation = { id: 1, name: 'default' } as const

/** What was shipped of a consignment, and with which number. */
export function shippingOf(order: Order | undefined, entry: PricedConsignment) {
  return order?.fulfillments.find(({ id }) => id === entry.consignment.id)
}

/** Pending until it is paid, ready until it is shipped. */
export function shipmentState({ order, payments }: PurchaseView, entry: PricedConsignment): ShipmentState {
  if (order === undefined || order.status === 'pending') return 'pending'
  if (order.status === 'canceled') return 'canceled'
  if (shippingOf(order, entry) !== undefined || order.fulfillmentStatus === 'fulfilled') return 'shipped'
  const own = payments.filter(({ orderId }) => orderId === order.id)
  return isPaid(order, own) ? 'ready' : 'pending'
}

/** Consignments that carry something. */
export function shipmentsOf(priced: PricedCart): readonly PricedConsignment[] {
  return priced.consignments.filter(({ items }) => items.length > 0)
}

/** @param form  `full`: with the whole variant in the manifest, as endpoints of shipments show it */
export function renderShipment(view: PurchaseView, entry: PricedConsignment, offers: Offers, form: 'nested' | 'full') {
  const { cart: priced, order } = view
  const { cart, currency } = priced
  const { consignment } = entry
  const adjusted = { type: 'Spree::Shipment', id: shipmentId(cart, consignment) } as const
  const included = entry.amount.tax - (entry.amount.gross - (entry.price - entry.discount))
  const rates = entry.offers.map(offer => renderRate(entry, offer, currency))
  const shipping = shippingOf(order, entry)
  const methods = entry.offers.flatMap(({ integerId }) =>
    offers.shippingMethods.filter(method => method.integerId === integerId),
  )
  return {
    id: adjusted.id,
    tracking: shipping?.trackingNumber ?? notedTracking(extrasOf(order ?? cart), consignment.id) ?? null,
    number: shipmentNumber(cart, consignment),
    cost: toWire(entry.price, currency),
    shipped_at: shipping?.at ?? null,
    state: shipmentState(view, entry),
    order_id: numberOf(cart, order),
    stock_location_name: stockLocation.name,
    shipping_rates: rates,
    selected_shipping_rate: rates.find(({ selected }) => selected) ?? null,
    shipping_methods: methods.map(method => renderMethod(method, offers)),
    manifest: manifestOf(view, entry, form),
    adjustments: [
      ...discountAdjustments(priced, entry.discounts, adjusted),
      ...taxAdjustments(priced, entry.taxes, included, adjusted),
    ],
  }
}

function renderRate(entry: PricedConsignment, offer: ShippingOffer, currency: string) {
  return {
    id: rateId(entry.consignment, offer.id),
    name: offer.name,
    cost: toWire(offer.price, currency),
    selected: offer.id === entry.selected?.id,
    shipping_method_id: offer.integerId,
    shipping_method_code: null,
    display_cost: display(offer.price, currency),
  }
}

function renderMethod(method: ShippingMethod, offers: Offers) {
  return {
    id: method.integerId,
    code: null,
    name: method.name,
    zones: zonesOfMethod(method, zonesOf(offers)).map(({ id, name, description }) => ({ id, name, description })),
    shipping_categories: categoriesOf(method),
  }
}

/** Categories of goods that a method takes; without any it takes the default one. */
export function categoriesOf({ shippingCategories = [] }: Pick<ShippingMethod, 'shippingCategories'>) {
  const names = shippingCategories.length === 0 ? ['Default'] : shippingCategories
  return names.map(name => ({ id: shippingCategoryId(name), name }))
}

/** Integer id of a shipping category. */
export function shippingCategoryId(name: string): number {
  return name === 'Default' ? 1 : integerOf(`shipping category ${name}`)
}

function manifestOf(view: PurchaseView, entry: PricedConsignment, form: 'nested' | 'full') {
  const state = shipmentState(view, entry) === 'shipped' ? 'shipped' : 'on_hand'
  return entry.items.flatMap(({ lineItemId, quantity }) => {
    const line = view.cart.lines.find(({ item }) => item.id === lineItemId)
    if (line === undefined) return []
    const { variant } = line
    const variantId = variant?.variantId ?? integerOf(`variant ${line.item.sku}`)
    const { currency } = view.cart
    const whole =
      form === 'full' && variant !== undefined
        ? {
            variant: renderVariant(variant, {
              currency,
              price: line.catalogPrice,
              tracksStock: view.channel.tracksStock,
              ...(line.available === undefined ? {} : { stock: line.available }),
            }),
          }
        : {}
    return [{ ...whole, variant_id: variantId, quantity, states: { [state]: quantity } }]
  })
}
