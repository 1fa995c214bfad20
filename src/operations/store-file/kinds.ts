import type { StoreRecord } from '../../storage/import-store.js'
import type { PostalPlace } from '../../storage/storage.js'
import type { Form } from './form.js'
import { channelForm } from './forms/channel.js'
import { couponForm } from './forms/coupon.js'
import { credentialForm } from './forms/credential.js'
import { customerForm } from './forms/customer.js'
import { giftCardForm } from './forms/gift-card.js'
import { paymentMethodForm } from './forms/payment-method.js'
import { pickupPointForm } from './forms/pickup-point.js'
import { postalPlaceForm } from './forms/postal-place.js'
import { priceForm } from './forms/price.js'
import { promotionForm } from './forms/promotion.js'
import { sellerForm } from './forms/seller.js'
import { shippingMethodForm } from './forms/shipping-method.js'
import { stockForm } from './forms/stock.js'
import { taxZoneForm } from './forms/tax-zone.js'
import { variantForm } from './forms/variant.js'

/** What an entry of a store file may be; the `kind` of a JSON Lines entry. */
export type EntryKind = StoreRecord['kind']

interface Kind {
  /** Its section in the JSON form. */
  readonly section: string
  readonly form: Form
}

/** Every kind, in the order in which the sections of a JSON file are read: what is named comes before what names it. */
export const kinds: Readonly<Record<EntryKind, Kind>> = {
  seller: { section: 'sellers', form: sellerForm },
  channel: { section: 'channels', form: channelForm },
  tax_zone: { section: 'taxZones', form: taxZoneForm },
  pickup_point: { section: 'pickupPoints', form: pickupPointForm },
  shipping_method: { section: 'shippingMethods', form: shippingMethodForm },
  payment_method: { section: 'paymentMethods', form: paymentMethodForm },
  variant: { section: 'variants', form: variantForm },
  price: { section: 'prices', form: priceForm },
  stock: { section: 'stock', form: stockForm },
  promotion: { section: 'promotions', form: promotionForm },
  coupon: { section: 'coupons', form: couponForm },
  gift_card: { section: 'giftCards', form: giftCardForm },
  customer: { section: 'customers', form: customerForm },
  credential: { section: 'credentials', form: credentialForm },
  postal_place: { section: 'postalPlaces', form: postalPlaceForm },
}

/** The kinds in reading order. */
export const entryKinds = Object.keys(kinds) as readonly EntryKind[]

/** Whether that is a kind of entry. */
export function isEntryKind(name: unknown): name is EntryKind {
  return typeof name === 'string' && Object.hasOwn(kinds, name)
}

/** What makes an entry the same entry: putting one with the same key replaces it. */
export function recordKey(record: StoreRecord): string {
  const parts = keyParts(record)
  return JSON.stringify([record.kind, ...parts])
}

function keyParts(record: StoreRecord): readonly string[] {
  switch (record.kind) {
    case 'channel':
    case 'seller':
    case 'promotion':
      return [record.value.id]
    case 'tax_zone':
    case 'shipping_method':
    case 'payment_method':
    case 'pickup_point':
      return [record.channel, record.value.id]
    case 'variant':
      return [record.value.sku]
    case 'stock':
      return [record.value.sku, record.value.location]
    case 'price':
      return [record.sku, record.value.channel, record.value.currency, record.value.mode]
    case 'coupon':
    case 'gift_card':
      return [record.value.code.toLowerCase()]
    case 'customer':
      return [record.value.email.toLowerCase()]
    case 'credential':
      return [record.value.kind, record.value.secretHash]
    case 'postal_place':
      return postalKey(record.value)
  }
}

/** Postal codes are compared by their letters and digits alone. */
function postalKey({ country, postalCode, place, district = '', street = '' }: PostalPlace): readonly string[] {
  return [country, postalCode.toUpperCase().replace(/[^A-Z0-9]/g, ''), place, district, street]
}
