import type { Address } from '../../core/cart/address.js'
import type { Cart, Destination } from '../../core/cart/cart.js'
import type { CheckoutChanges, NewConsignment } from '../../core/cart/changes.js'
import type { RevisionTerms } from '../../core/cart/revision.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Json } from '../../core/ids.js'
import type { Facts } from '../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import { addressWithContactRule, email, parseAddressWithContact } from './address.js'
import { isPrivileged } from './auth.js'
import { placeOfCart } from './cart-place.js'
import { extrasOf, type WixExtras, withExtras } from './extras.js'
import { lineFields } from './line-input.js'
import { parseAmount } from './money.js'
import { carrierIdOf } from './render/shipping.js'
import { mayAdminister, type WixCall } from './request.js'
import {
  anything,
  decimal,
  type Field,
  type Fields,
  guid,
  has,
  isObject,
  type JsonObject,
  list,
  object,
  objectAt,
  oneOf,
  optional,
  pageUrl,
  required,
  text,
  textAt,
  truth,
} from './validation.js'
import { applicationError, type WixError } from './wix-error.js'

const channelTypes = [
  'WEB',
  'POS',
  'EBAY',
  'AMAZON',
  'OTHER_PLATFORM',
  'WIX_APP_STORE',
  'WIX_INVOICES',
  'BACKOFFICE_MERCHANT',
  'WISH',
  'CLASS_PASS',
  'GLOBAL_E',
  'FACEBOOK',
  'ETSY',
  'TIKTOK',
  'FAIRE_COM',
  'PAYPAL_AGENTIC_CHECKOUT',
  'STRIPE_AGENTIC_CHECKOUT',
]

/** Where an order comes from; `UNSPECIFIED` is refused. */
export const channelTypeRule = oneOf(channelTypes)
export const channelType: Field = required(channelTypeRule)

export const selectedOptionRule = object({ code: optional(text(100)), carrierId: optional(guid) })

export const extendedFieldsRule = object({ namespaces: optional(object({})) })

const checkoutFields: Fields = {
  billingInfo: optional(addressWithContactRule),
  shippingInfo: optional(
    object({
      shippingDestination: optional(addressWithContactRule),
      selectedCarrierServiceOption: optional(selectedOptionRule),
    }),
  ),
  buyerNote: optional(text(1_000)),
  buyerInfo: optional(
    object({
      email: optional(email),
      memberId: optional(guid),
      visitorId: optional(guid),
      contactId: optional(guid),
      openAccess: optional(truth),
    }),
  ),
  customFields: optional(
    list(
      object({ value: required(anything), title: optional(text(500, 1)), translatedTitle: optional(text(500, 1)) }),
      {
        max: 100,
      },
    ),
  ),
  membershipOptions: optional(object({})),
  cartId: optional(guid),
  extendedFields: optional(extendedFieldsRule),
  customSettings: optional(
    object({
      lockGiftCard: optional(truth),
      lockCouponCode: optional(truth),
      disabledPolicyAgreementCheckbox: optional(truth),
      disabledManualPayment: optional(truth),
    }),
  ),
  customContentReference: optional(object({ appId: optional(guid), componentId: optional(guid) })),
  externalReference: optional(object({ appId: optional(guid), resourceId: optional(text(100, 1)) })),
  businessLocationId: optional(guid),
  taxExemptGroupId: optional(guid),
}

const checkoutRule = object(checkoutFields)

/** Codes and the address of another checkout page, beside the checkout itself. */
const besides: Fields = {
  couponCode: optional(text(100)),
  giftCardCode: optional(text(100)),
  giftCardRedeemAmount: optional(decimal({ max: 1_000_000_000_000_001n, scale: 3 })),
  overrideCheckoutUrl: optional(pageUrl(1_000)),
}

export const createCheckoutFields: Fields = {
  channelType,
  ...lineFields(300),
  checkoutInfo: optional(checkoutRule),
  ...besides,
}

export const updateCheckoutFields: Fields = { checkout: optional(checkoutRule), ...lineFields(300), ...besides }

/** A site must have some way to pay before there can be a checkout. */
export function paymentFault({ paymentMethods }: Facts): CheckoutError | undefined {
  return paymentMethods.length === 0 ? { code: 'payment_missing' } : undefined
}

/** What of a checkout a request sets: people, places and extras. `isNew`: also what later stays as it is. */
export function readCheckout(
  call: WixCall,
  info: JsonObject,
  isNew: boolean,
): Result<(cart: Cart) => CheckoutChanges, WixError> {
  if ((has(info, 'customContentReference') || has(info, 'customSettings')) && !mayAdminister(call)) {
    return refuse(applicationError(403, 'PERMISSION_DENIED', 'Custom content and settings need an administrator.'))
  }
  const shippingInfo = objectAt(info, 'shippingInfo')
  const extras = { ...readExtras(info), ...(isNew ? readFixedExtras(info) : {}) }
  const overrideUrl = textAt(call.body, 'overrideCheckoutUrl')
  const override = overrideUrl === undefined ? {} : { overrideCheckoutUrl: overrideUrl }
  return ok(cart => ({
    ...readBuyer(call, objectAt(info, 'buyerInfo')),
    ...(has(info, 'billingInfo') ? { billingAddress: parseAddressWithContact(objectAt(info, 'billingInfo')) } : {}),
    ...shippingChanges(cart, {
      ...(has(shippingInfo, 'shippingDestination')
        ? { address: parseAddressWithContact(objectAt(shippingInfo, 'shippingDestination')) }
        : {}),
      option: textAt(objectAt(shippingInfo, 'selectedCarrierServiceOption'), 'code'),
    }),
    ...(typeof info.buyerNote === 'string' ? { customerNote: info.buyerNote === '' ? null : info.buyerNote } : {}),
    extras: withExtras(cart, { ...extras, ...mergedFields(cart, info), ...override }),
  }))
}

/** The e-mail may be changed but not removed; contacts are for keys to name. Source: dialects/wix.md 2.3, 3.4. */
function readBuyer({ identity }: WixCall, buyerInfo: JsonObject): CheckoutChanges {
  const mail = textAt(buyerInfo, 'email')
  const contactId = isPrivileged(identity) ? textAt(buyerInfo, 'contactId') : undefined
  const buyer = {
    ...(mail === undefined ? {} : { email: mail }),
    ...(contactId === undefined ? {} : { contactId: contactId.toLowerCase() }),
  }
  return Object.keys(buyer).length === 0 ? {} : { buyer }
}

/**
 * The one shipment of this platform with another destination or option; everything goes there. A choice stays as long as
 * no other is made.
 *
 * @param changes.address  null: none any longer; absent: as it is
 */
export function shippingChanges(
  cart: Cart,
  changes: { readonly address?: Address | null; readonly option?: string | undefined },
): CheckoutChanges {
  if (changes.address === undefined && changes.option === undefined) return {}
  const present = cart.consignments[0]
  const selectedOption = changes.option ?? present?.selectedOption
  const consignment: NewConsignment = {
    destination: destinationOf(changes.address, present?.destination),
    ...(selectedOption === undefined ? {} : { selectedOption }),
  }
  return { consignments: [consignment] }
}

function destinationOf(address: Address | null | undefined, present: Destination | undefined): Destination {
  if (address === undefined) return present ?? { kind: 'unknown' }
  return address === null ? { kind: 'unknown' } : { kind: 'address', address }
}

function readExtras(info: JsonObject): Partial<WixExtras> {
  const memberships = objectAt(objectAt(info, 'membershipOptions'), 'selectedMemberships')
  return {
    ...kept(info, 'customFields'),
    ...kept(info, 'customContentReference'),
    ...kept(info, 'businessLocationId'),
    ...kept(info, 'taxExemptGroupId'),
    ...(Object.keys(memberships).length === 0
      ? {}
      : { selectedMemberships: memberships as Readonly<Record<string, Json>> }),
  }
}

function readFixedExtras(info: JsonObject): Partial<WixExtras> {
  return { ...kept(info, 'customSettings'), ...kept(info, 'externalReference'), ...kept(info, 'cartId') }
}

function kept(info: JsonObject, name: string): Partial<WixExtras> {
  return has(info, name) ? { [name]: info[name] } : {}
}

/** Extended fields are replaced one namespace at a time. */
export function mergedFields(cart: Cart, info: JsonObject): Partial<WixExtras> {
  const sent = objectAt(info, 'extendedFields').namespaces
  if (!isObject(sent)) return {}
  const before = extrasOf(cart).extendedFields?.namespaces
  const namespaces = { ...(isObject(before) ? before : {}), ...sent } as Readonly<Record<string, Json>>
  return { extendedFields: { namespaces } }
}

/** The code of a gift card that a request names, and what it shall pay at most, in the cart's currency. */
export async function readGiftCard(
  call: WixCall,
  operations: Operations,
): Promise<Result<{ readonly code: string; readonly limit?: bigint } | undefined, WixError>> {
  const code = textAt(call.body, 'giftCardCode')?.trim()
  if (code === undefined) return ok(undefined)
  if (code.length < 8 || code.length > 20) {
    return refuse(applicationError(404, 'GIFT_CARD_CODE_INVALID', 'This is no code of a gift card.'))
  }
  const amount = textAt(call.body, 'giftCardRedeemAmount')
  if (amount === undefined) return ok({ code })
  const limit = parseAmount(amount, (await placeOfCart(call, operations)).currency)
  return ok({ code, ...(limit === undefined ? {} : { limit }) })
}

/** Lines of a cart or checkout. Source: dialects/wix.md 5, `300 lines per cart/checkout`. */
const mostLines = 300

/** How strict a request is about what it chooses; the option's carrier must be the one that it names, if any. */
export function termsFor(option: JsonObject, unoffered: 'refuse' | 'drop'): RevisionTerms {
  const carrierId = textAt(option, 'carrierId')?.toLowerCase()
  return {
    idleCoupon: 'keep',
    subscriptionTerms: 'refuse',
    mostLines,
    ...(textAt(option, 'code') === undefined ? {} : { unofferedOption: unoffered }),
    ...(carrierId === undefined ? {} : { isOptionMeant: offer => carrierIdOf(offer) === carrierId }),
  }
}
