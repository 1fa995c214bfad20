import type { Address } from '../../../core/cart/address.js'
import { type Coordinates, kilometersBetween } from '../../../core/geography/distance.js'
import type { Minor } from '../../../core/money.js'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import type { PricedConsignment, PricedLine, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import {
  alpha3Of,
  renderAddress,
  renderPickupAddress,
  renderPickupPoint,
  type WireAddress,
  addressIdOf as wireAddressId,
} from '../address.js'
import { maskAddress } from '../mask.js'
import { toWire } from '../money.js'
import type { RenderContext } from './context.js'
import { deliveryDate } from './delivery-date.js'
import { skuIdOf } from './item.js'
import { shippingSharesOf } from './shipping-shares.js'

export type DeliveryChannel = 'delivery' | 'pickup-in-point'

/** Where the goods of a cart or an order go, and how each of its items may and shall go there. */
export function renderShippingData(context: RenderContext) {
  const selectedAddresses = selectedAddressesOf(context).map(address => shown(address, context))
  const delivery = selectedAddresses.find(({ addressType }) => addressType !== 'pickup')
  const points = offeredPoints(context)
  return {
    address: delivery ?? selectedAddresses[0] ?? null,
    logisticsInfo: context.priced.lines.map((line, index) => renderLogisticsInfo(line, index, context)),
    selectedAddresses,
    availableAddresses: availableAddresses(context),
    pickupPoints: points.map(renderPickupPoint),
    contactInformation: [],
  }
}

/** Addresses that the client selected, then those where goods are picked up. */
export function selectedAddressesOf(context: RenderContext): readonly WireAddress[] {
  const { cart } = context.priced
  const fromConsignments = cart.consignments.flatMap(({ destination }): readonly Address[] => {
    if (destination.kind === 'address') return [destination.address]
    return destination.kind === 'pickup' && destination.receiver !== undefined ? [destination.receiver] : []
  })
  const chosen = cart.addresses.length > 0 ? cart.addresses : fromConsignments
  const pickups = context.priced.consignments.flatMap(one => pickupPointOf(one.selected, context) ?? [])
  const all = [...chosen.map(renderAddress), ...pickups.map(renderPickupAddress)]
  // Of one place the first word counts: who picks up alone may have said who comes.
  return all.filter(({ addressId }, index) => all.findIndex(one => one.addressId === addressId) === index)
}

function availableAddresses(context: RenderContext) {
  return (context.profile?.addresses ?? []).map(address =>
    shown(renderAddress({ ...address, isDisposable: false }), context),
  )
}

function shown(address: WireAddress, { isMasked, settings }: RenderContext): WireAddress {
  if (!isMasked) return address
  const masked = maskAddress(address, settings.orderForm.maskStateOnAddress === true)
  // Where a shop is, is no secret; who comes there is.
  return address.addressType === 'pickup' ? { ...address, receiverName: masked.receiverName } : masked
}

/** How one item may and shall be sent. */
export function renderLogisticsInfo(line: PricedLine, itemIndex: number, context: RenderContext) {
  const consignment = consignmentOf(line, context)
  const selected = consignment?.selected
  const channels = new Set((consignment?.offers ?? []).map(channelOf))
  const { channel } = context
  return {
    itemIndex,
    itemId: skuIdOf(line),
    selectedSla: selected?.id ?? null,
    selectedDeliveryChannel: selected === undefined ? null : channelOf(selected),
    addressId: addressIdOf(consignment, context),
    slas: consignment === undefined ? [] : renderSlas(line, consignment, context),
    shipsTo: [channel.defaultCountry, ...channel.countries.filter(one => one !== channel.defaultCountry)].map(alpha3Of),
    deliveryChannels:
      consignment === undefined
        ? [{ id: 'delivery' }, { id: 'pickup-in-point' }]
        : [...channels].sort().map(id => ({ id })),
  }
}

/** What is offered for one item, each with the item's share of its price. */
export function renderSlas(line: PricedLine, consignment: PricedConsignment, context: RenderContext) {
  return consignment.offers.map(offer => {
    const isSelected = offer.id === consignment.selected?.id
    const price = isSelected ? consignment.price - consignment.discount : offer.discountedPrice
    const share = (amount: Minor) =>
      toWire(shippingSharesOf(consignment, context.priced, amount).get(line.item.id) ?? 0n)
    return renderSla(offer, line, isSelected ? consignment : undefined, context, {
      price: share(price),
      listPrice: share(offer.price),
      tax: share(offer.amount.tax),
    })
  })
}

interface SlaAmounts {
  readonly price: number
  readonly listPrice: number
  readonly tax: number
}

function renderSla(
  offer: ShippingOffer,
  line: PricedLine,
  selectedIn: PricedConsignment | undefined,
  context: RenderContext,
  amounts: SlaAmounts,
) {
  const point = pickupPointOf(offer, context)
  const estimate = estimateOf(offer)
  const window = selectedIn?.consignment.deliveryWindow
  const { individualShippingEstimates, now } = context
  return {
    id: offer.id,
    deliveryChannel: channelOf(offer),
    name: offer.name,
    deliveryIds: [
      {
        courierId: String(offer.integerId),
        warehouseId: '1_1',
        dockId: '1',
        courierName: offer.carrier,
        quantity: line.quantity,
        kitItemDetails: [],
      },
    ],
    shippingEstimate: estimate,
    shippingEstimateDate: individualShippingEstimates ? deliveryDate(now, offer) : null,
    lockTTL: '10d',
    availableDeliveryWindows: (offer.deliveryWindows ?? []).map(renderWindow),
    deliveryWindow: window === undefined ? null : renderWindow(window),
    ...amounts,
    pickupStoreInfo: renderPickupStore(point),
    pickupPointId: point?.id ?? null,
    pickupDistance: pickupDistance(point, context),
    polygonName: '',
    transitTime: estimate,
  }
}

/** `lisPrice` is the API's own spelling. */
function renderWindow({ start, end, price }: { readonly start: string; readonly end: string; readonly price: Minor }) {
  const amount = toWire(price)
  return { startDateUtc: start, endDateUtc: end, price: amount, lisPrice: amount, tax: 0 }
}

function renderPickupStore(point: PickupPoint | undefined) {
  if (point === undefined) {
    return { isPickupStore: false, friendlyName: null, address: null, additionalInfo: null, dockId: null }
  }
  const { name, instructions } = point
  const address = renderPickupAddress(point)
  return { isPickupStore: true, friendlyName: name, address, additionalInfo: instructions ?? '', dockId: null }
}

/** Kilometers from where the goods shall go; 0 where that is not known. */
function pickupDistance(point: PickupPoint | undefined, context: RenderContext): number {
  const from = context.priced.cart.addresses.find(({ kind }) => kind !== 'pickup')
  const [here, there] = [placeOf(from), placeOf(point?.address)]
  if (here === undefined || there === undefined) return 0
  return Math.round(kilometersBetween(here, there) * 1_000) / 1_000
}

function placeOf(address: Address | undefined): Coordinates | undefined {
  const { longitude, latitude } = address ?? {}
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude }
}

function channelOf({ pickupPointId }: Pick<ShippingOffer, 'pickupPointId'>): DeliveryChannel {
  return pickupPointId === undefined ? 'delivery' : 'pickup-in-point'
}

/** `3bd`: business days; `0bd` for at once. */
export function estimateOf({ deliveryDays = 0, daysAreBusinessDays }: ShippingOffer): string {
  return `${deliveryDays}${daysAreBusinessDays === false ? 'd' : 'bd'}`
}

/** The consignment that carries pieces of the line. */
export function consignmentOf({ item }: PricedLine, { priced }: RenderContext): PricedConsignment | undefined {
  return priced.consignments.find(one => one.items.some(({ lineItemId }) => lineItemId === item.id))
}

function addressIdOf(consignment: PricedConsignment | undefined, context: RenderContext): string | null {
  if (consignment === undefined) return null
  const point = pickupPointOf(consignment.selected, context)
  if (point !== undefined) return point.id
  const selected = selectedAddressesOf(context)
  const { destination } = consignment.consignment
  const id = destination.kind === 'address' ? wireAddressId(destination.address) : undefined
  const own = selected.find(({ addressId }) => addressId === id)
  return (own ?? selected.find(({ addressType }) => addressType !== 'pickup'))?.addressId ?? null
}

function pickupPointOf(offer: ShippingOffer | undefined, { facts }: RenderContext): PickupPoint | undefined {
  if (offer?.pickupPointId === undefined) return undefined
  return facts.pickupPoints.find(({ id }) => id === offer.pickupPointId)
}

/** Every point that some item may be picked up at. */
function offeredPoints(context: RenderContext): readonly PickupPoint[] {
  const offers = context.priced.consignments.flatMap(one => one.offers)
  const ids = new Set(offers.flatMap(({ pickupPointId }) => pickupPointId ?? []))
  return context.facts.pickupPoints.filter(({ id }) => ids.has(id))
}
