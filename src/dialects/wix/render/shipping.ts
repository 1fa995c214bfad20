import type { PricedCart, PricedConsignment, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import { compact, renderAddressWithContact } from '../address.js'
import { derivedGuid } from '../ids.js'
import { type MoneyContext, renderMoney } from '../money.js'
import type { JsonObject } from '../validation.js'
import { renderTaxDetails } from './taxes.js'

/** Id of the carrier behind an offer, as a GUID. */
export function carrierIdOf(offer: Pick<ShippingOffer, 'carrier' | 'carrierId'>): string {
  return derivedGuid('carrier', offer.carrierId ?? offer.carrier)
}

/** Where a cart goes and how: this platform knows one shipment. */
export function shipmentOf(priced: PricedCart): PricedConsignment | undefined {
  return priced.consignments[0]
}

/** `shippingInfo` of a checkout. Source: dialects/wix.md 4.5. */
export function renderShippingInfo(priced: PricedCart, context: MoneyContext): JsonObject {
  const destination = shipmentOf(priced)?.consignment.destination
  const shippingDestination =
    destination?.kind === 'address' ? renderAddressWithContact(destination.address) : undefined
  return { ...compact({ shippingDestination }), ...renderShippingChoice(priced, context) }
}

/** What is on offer and what is chosen. */
export function renderShippingChoice(priced: PricedCart, context: MoneyContext): JsonObject {
  const shipment = shipmentOf(priced)
  const selected = shipment?.selected
  const region = selected ?? shipment?.offers[0]
  return compact({
    selectedCarrierServiceOption:
      shipment === undefined || selected === undefined
        ? undefined
        : renderSelected(priced, shipment, selected, context),
    region: region === undefined ? undefined : { id: derivedGuid('region', region.carrier), name: region.carrier },
    carrierServiceOptions: renderOffers(shipment?.offers ?? [], context),
  })
}

function renderSelected(
  priced: PricedCart,
  shipment: PricedConsignment,
  selected: ShippingOffer,
  context: MoneyContext,
): JsonObject {
  const all = priced.consignments.reduce(
    (sum, one) => ({
      price: sum.price + one.price,
      discount: sum.discount + one.discount,
      net: sum.net + one.amount.net,
      tax: sum.tax + one.amount.tax,
      gross: sum.gross + one.amount.gross,
    }),
    { price: 0n, discount: 0n, net: 0n, tax: 0n, gross: 0n },
  )
  const money = (minor: bigint) => renderMoney(minor, context, 'calculated')
  return {
    code: selected.id,
    title: selected.name,
    logistics: renderLogistics(selected),
    cost: {
      price: money(all.price),
      totalPriceBeforeTax: money(all.net),
      totalPriceAfterTax: money(all.gross),
      totalDiscount: money(all.discount),
      taxDetails: renderTaxDetails({ taxes: shipment.taxes, rate: shipment.taxRate, amount: all }, context),
    },
    requestedShippingOption: shipment.consignment.selectedOption === selected.id,
    otherCharges: [],
    carrierId: carrierIdOf(selected),
    deliveryAllocations: [],
    partial: false,
  }
}

function renderLogistics(offer: ShippingOffer): JsonObject {
  const days = offer.deliveryDays
  const unit = offer.daysAreBusinessDays === true ? 'business days' : 'days'
  return compact({ deliveryTime: days === undefined ? undefined : `${days} ${unit}`, instructions: offer.description })
}

function renderOffers(offers: readonly ShippingOffer[], context: MoneyContext): readonly JsonObject[] {
  const carriers = [...new Set(offers.map(carrierIdOf))]
  return carriers.map(carrierId => ({
    carrierId,
    shippingOptions: offers
      .filter(offer => carrierIdOf(offer) === carrierId)
      .map(offer => ({
        code: offer.id,
        title: offer.name,
        logistics: renderLogistics(offer),
        cost: { price: renderMoney(offer.price, context, 'calculated'), otherCharges: [] },
        deliveryAllocations: [],
        partial: false,
      })),
  }))
}
