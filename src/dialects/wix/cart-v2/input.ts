import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import type { CheckoutChanges } from '../../../core/cart/changes.js'
import type { Json } from '../../../core/ids.js'
import type { Figure } from '../../../operations/operations.js'
import { addressRule, email, parseAddress, parseAddressWithContact } from '../address.js'
import { isPrivileged } from '../auth.js'
import { channelTypeRule, extendedFieldsRule, mergedFields, shippingChanges } from '../checkout-input.js'
import { extrasOf, type WixExtras, withExtras } from '../extras.js'
import { catalogItemRule, customItemRule } from '../line-input.js'
import type { WixCall } from '../request.js'
import {
  type Fields,
  guid,
  has,
  type JsonObject,
  list,
  object,
  objectAt,
  objectsAt,
  optional,
  pageUrl,
  required,
  text,
  textAt,
  truth,
  whole,
} from '../validation.js'

const money = object({ amount: required(text(20, 1)) })
const contact = object({
  firstName: optional(text(100)),
  lastName: optional(text(100)),
  phone: optional(text(50)),
  company: optional(text(1_000)),
})

const cartRule = object({
  id: optional(guid),
  note: optional(text(1_000)),
  source: optional(object({ channelType: optional(channelTypeRule) })),
  businessInfo: optional(object({ locationId: optional(guid) })),
  customerInfo: optional(
    object({
      email: optional(email),
      contactId: optional(guid),
      memberId: optional(guid),
      visitorId: optional(guid),
      openAccess: optional(truth),
      firstName: optional(text(100)),
      lastName: optional(text(100)),
      phone: optional(text(50)),
      company: optional(text(1_000)),
    }),
  ),
  deliveryInfo: optional(object({ address: optional(addressRule) })),
  paymentInfo: optional(object({ billingAddress: optional(addressRule), billingContact: optional(contact) })),
  taxInfo: optional(object({ taxExemptGroupId: optional(guid) })),
  customCheckoutUrl: optional(pageUrl(2_048)),
  extendedFields: optional(extendedFieldsRule),
  settings: optional(object({ lockGiftCard: optional(truth), lockCouponCode: optional(truth) })),
})

const methodRule = object({ code: required(text(100, 1)), appId: optional(guid) })
const couponRule = object({ code: required(text(100, 1)) })
const giftCardRule = object({ code: required(text(100, 1)), redeemAmount: optional(money) })

const customItem = object({
  name: required(object({ original: required(text(200, 1)) })),
  quantityInfo: required(object({ requestedQuantity: required(whole(1, 100_000)) })),
  pricing: required(object({ price: required(money) })),
  attributes: required(object({})),
  modifierGroups: optional(
    list(object({ modifiers: required(list(object({ price: optional(money) }), { max: 25 })) }), { max: 25 }),
  ),
})

/** Items of a request, so many of each kind at most. */
function itemsUpTo(max: number): Fields {
  return {
    catalogItems: optional(list(catalogItemRule, { max })),
    customItems: optional(list(customItem, { max })),
  }
}

/** Items to add. */
export const itemFields: Fields = itemsUpTo(100)

/** Body of a new cart. */
export const createFields: Fields = {
  cart: optional(cartRule),
  ...itemsUpTo(300),
  coupons: optional(list(couponRule, { max: 1 })),
  giftCards: optional(list(giftCardRule, { max: 1 })),
  deliveryMethod: optional(methodRule),
}

/** Figures of an estimate, by what asks for them. */
const figures: Readonly<Record<string, Figure>> = {
  calculateTax: 'taxes',
  calculateDelivery: 'shipping',
  calculateAdditionalFees: 'fees',
  calculateGiftCards: 'gift_cards',
}

/** What an estimate leaves out: each, unless the request asks for it. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202. */
export function leftOutV2(body: JsonObject): readonly Figure[] {
  return Object.entries(figures).flatMap(([name, figure]) => (body[name] === true ? [] : [figure]))
}

/** Which figures an estimate shall have. */
export const estimateFieldsV2: Fields = {
  calculateTax: optional(truth),
  calculateDelivery: optional(truth),
  calculateAdditionalFees: optional(truth),
  calculateGiftCards: optional(truth),
}

export const updateFields: Fields = { cart: required(cartRule) }
export const couponFields: Fields = { coupon: required(couponRule) }
export const giftCardFields: Fields = { giftCard: required(giftCardRule) }
export const methodFields: Fields = { deliveryMethod: required(methodRule) }
export const lineUpdateFields: Fields = {
  lineItems: optional(
    list(
      object({
        lineItemId: required(guid),
        quantity: optional(object({ newQuantity: required(whole(1, 100_000)) })),
      }),
      { max: 300 },
    ),
  ),
}

/** The items of a request as V1 would have sent them. */
export function asV1Items(call: WixCall): WixCall {
  const lineItems = objectsAt(call.body, 'catalogItems')
  const customLineItems = objectsAt(call.body, 'customItems').map(asV1CustomItem)
  return { ...call, body: { ...call.body, lineItems, customLineItems } }
}

function asV1CustomItem(item: JsonObject): JsonObject {
  const pricing = objectAt(item, 'pricing')
  const quantity = objectAt(item, 'quantityInfo')
  const attributes = objectAt(item, 'attributes')
  const payment = objectAt(item, 'paymentConfig')
  const parts: readonly (readonly [string, unknown])[] = [
    ['quantity', quantity.requestedQuantity],
    ['quantityAvailable', quantity.availableQuantity],
    ['fixedQuantity', quantity.fixedQuantity],
    ['productName', item.name],
    ['price', objectAt(pricing, 'price').amount],
    ['fullPrice', textAt(objectAt(pricing, 'fullPrice'), 'amount')],
    ['priceDescription', pricing.priceDescription],
    ['priceUndetermined', pricing.priceUndetermined],
    ['itemType', attributes.itemType ?? { preset: 'UNRECOGNISED' }],
    ['descriptionLines', attributes.descriptionLines],
    ['physicalProperties', attributes.physicalProperties],
    ['serviceProperties', attributes.serviceProperties],
    ['membersOnly', attributes.membersOnly],
    ['media', attributes.image],
    ['url', attributes.url],
    ['paymentOption', payment.paymentOption],
    ['depositAmount', textAt(objectAt(payment, 'depositAmount'), 'amount')],
    ['taxGroupId', objectAt(item, 'taxConfig').taxGroupId],
    ['taxableAddress', objectAt(item, 'taxConfig').taxableAddress],
    ['deliveryProfileId', objectAt(item, 'deliveryConfig').deliveryProfileId],
    ['modifierGroups', has(item, 'modifierGroups') ? asV1Groups(item) : undefined],
    ['catalogReference', objectAt(item, 'source').catalogReference],
    ['rootCatalogItemId', objectAt(item, 'source').rootCatalogItemId],
  ]
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined && value !== null))
}

/** Modifiers cost an amount of money here, and a decimal in V1. */
function asV1Groups(item: JsonObject): readonly JsonObject[] {
  return objectsAt(item, 'modifierGroups').map(group => ({
    ...group,
    modifiers: objectsAt(group, 'modifiers').map(modifier => {
      const { price: _money, ...rest } = modifier
      const amount = textAt(objectAt(modifier, 'price'), 'amount')
      return amount === undefined ? rest : { ...rest, price: amount }
    }),
  }))
}

/** Rules of the items once they are in V1's form; how many there may be is looked at before. */
export const v1ItemFields: Fields = {
  lineItems: optional(list(catalogItemRule, { max: 300 })),
  customLineItems: optional(list(customItemRule, { max: 300 })),
}

/** What a request sets of a cart's own members. `isNew`: also what later stays as it is. */
export function cartChanges(call: WixCall, sent: JsonObject, cart: Cart, isNew: boolean): CheckoutChanges {
  const customer = objectAt(sent, 'customerInfo')
  const payment = objectAt(sent, 'paymentInfo')
  const delivery = objectAt(sent, 'deliveryInfo')
  const mayName = isPrivileged(call.identity) || cart.owner.kind === 'visitor'
  const contactId = mayName ? textAt(customer, 'contactId')?.toLowerCase() : undefined
  const { note } = sent
  return {
    buyer: { ...personOf(customer), ...(contactId === undefined ? {} : { contactId }) },
    ...(typeof note === 'string' ? { customerNote: note === '' ? null : note } : {}),
    ...(has(payment, 'billingAddress') || has(payment, 'billingContact')
      ? { billingAddress: billingOf(payment, cart) }
      : {}),
    ...(has(delivery, 'address') ? shippingChanges(cart, { address: deliveryOf(delivery, customer, cart) }) : {}),
    extras: withExtras(cart, {
      ...readExtras(sent),
      ...mergedFields(cart, sent),
      ...(isNew ? fixedExtras(call, sent) : {}),
    }),
  }
}

function personOf(customer: JsonObject): CheckoutChanges['buyer'] & {} {
  const names = ['email', 'firstName', 'lastName', 'phone'] as const
  return Object.fromEntries(
    names.flatMap(name => {
      const value = textAt(customer, name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

/** Either half of a billing address may come alone. */
function billingOf(payment: JsonObject, cart: Cart): Address | null {
  const address = has(payment, 'billingAddress') ? objectAt(payment, 'billingAddress') : undefined
  const parsed = parseAddressWithContact({
    address: address ?? {},
    contactDetails: objectAt(payment, 'billingContact'),
  })
  return address === undefined ? { ...cart.billingAddress, ...parsed } : parsed
}

/** Goods are sent to whoever buys: an address of V2 has no names of its own. */
function deliveryOf(delivery: JsonObject, customer: JsonObject, { buyer }: Cart): Address {
  const known = { firstName: buyer.firstName, lastName: buyer.lastName, phone: buyer.phone }
  const sent = personOf(customer)
  const person = { ...known, firstName: sent.firstName ?? known.firstName, lastName: sent.lastName ?? known.lastName }
  const phone = sent.phone ?? known.phone
  return {
    ...parseAddress(objectAt(delivery, 'address')),
    ...(person.firstName === undefined ? {} : { firstName: person.firstName }),
    ...(person.lastName === undefined ? {} : { lastName: person.lastName }),
    ...(phone === undefined ? {} : { phone }),
    ...(textAt(customer, 'company') === undefined ? {} : { company: textAt(customer, 'company') ?? '' }),
  }
}

function readExtras(sent: JsonObject): Partial<WixExtras> {
  const url = textAt(sent, 'customCheckoutUrl')
  const location = textAt(objectAt(sent, 'businessInfo'), 'locationId')
  const group = textAt(objectAt(sent, 'taxInfo'), 'taxExemptGroupId')
  return {
    ...(url === undefined ? {} : { overrideCheckoutUrl: url }),
    ...(location === undefined ? {} : { businessLocationId: location }),
    ...(group === undefined ? {} : { taxExemptGroupId: group }),
  }
}

/** What is said once: where the cart comes from, and what is locked; the latter by backends. */
function fixedExtras({ identity }: WixCall, sent: JsonObject): Partial<WixExtras> {
  const channelType = textAt(objectAt(sent, 'source'), 'channelType')
  const settings = objectAt(sent, 'settings') as Readonly<Record<string, Json>>
  const isSet = isPrivileged(identity) && Object.keys(settings).length > 0
  return { ...(channelType === undefined ? {} : { channelType }), ...(isSet ? { customSettings: settings } : {}) }
}

/** What is locked on this cart. */
export function settingsOfCart(cart: Cart) {
  return extrasOf(cart).customSettings
}
