import type { Minor } from '../../../core/money.js'
import { integerOf } from '../ids.js'
import { toText } from '../money.js'
import { addressFacts } from './address.js'
import { emailOf } from './cart.js'
import { addressOf } from './consignment.js'
import { formFields, legacyAddress, nothing, threeOf, zero } from './legacy-parts.js'
import { legacyProducts } from './legacy-product.js'
import { type OrderContext, orderAddressId, orderLineId, shippedOf } from './order.js'
import { legacyPickup, pickupPointIdOf } from './pickup.js'

/** Consignments with something in them; one that another dialect keeps for an empty cart is not shown. */
function filledConsignments({ cart }: OrderContext) {
  return cart.consignments.filter(({ items }) => items.length > 0)
}

/** Those that are sent somewhere; what is fetched has no shipping address. */
export function sentConsignments(context: OrderContext) {
  return filledConsignments(context).filter(one => pickupPointIdOf(one) === undefined)
}

/** Where the goods go, one entry per consignment. */
export function legacyShippingAddresses(context: OrderContext) {
  const text = (amount: Minor) => toText(amount, context.order.currency)
  return sentConsignments(context).map(priced => {
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

/** What `consignments` of an order holds. Its lines come along where `include` asks for them. */
export function legacyConsignments(context: OrderContext) {
  const { include, baseUrl, settings, orderId } = context
  const products = legacyProducts(context)
  const path = `/orders/${orderId.toString()}`
  const link = (resource: string) => ({ url: `${baseUrl}/stores/${settings.storeHash}/v2${resource}`, resource })
  const linesOf = (isOwn: (line: (typeof products)[number]) => boolean) => {
    const own = products.filter(isOwn)
    return include.has('consignments.lineItems') ? own : own.map(({ id }) => link(`${path}/products/${id.toString()}`))
  }
  const shipping = legacyShippingAddresses(context).map(address => ({
    ...address,
    shipping_quotes: link(`${path}/consignments/shipping/${address.id.toString()}/shipping_quotes`),
    line_items: linesOf(line => line.order_address_id === address.id),
  }))
  const pickups = filledConsignments(context).flatMap(priced => {
    if (pickupPointIdOf(priced) === undefined) return []
    const id = orderAddressId(context, priced.consignment)
    const own = new Set(priced.items.map(item => item.lineItemId))
    const lines = context.figures.lines.filter(({ line }) => own.has(line.item.id))
    const ids = new Set(lines.map(line => orderLineId(context, line)))
    return [{ id, ...legacyPickup(priced, context.pickupPoints), line_items: linesOf(line => ids.has(line.id)) }]
  })
  const hasDownloads = products.some(({ type }) => type === 'digital')
  const downloads = { recipient_email: emailOf(context), line_items: linesOf(({ type }) => type === 'digital') }
  const recipients = certificateRecipients(context)
  const gift_certificates = [...new Set(recipients.values())].map(recipient_email => ({
    recipient_email,
    line_items: linesOf(({ id }) => recipients.get(id) === recipient_email),
  }))
  return { pickups, shipping, downloads: hasDownloads ? [downloads] : [], email: { gift_certificates } }
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
