import type { Address } from '../../../core/cart/address.js'
import type { Consignment } from '../../../core/cart/cart.js'
import type { LineWish } from '../../../core/cart/line-shipping.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import { offerId } from '../../../core/pricing/shipping-offers.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { defined, isDelivery, isPickupAddress } from '../address.js'
import { respondError, type VtexError } from '../answer.js'
import { type Fields, isObject, objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { type AddressBook, addressBookOf } from './address-book.js'
import { changeKnowingProfiles } from './known-profiles.js'
import { completed, postalDirectoryOf } from './postal-directory.js'
import { recomputed } from './recompute.js'
import { readSelectedAddresses, type SentAddress } from './sent-addresses.js'

/** What is wanted for one item, by its place. */
interface Choice {
  readonly itemIndex: number
  readonly sla?: string
  readonly channel?: string
  readonly addressId?: string
  /** Absent: not a word about it, as of who sends an entry back that names its window inside of the SLA; null: none. */
  readonly window?: { readonly start: string; readonly end: string } | null
}

/**
 * POST .../attachments/shippingData: 200, addresses and the way of each item; what is not offered becomes the automatic
 * choice, with a message. 400 ORD001, ORD026, ORD015, CHK0119, CHK0127 for an address, CHK0261, CHK0263, CHK00334 for too
 * many (several to send goods to: where `allowMultipleDeliveries` says so), CHK0264 for a pickup point, CHK0041, CHK0042 for items; 403 CHK0087 for a new address of somebody else's profile.
 */
export async function setShippingData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const choices = readChoices(body.logisticsInfo)
  if (!choices.ok) return respondError(choices.error)
  const isBlanking = body.clearAddressIfPostalCodeNotFound !== false && request.settings.clearsUnknownPostalCodes
  const allowsSeveral = request.settings.orderForm.allowMultipleDeliveries === true
  const directory = await postalDirectoryOf(body, operations)
  return changeKnowingProfiles(
    request,
    operations,
    (desk, profileOf) => {
      const book = addressBookOf(request, desk.cart, profileOf)
      const sent = readSelectedAddresses(body, book, allowsSeveral)
      if (!sent.ok) return refuseWith(sent.error)
      const addresses = sent.value === undefined ? undefined : completed(sent.value, directory, isBlanking)
      return shipped(desk, addresses, choices.value, book)
    },
    { provesOwnership: true },
  )
}

function shipped(
  desk: EditDesk,
  sent: readonly SentAddress[] | undefined,
  choices: readonly Choice[],
  book: AddressBook,
): Result<EditDesk, CheckoutError> {
  if (choices.some(({ itemIndex }) => desk.cart.lineItems[itemIndex] === undefined)) {
    return refuseWith(fixed.invalidItemIndex)
  }
  if (sent === undefined) {
    const wishes = choices.map(choice => wishOf(choice, desk, desk.cart.addresses.filter(isDelivery)))
    return recomputed(desk, desk, { wishes })
  }
  if (book.isGuarded && sent.some(({ isKnown, address }) => !isKnown && !isPickupAddress(address))) {
    return refuseWith(fixed.loginForNewAddress)
  }
  const pickups = sent.map(({ address }) => address).filter(isPickupAddress)
  const points = pickups.map(({ id }) => pointOf(desk, id))
  if (points.includes(undefined)) return refuseWith(fixed.unknownPickupPoint)
  const addresses = sent.map(({ address }) => address).filter(address => !isPickupAddress(address))
  const kept = desk.edit([{ kind: 'set_addresses', addresses }])
  if (!kept.ok) return kept
  const deliveries = addresses.filter(isDelivery)
  const wishes = choices.map(choice => wishOf(choice, desk, deliveries))
  return recomputed(kept.value, desk, {
    destination: destinationOf(addresses, pickups, points),
    alsoTo: deliveries,
    wishes,
  })
}

/** Where goods are sent; for those who only pick up, where they do that: it stays the address of the point, nobody's own. */
function destinationOf(
  addresses: readonly Address[],
  [pickup]: readonly Address[],
  [point]: readonly (PickupPoint | undefined)[],
): Address | null {
  const delivery = addresses.find(isDelivery) ?? addresses[0]
  if (delivery !== undefined || point === undefined) return delivery ?? null
  const { firstName, lastName } = pickup ?? {}
  return { ...point.address, ...defined({ firstName, lastName }), id: point.id, kind: 'pickup', isDisposable: true }
}

function pointOf({ facts }: EditDesk, id: string | undefined): PickupPoint | undefined {
  return facts.pickupPoints.find(point => point.isActive && point.id === id)
}

/**
 * An option by its id; a point alone stands for the option that leads there, and delivery alone for any that does not lead
 * to one. An address that is not among those selected says nothing: clients send entries back as they have read them,
 * beside new addresses.
 */
function wishOf(
  { itemIndex, sla, channel, addressId, window }: Choice,
  desk: EditDesk,
  deliveries: readonly Address[],
): LineWish {
  const lineItemId = desk.cart.lineItems[itemIndex]?.id ?? ''
  const option = sla ?? optionOf(desk, lineItemId, channel, addressId)
  const destination = addressId === undefined ? undefined : deliveries.find(({ id }) => id === addressId)
  return {
    lineItemId,
    ...(option === undefined ? {} : { option }),
    ...(destination === undefined ? {} : { destination }),
    ...(window === undefined ? {} : { window }),
  }
}

/** What a channel alone stands for; null: the automatic choice, which is never to pick up. */
function optionOf(
  desk: EditDesk,
  lineItemId: string,
  channel: string | undefined,
  pointId: string | undefined,
): string | null | undefined {
  if (channel === 'pickup-in-point') return pickupOption(desk, pointId)
  return channel === 'delivery' && isPickedUp(desk, lineItemId) ? null : undefined
}

function isPickedUp({ cart, facts }: EditDesk, lineItemId: string): boolean {
  const holds = ({ items }: Consignment) => items.some(one => one.lineItemId === lineItemId)
  const consignment = cart.consignments.find(holds) ?? cart.consignments.find(({ items }) => items.length === 0)
  const chosen = consignment?.selectedOption
  return facts.shippingMethods.some(method =>
    method.pickupPointIds?.some(pointId => offerId(method, pointId) === chosen),
  )
}

function pickupOption({ facts }: EditDesk, pointId: string | undefined): string | undefined {
  if (pointId === undefined) return undefined
  const method = facts.shippingMethods.find(one => one.isActive && one.pickupPointIds?.includes(pointId) === true)
  return method === undefined ? undefined : offerId(method, pointId)
}

function readChoices(value: unknown): Result<readonly Choice[], VtexError> {
  if (value === undefined || value === null) return ok([])
  const entries = objectsOf(value)
  if (entries === undefined) return refuse(fixed.badRequest)
  const choices = new Map<number, Choice>()
  for (const entry of entries) {
    const itemIndex = wholeOf(entry.itemIndex)
    if (itemIndex === undefined || itemIndex < 0) return refuse(fixed.invalidItemIndex)
    const choice = readChoice(itemIndex, entry)
    const before = choices.get(itemIndex)
    if (before !== undefined && before.sla !== choice.sla) return refuse(fixed.twoSlas)
    choices.set(itemIndex, choice)
  }
  return ok([...choices.values()])
}

function readChoice(itemIndex: number, entry: Fields): Choice {
  const sla = textOf(entry.selectedSla)
  const channel = textOf(entry.selectedDeliveryChannel)
  const addressId = textOf(entry.addressId)
  const window = entry.deliveryWindow === undefined ? undefined : (readWindow(entry.deliveryWindow) ?? null)
  return {
    itemIndex,
    ...(sla === undefined ? {} : { sla }),
    ...(channel === undefined ? {} : { channel }),
    ...(addressId === undefined ? {} : { addressId }),
    ...(window === undefined ? {} : { window }),
  }
}

/** Windows are told apart by their ends; real clients send an empty object for none. */
export function readWindow(value: unknown): NonNullable<LineWish['window']> | undefined {
  if (!isObject(value)) return undefined
  const [start, end] = [instantOf(value.startDateUtc), instantOf(value.endDateUtc)]
  return start === undefined || end === undefined ? undefined : { start, end }
}

function instantOf(value: unknown): string | undefined {
  const at = Date.parse(textOf(value) ?? '')
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
