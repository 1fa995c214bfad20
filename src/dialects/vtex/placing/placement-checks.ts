import type { Address } from '../../../core/cart/address.js'
import type { Attachment, Buyer } from '../../../core/cart/cart.js'
import type { AttachmentSchema } from '../../../core/catalog/variant.js'
import { isTaxId } from '../../../core/customers/tax-id.js'
import { findCountry } from '../../../core/geography/countries.js'
import type { PricedCart, PricedConsignment } from '../../../core/pricing/priced-cart.js'
import { alpha3Of, isPickupAddress } from '../address.js'
import type { VtexError } from '../answer.js'
import { errorNaming, fixed } from '../fixed-errors.js'
import { availabilityOf } from '../render/availability.js'
import { formsOf, nameOf, skuIdOf } from '../render/item.js'
import type { VtexSettings } from '../settings.js'

const bad = (code: string, message: string): VtexError => ({ status: 400, code, message })

/** Everything that stands in the way of a purchase, in this order; the first one is told. Source: dialects/vtex.md 3.27. */
export function placementFault(priced: PricedCart, settings: VtexSettings): VtexError | undefined {
  return (
    contentFault(priced, settings) ??
    attachmentFault(priced) ??
    profileFault(priced.cart.buyer, priced) ??
    shippingFault(priced) ??
    paymentFault(priced)
  )
}

function contentFault(priced: PricedCart, { orderForm }: VtexSettings): VtexError | undefined {
  const { lines } = priced
  if (lines.length === 0) return { status: 500, code: 'ORD005', message: 'The purchase cannot be done without items' }
  const gone = lines.find(({ availability }) => availability === 'not_found')
  if (gone !== undefined) return fixed.itemNotFound(skuIdOf(gone))
  if (lines.some(line => availabilityOf(line, priced) !== 'available')) return fixed.unavailableItems
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (pieces < orderForm.minimumQuantityAccumulatedForItems) {
    return bad('CHK0248', 'The minimum quantity for items that must be accumulated in cart has not been reached')
  }
  const least = BigInt(orderForm.minimumValueAccumulated ?? 0)
  return priced.totals.subtotal < least
    ? bad('CHK0248', 'The minimum value that must be accumulated in cart has not been reached')
    : undefined
}

function attachmentFault({ lines }: PricedCart): VtexError | undefined {
  const isLacking = (forms: readonly AttachmentSchema[], filledIn: readonly Attachment[] = []) =>
    forms.some(({ name, isRequired }) => isRequired && !filledIn.some(own => own.name === name))
  const lacking = lines.find(
    line =>
      isLacking(line.variant?.attachments ?? [], line.item.attachments) ||
      line.item.options.some(({ sku, attachments }) => isLacking(formsOf(line, sku), attachments)),
  )
  return lacking === undefined
    ? undefined
    : errorNaming(400, 'ORD025', 'Item {0} had some empty required attachment', nameOf(lacking))
}

const profileFields = ['email', 'firstName', 'lastName', 'document', 'phone'] as const

/** Texts with asterisks are what strangers were shown; they never reach an order. */
function profileFault(buyer: Buyer, priced: PricedCart): VtexError | undefined {
  for (const name of profileFields) {
    const value = buyer[name]
    if (value === undefined || value === '' || value.includes('*')) return fixed.profileField(name)
  }
  const isBrazilian = priced.cart.consignments.some(
    ({ destination }) => destination.kind === 'address' && destination.address.country === 'BR',
  )
  const kind = buyer.documentType?.toUpperCase()
  const isWrong = isBrazilian && (kind === 'CPF' || kind === 'CNPJ') && !isTaxId(kind, buyer.document ?? '')
  return isWrong ? fixed.profileField('document') : undefined
}

function shippingFault(priced: PricedCart): VtexError | undefined {
  const shipped = priced.consignments.filter(({ items }) => items.length > 0)
  const isLacking = priced.lines.some(
    ({ item, kind }) =>
      kind === 'physical' && !shipped.some(({ items }) => items.some(({ lineItemId }) => lineItemId === item.id)),
  )
  if (isLacking || shipped.some(isSentNowhere)) {
    return bad('CHK0175', 'Shipping data is required')
  }
  for (const entry of shipped) {
    const fault = addressFault(entry) ?? optionFault(entry, priced)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Without an address, or with none but that of the place to pick up at, where it shall be sent. */
function isSentNowhere({ consignment: { destination }, selected }: PricedConsignment): boolean {
  if (destination.kind !== 'address') return destination.kind === 'unknown'
  return isPickupAddress(destination.address) && selected !== undefined && selected.pickupPointId === undefined
}

function addressFault({ consignment: { destination }, selected }: PricedConsignment): VtexError | undefined {
  if (destination.kind !== 'address') return undefined
  const field = wrongField(destination.address, selected?.pickupPointId !== undefined)
  return field === undefined ? undefined : fixed.shippingField(field)
}

/** Who picks up needs no street to be sent to. */
function wrongField(address: Address, isPickup: boolean): string | undefined {
  if (alpha3Of(address.country) === '') return 'country'
  const needsCode = findCountry(address.country ?? '')?.needsPostalCode === true && address.longitude === undefined
  const needed: readonly (readonly [string, string | undefined, boolean])[] = [
    ['postalCode', address.postalCode, needsCode],
    ['city', address.city, !isPickup],
    ['street', address.line1, !isPickup],
    ['number', address.streetNumber, false],
    ['neighborhood', address.district, false],
    ['complement', address.line2, false],
    ['receiverName', [address.firstName, address.lastName].filter(part => part !== undefined).join(' '), false],
  ]
  return needed.find(([, value = '', isNeeded]) => (isNeeded && value === '') || value.includes('*'))?.[0]
}

function optionFault({ consignment, items, selected }: PricedConsignment, priced: PricedCart): VtexError | undefined {
  if (selected === undefined) {
    const [first] = items
    const line = priced.lines.find(({ item }) => item.id === first?.lineItemId)
    const isGone = consignment.selectedOption !== undefined && line !== undefined
    return isGone ? fixed.slaUnavailable(nameOf(line), skuIdOf(line)) : bad('CHK0257', 'No SLA is selected')
  }
  const windows = selected.deliveryWindows ?? []
  if (windows.length === 0) return undefined
  const { deliveryWindow } = consignment
  if (deliveryWindow === undefined) return bad('ORD046', 'Delivery window is required')
  const isOffered = windows.some(({ start, end }) => start === deliveryWindow.start && end === deliveryWindow.end)
  return isOffered ? undefined : bad('ORD047', 'Invalid delivery window')
}

function paymentFault({ cart, payments, problems, totals }: PricedCart): VtexError | undefined {
  if (totals.amountDue === 0n) return undefined
  if (cart.payments.length === 0) return bad('CHK0209', "There's no payment selected")
  if (payments.length < cart.payments.length || problems.some(({ code }) => code === 'payment_method_unknown')) {
    return fixed.invalidPaymentSystem
  }
  return undefined
}
