import type { Address } from '../../../core/cart/address.js'
import type { PricedCart, PricedConsignment, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import { writeAddress } from '../address.js'
import { digest, groupKeys } from '../ids.js'
import type { Attributes, Resource } from '../json-api.js'
import { percentText, toWire } from '../money.js'

/** How a client asked for included methods to be sorted: `shipment-methods.price`, `-shipment-methods.name`. */
export type Sort = readonly { readonly field: string; readonly isDescending: boolean }[]

/** A method as the attributes of `/checkout-data` list it. Its rate is only known per shipment. */
export function shipmentMethod(offer: ShippingOffer, currency: string, taxRate: string | null = null): Attributes {
  return {
    id: offer.integerId,
    name: offer.name,
    carrierName: offer.carrier,
    price: toWire(offer.price),
    taxRate,
    deliveryTime: null,
    currencyIsoCode: currency,
  }
}

const noMethod: Attributes = {
  id: null,
  name: null,
  carrierName: null,
  price: null,
  taxRate: null,
  deliveryTime: null,
  currencyIsoCode: null,
}

/** Methods offered to any of the cart's shipments, each once. */
export function offersOf(priced: PricedCart): readonly ShippingOffer[] {
  const byId = new Map(priced.consignments.flatMap(each => each.offers).map(offer => [offer.id, offer]))
  return [...byId.values()]
}

/** `shipment-methods` resources, sorted as the client asks. */
export function renderShipmentMethods(
  offers: readonly ShippingOffer[],
  currency: string,
  sort: Sort,
): readonly Resource[] {
  return sorted(offers, sort).map(offer => ({
    type: 'shipment-methods',
    id: offer.integerId.toString(),
    attributes: {
      name: offer.name,
      carrierName: offer.carrier,
      deliveryTime: null,
      price: toWire(offer.price),
      currencyIsoCode: currency,
    },
  }))
}

const sortKeys: Readonly<Record<string, (offer: ShippingOffer) => number | string>> = {
  'shipment-methods.price': offer => Number(offer.price),
  'shipment-methods.name': offer => offer.name,
  'shipment-methods.carrierName': offer => offer.carrier,
}

function sorted(offers: readonly ShippingOffer[], sort: Sort): readonly ShippingOffer[] {
  return [...offers].sort((a, b) => {
    for (const { field, isDescending } of sort) {
      const keyOf = sortKeys[field]
      if (keyOf === undefined) continue
      const [left, right] = [keyOf(a), keyOf(b)]
      if (left !== right) return left < right === isDescending ? 1 : -1
    }
    return 0
  })
}

/**
 * One `shipments` resource per consignment, also before anything is chosen: storefronts read the list of methods there.
 *
 * @param addressAt  address of the consignment at that position; absent while a destination is only assumed
 */
export function renderShipments(
  priced: PricedCart,
  addressAt: (position: number) => Address | undefined,
  sort: Sort,
): readonly Resource[] {
  const keys = groupKeys(priced.cart.lineItems)
  return priced.consignments.map((each, position) => {
    const address = addressAt(position)
    return {
      type: 'shipments',
      id: shipmentId(each, address),
      attributes: {
        items: each.items.map(item => keys.get(item.lineItemId) ?? item.lineItemId),
        requestedDeliveryDate: each.consignment.requestedDate ?? null,
        shippingAddress: shippingAddress(address),
        selectedShipmentMethod:
          each.selected === undefined
            ? noMethod
            : shipmentMethod(each.selected, priced.currency, percentText(each.taxRate)),
      },
      relationships: {
        'shipment-methods': () => renderShipmentMethods(each.offers, priced.currency, sort),
      },
    }
  })
}

/** Stable for equal address, method and date. */
function shipmentId(each: PricedConsignment, address: Address | undefined): string {
  return digest({
    address: address === undefined ? null : { ...writeAddress(address) },
    method: each.selected?.id ?? null,
    date: each.consignment.requestedDate ?? null,
  })
}

/** The address of a shipment; every part null before there is one. */
function shippingAddress(address: Address | undefined): Attributes {
  const parts = address === undefined ? undefined : writeAddress(address)
  return {
    id: address?.customerAddressId ?? null,
    salutation: parts?.salutation ?? null,
    firstName: parts?.firstName ?? null,
    lastName: parts?.lastName ?? null,
    address1: parts?.address1 ?? null,
    address2: parts?.address2 ?? null,
    address3: parts?.address3 ?? null,
    zipCode: parts?.zipCode ?? null,
    city: parts?.city ?? null,
    country: null,
    iso2Code: parts?.iso2Code ?? null,
    company: address?.company ?? null,
    phone: address?.phone ?? null,
    isDefaultBilling: null,
    isDefaultShipping: null,
    idCompanyBusinessUnitAddress: null,
  }
}
