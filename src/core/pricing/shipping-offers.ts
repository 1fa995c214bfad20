import type { Address } from '../cart/address.js'
import { type Cart, type Consignment, customOptionId } from '../cart/cart.js'
import { isInPostalRange } from '../geography/postal-ranges.js'
import type { Minor } from '../money.js'
import type { AssignedPieces, Assignment } from './assign-lines.js'
import type { Facts, PickupPoint, ShippingMethod, ShippingZone } from './facts.js'
import type { Goods } from './goods.js'
import { replaceStoreTax } from './line-prices.js'
import type { PricedConsignment, ShippingOffer } from './priced-cart.js'
import type { RateBook } from './tax-rates.js'
import { isSameSubdivision, type TaxPlaces } from './tax-zones.js'

/** An offer before discounts and taxes. */
export type BareOffer = Omit<ShippingOffer, 'discountedPrice' | 'amount' | 'isRecommended'>

/** What may be chosen for one consignment, in order. */
export interface Quote {
  readonly offers: readonly BareOffer[]
  readonly problem?: PricedConsignment['problem']
}

/** Quotes every consignment: methods by place, currency, price mode, shipping categories and pickup points. */
export function quoteShipping(
  cart: Cart,
  facts: Facts,
  goods: readonly Goods[],
  assignment: Assignment,
  places: TaxPlaces,
  book: RateBook,
): readonly Quote[] {
  const methods = facts.shippingMethods.filter(method => method.isActive).sort((a, b) => a.position - b.position)
  const points = new Map(facts.pickupPoints.filter(point => point.isActive).map(point => [point.id, point]))
  return cart.consignments.map((consignment, index) => {
    const carried = assignment.consignments[index] ?? []
    if (carried.length === 0) return { offers: [] }
    const categories = shippingCategories(goods, carried)
    const reached = methods.flatMap(method => reachedBy(method, consignment, points))
    const zone = places.consignments[index]
    const asPaidThere = (amount: Minor, { taxClass }: ShippingMethod) =>
      facts.channel.policy.tax.replacesStoreTax ? replaceStoreTax(amount, taxClass, zone, places.store, book) : amount
    const offers = reached
      .filter(({ method }) => covers(method, categories))
      .flatMap(({ method, point }) =>
        windowsSoldIn(method, cart, facts).flatMap(sold => offerOf(sold, point, cart, asPaidThere)),
      )
    if (facts.channel.policy.shippingOrder === 'price') offers.sort((a, b) => Number(a.price - b.price))
    offers.push(...customOffer(consignment, methods[0]))
    return offers.length > 0 ? { offers } : { offers, problem: whyNothing(consignment, reached.length > 0) }
  })
}

/** What somebody set by hand for this consignment, taxed as the channel's first method is. */
function customOffer({ customOption }: Consignment, method: ShippingMethod | undefined): readonly BareOffer[] {
  if (customOption === undefined) return []
  const { name, price } = customOption
  const taxClass = method?.taxClass === undefined ? {} : { taxClass: method.taxClass }
  return [{ id: customOptionId, integerId: 0, name, carrier: '', price, ...taxClass }]
}

function whyNothing(consignment: Consignment, isReached: boolean): NonNullable<PricedConsignment['problem']> {
  if (isReached) return 'not_deliverable'
  if (consignment.destination.kind === 'pickup') return 'not_deliverable'
  return hasCountry(consignment) ? 'no_zone' : 'no_address'
}

function hasCountry({ destination }: Consignment): boolean {
  return destination.kind === 'address' && destination.address.country !== undefined
}

interface Reached {
  readonly method: ShippingMethod
  readonly point?: PickupPoint
}

/** A method for pickup points is one offer per point that serves the place. Without an address only what goes everywhere. */
function reachedBy(
  method: ShippingMethod,
  { destination }: Consignment,
  points: ReadonlyMap<string, PickupPoint>,
): readonly Reached[] {
  const pointIds = method.pickupPointIds ?? []
  if (destination.kind === 'pickup') {
    const point = pointIds.includes(destination.pickupPointId) ? points.get(destination.pickupPointId) : undefined
    return point === undefined ? [] : [{ method, point }]
  }
  const address = destination.kind === 'address' ? destination.address : {}
  const isReached = method.zones.length === 0 || method.zones.some(zone => contains(zone, address))
  if (!isReached) return []
  if (pointIds.length === 0) return [{ method }]
  return pointIds.flatMap(id => {
    const point = points.get(id)
    return point !== undefined && serves(point, address) ? [{ method, point }] : []
  })
}

function contains(zone: ShippingZone, address: Address): boolean {
  if (address.country === undefined) return false
  if (zone.country !== undefined && zone.country !== address.country) return false
  if (zone.subdivision !== undefined && !isSameSubdivision(zone.subdivision, zone.country, address.subdivision)) {
    return false
  }
  if (zone.postalFrom === undefined && zone.postalTo === undefined) return true
  return isInPostalRange(address.postalCode, zone.postalFrom, zone.postalTo)
}

function serves(point: PickupPoint, address: Address): boolean {
  if (address.country === undefined || point.address.country !== address.country) return false
  return (
    point.postalRanges.length === 0 ||
    point.postalRanges.some(range => isInPostalRange(address.postalCode, range.from, range.to))
  )
}

function shippingCategories(goods: readonly Goods[], carried: readonly AssignedPieces[]): ReadonlySet<string> {
  const categories = new Set<string>()
  for (const { line } of carried) {
    const category = goods[line]?.variant?.shippingCategory
    if (category !== undefined) categories.add(category)
  }
  return categories
}

/** A method without a price in the cart's currency and mode is not offered. */
function offerOf(
  method: ShippingMethod,
  point: PickupPoint | undefined,
  cart: Cart,
  asPaidThere: (amount: Minor, method: ShippingMethod) => Minor,
): readonly BareOffer[] {
  const price = method.prices.find(one => one.currency === cart.currency && one.mode === cart.priceMode)
  if (price === undefined) return []
  return [
    {
      id: offerId(method, point?.id),
      integerId: method.integerId,
      name: method.name,
      carrier: method.carrier,
      price: asPaidThere(price.amount, method),
      ...optionalParts(method),
      ...(point === undefined ? {} : { pickupPointId: point.id }),
    },
  ]
}

/**
 * Windows are priced in the channel's own currency: in another one those are offered that cost nothing, and a method that
 * has only others is not.
 */
function windowsSoldIn(method: ShippingMethod, { currency }: Cart, { channel }: Facts): readonly ShippingMethod[] {
  const { deliveryWindows = [] } = method
  if (deliveryWindows.length === 0 || currency === channel.currency) return [method]
  const free = deliveryWindows.filter(({ price }) => price === 0n)
  return free.length === 0 ? [] : [{ ...method, deliveryWindows: free }]
}

/** The id of what a method offers: its own; `<method>/<point>` where it serves several pickup points. */
export function offerId({ id, pickupPointIds }: ShippingMethod, pointId: string | undefined): string {
  return pointId === undefined || pickupPointIds?.length === 1 ? id : `${id}/${pointId}`
}

function covers(method: ShippingMethod, categories: ReadonlySet<string>): boolean {
  const own = method.shippingCategories ?? []
  return own.length === 0 || [...categories].every(category => own.includes(category))
}

function optionalParts(method: ShippingMethod): Partial<BareOffer> {
  return {
    ...(method.description === undefined ? {} : { description: method.description }),
    ...(method.carrierId === undefined ? {} : { carrierId: method.carrierId }),
    ...(method.taxClass === undefined ? {} : { taxClass: method.taxClass }),
    ...(method.deliveryDays === undefined ? {} : { deliveryDays: method.deliveryDays }),
    ...(method.daysAreBusinessDays === undefined ? {} : { daysAreBusinessDays: method.daysAreBusinessDays }),
    ...(method.deliveryWindows === undefined ? {} : { deliveryWindows: method.deliveryWindows }),
  }
}
