import type { Address } from '../../../core/cart/address.js'
import { type Minor, sumOf } from '../../../core/money.js'
import type { PricedCart, PricedConsignment, PricedLine } from '../../../core/pricing/priced-cart.js'
import type { TaxQuestion } from '../../../core/pricing/tax-quote.js'
import { destinationAddress } from '../../../core/pricing/tax-zones.js'
import { renderAddress } from '../address.js'
import { orderFormIdOf } from '../ids.js'
import { toMajor, toWire } from '../money.js'
import { categoryIdOf, sellerOf, skuIdOf, unitMultiplierOf } from '../render/item.js'
import { paymentSystemOf } from '../render/payment-data.js'
import { shippingSharesOf } from '../render/shipping-shares.js'
import { renderOrderTotals } from '../render/totalizers.js'
import { settingsOf } from '../settings.js'

/**
 * What a tax service is told about a cart. Prices of items are in major units, totals in minor ones. `itemPrice`,
 * `discountPrice` (zero or below) and `freightPrice` are of the whole line, `targetPrice` is of one piece (inferred from
 * public services, which divide by `quantity`). `shippingDestination` is what older services read. Source:
 * dialects/vtex.md 5.7 and the platform's guide to tax services.
 */
export function renderTaxRequest(question: TaxQuestion) {
  const { priced, facts } = question
  const { cart } = priced
  const settings = settingsOf(facts.channel)
  const places = destinationsOf(question)
  return {
    orderFormId: orderFormIdOf(cart.id),
    salesChannel: settings.salesChannel,
    items: priced.lines.map((line, index) => renderTaxedItem(line, index, question, places)),
    totals: renderOrderTotals({ priced, locale: 'en-US' }),
    clientEmail: cart.buyer.email ?? null,
    shippingDestination: places[0] === undefined ? null : renderDestination(places[0].address),
    shippingDestinations: places.map(({ address }, index) => ({ id: index + 1, ...renderDestination(address) })),
    clientData: {
      email: cart.buyer.email ?? null,
      document: cart.buyer.document ?? null,
      documentType: cart.buyer.documentType ?? null,
      corporateDocument: cart.buyer.corporateDocument ?? null,
      stateInscription: cart.buyer.stateInscription ?? null,
    },
    paymentData: { payments: renderTaxedPayments(priced) },
    taxApp: renderTaxApp(question),
  }
}

interface Place {
  readonly address: Address
  readonly consignments: readonly PricedConsignment[]
}

/** Each place once, in the order of the consignments. */
function destinationsOf({ priced, facts }: TaxQuestion): readonly Place[] {
  const places = new Map<string, { address: Address; consignments: PricedConsignment[] }>()
  for (const entry of priced.consignments) {
    const address = entry.items.length === 0 ? undefined : destinationAddress(entry.consignment, facts)
    if (address === undefined) continue
    const key = JSON.stringify(renderDestination(address))
    const known = places.get(key)
    if (known === undefined) places.set(key, { address, consignments: [entry] })
    else known.consignments.push(entry)
  }
  return [...places.values()]
}

function renderDestination(address: Address) {
  const { country, state, city, neighborhood, postalCode, street } = renderAddress(address)
  return { country, state, city, neighborhood, postalCode, street }
}

function renderTaxedItem(line: PricedLine, index: number, { priced, facts }: TaxQuestion, places: readonly Place[]) {
  const { item, variant } = line
  const major = (amount: Minor) => toMajor(amount, priced.currency)
  const place = places.findIndex(({ consignments }) => consignments.some(one => carries(one, item.id)))
  const freight = sumOf(priced.consignments.map(one => freightOf(one, line, priced)))
  return {
    id: String(index),
    sku: skuIdOf(line),
    productId: String(variant?.productId ?? ''),
    ean: variant?.externalIds.ean ?? null,
    refId: item.sku,
    categoryId: categoryIdOf(line),
    unitMultiplier: unitMultiplierOf(line),
    measurementUnit:
      variant?.measurementUnit === undefined || variant.measurementUnit === '' ? 'un' : variant.measurementUnit,
    targetPrice: major(line.unitPrice),
    itemPrice: major(line.subtotal),
    quantity: item.quantity,
    discountPrice: major(0n - line.fullDiscount),
    dockId: variant === undefined || line.kind !== 'physical' ? null : '1',
    freightPrice: major(freight),
    brandId: variant?.externalIds.vtexBrandId ?? '',
    taxCode: variant?.taxClass ?? '',
    sellerId: sellerOf(line, { facts }),
    shippingDestinationId: place < 0 ? null : place + 1,
  }
}

function carries({ items }: PricedConsignment, lineItemId: string): boolean {
  return items.some(one => one.lineItemId === lineItemId)
}

/** What the line bears of a shipment, after discounts. */
function freightOf(entry: PricedConsignment, { item }: PricedLine, priced: PricedCart): Minor {
  return shippingSharesOf(entry, priced, entry.price - entry.discount).get(item.id) ?? 0n
}

/** Amounts that several payments were given by hand are told; one payment is for everything that is known so far. */
function renderTaxedPayments({ payments, totals }: PricedCart) {
  return payments.map(({ method, selection }) => {
    const value = payments.length > 1 ? (selection.amount ?? 0n) : totals.grandTotal
    return {
      paymentSystem: paymentSystemOf(method),
      bin: null,
      referenceValue: toWire(value),
      value: toWire(value),
      installments: selection.installments ?? null,
    }
  })
}

/** What the app of the tax service keeps with the cart. */
function renderTaxApp({ priced, facts }: TaxQuestion) {
  const { taxConfiguration, apps } = settingsOf(facts.channel).orderForm
  const id = taxConfiguration?.appId ?? undefined
  if (id === undefined) return null
  return { id, major: apps?.find(app => app.id === id)?.major ?? 1, fields: priced.cart.customData[id] ?? {} }
}
