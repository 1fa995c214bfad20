import type { Cart } from '../../core/cart/cart.js'
import type { CheckoutChanges } from '../../core/cart/changes.js'
import type { CartRevision } from '../../core/cart/revision.js'
import type { Operations } from '../../operations/operations.js'
import { addressRule, addressWithContactRule, email, parseAddress, parseAddressWithContact } from './address.js'
import { isPrivileged } from './auth.js'
import {
  channelType,
  extendedFieldsRule,
  mergedFields,
  selectedOptionRule,
  shippingChanges,
  termsFor,
} from './checkout-input.js'
import { extrasOf, withExtras } from './extras.js'
import { lineFields, readLines } from './line-input.js'
import type { WixCall } from './request.js'
import {
  type Fields,
  type FieldViolation,
  guid,
  has,
  type JsonObject,
  missing,
  object,
  objectAt,
  optional,
  text,
  textAt,
  truth,
} from './validation.js'

const cartRule = object({
  id: optional(guid),
  buyerNote: optional(text(1_000)),
  buyerInfo: optional(
    object({ email: optional(email), contactId: optional(guid), memberId: optional(guid), visitorId: optional(guid) }),
  ),
  contactInfo: optional(addressWithContactRule),
  overrideCheckoutUrl: optional(text(1_000)),
  selectedShippingOption: optional(selectedOptionRule),
  extendedFields: optional(extendedFieldsRule),
  businessLocationId: optional(guid),
})

/** Body of the calls that create or update a cart. Source: dialects/wix.md 3.12. */
export const cartFields: Fields = { cartInfo: optional(cartRule), couponCode: optional(text(100)), ...lineFields(300) }

/** Body of an estimate. */
export const estimateFields: Fields = {
  selectedShippingOption: optional(selectedOptionRule),
  shippingAddress: optional(addressRule),
  billingAddress: optional(addressRule),
  selectedMemberships: optional(object({})),
  calculateTax: optional(truth),
  calculateShipping: optional(truth),
  calculateAdditionalFees: optional(truth),
}

/** Body of the call that makes a cart a checkout. */
export const toCheckoutFields: Fields = {
  channelType,
  shippingAddress: optional(addressRule),
  billingAddress: optional(addressRule),
  selectedShippingOption: optional(selectedOptionRule),
  email: optional(email),
}

/** What a request to create or update a cart changes. */
export async function readCartRevision(call: WixCall, operations: Operations) {
  const info = objectAt(call.body, 'cartInfo')
  const lines = await readLines(call, operations)
  if (!lines.ok) return lines
  const coupon = textAt(call.body, 'couponCode')?.trim()
  const value: CartRevision = {
    lines: lines.value,
    changes: cart => cartChanges(call, info, cart),
    ...(coupon === undefined ? {} : { coupon }),
    terms: termsFor(objectAt(info, 'selectedShippingOption'), 'drop'),
  }
  return { ok: true as const, value }
}

function cartChanges({ identity }: WixCall, info: JsonObject, cart: Cart): CheckoutChanges {
  const buyerInfo = objectAt(info, 'buyerInfo')
  const mail = textAt(buyerInfo, 'email')
  const contactId = isPrivileged(identity) ? textAt(buyerInfo, 'contactId')?.toLowerCase() : undefined
  const url = textAt(info, 'overrideCheckoutUrl')
  const location = textAt(info, 'businessLocationId')
  return {
    buyer: { ...(mail === undefined ? {} : { email: mail }), ...(contactId === undefined ? {} : { contactId }) },
    ...(typeof info.buyerNote === 'string' ? { customerNote: info.buyerNote === '' ? null : info.buyerNote } : {}),
    ...shippingChanges(cart, {
      ...(has(info, 'contactInfo') ? { address: parseAddressWithContact(objectAt(info, 'contactInfo')) } : {}),
      option: textAt(objectAt(info, 'selectedShippingOption'), 'code'),
    }),
    extras: withExtras(cart, {
      ...mergedFields(cart, info),
      ...(url === undefined ? {} : { overrideCheckoutUrl: url }),
      ...(location === undefined ? {} : { businessLocationId: location }),
    }),
  }
}

/** What an estimate tries: addresses and an option, the latter only where the cart has none. */
export function estimateRevision({ body }: WixCall): CartRevision {
  const option = objectAt(body, 'selectedShippingOption')
  return {
    changes: cart => placeChanges(body, cart, { keepsOption: true }),
    terms: { ...termsFor(option, 'drop'), subscriptionTerms: 'keep' },
  }
}

/** What makes a cart a checkout. */
export function toCheckoutRevision({ body }: WixCall, createdBy: Readonly<Record<string, string>>): CartRevision {
  const mail = textAt(body, 'email')
  return {
    changes: cart => ({
      ...placeChanges(body, cart, { keepsOption: false }),
      ...(mail === undefined ? {} : { buyer: { email: mail } }),
      extras: withExtras(cart, {
        isCheckout: true,
        channelType: textAt(body, 'channelType') ?? 'WEB',
        // Who made the checkout stays who made it, however often it is made anew.
        ...(extrasOf(cart).isCheckout === true ? {} : { createdBy }),
      }),
    }),
    terms: termsFor(objectAt(body, 'selectedShippingOption'), 'drop'),
  }
}

function placeChanges(
  body: JsonObject,
  cart: Cart,
  { keepsOption }: { readonly keepsOption: boolean },
): CheckoutChanges {
  const option = textAt(objectAt(body, 'selectedShippingOption'), 'code')
  const present = cart.consignments[0]?.selectedOption
  return {
    ...(has(body, 'billingAddress') ? { billingAddress: parseAddress(objectAt(body, 'billingAddress')) } : {}),
    ...shippingChanges(cart, {
      ...(has(body, 'shippingAddress') ? { address: parseAddress(objectAt(body, 'shippingAddress')) } : {}),
      option: keepsOption ? (present ?? option) : option,
    }),
  }
}

/** An address of somebody unknown needs an e-mail address beside it. Source: dialects/wix.md 3.12, 5.5. */
export function ownerlessAddress({ body, identity }: WixCall): readonly FieldViolation[] {
  const hasAddress = has(body, 'shippingAddress') || has(body, 'billingAddress')
  return hasAddress && identity.kind === 'visitor' && textAt(body, 'email') === undefined ? [missing('email')] : []
}
