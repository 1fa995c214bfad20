import type { Cart } from '../../core/cart/cart.js'
import type { CheckoutChanges } from '../../core/cart/changes.js'
import type { CartRevision } from '../../core/cart/revision.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Figure, Operations } from '../../operations/operations.js'
import { addressRule, addressWithContactRule, email, parseAddress, parseAddressWithContact } from './address.js'
import {
  channelType,
  extendedFieldsRule,
  mergedFields,
  paymentFault,
  selectedOptionRule,
  shippingChanges,
  termsFor,
} from './checkout-input.js'
import { extrasOf, lineExtrasOf, withExtras } from './extras.js'
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
  pageUrl,
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
  overrideCheckoutUrl: optional(pageUrl(1_000)),
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
    guard: cart => locationFault(cart, info) ?? contactFault(cart, info),
    lines: lines.value,
    changes: cart => cartChanges(info, cart),
    ...(coupon === undefined ? {} : { coupon }),
    terms: termsFor(objectAt(info, 'selectedShippingOption'), 'drop'),
  }
  return { ok: true as const, value }
}

/** A cart stays at one business location until that is taken off. Source: dialects/wix.md 3.12. */
export function locationFault(cart: Cart, sent: JsonObject): CheckoutError | undefined {
  const asked = textAt(sent, 'businessLocationId')
  const present = extrasOf(cart).businessLocationId
  return asked === undefined || present === undefined || asked === present
    ? undefined
    : { code: 'invalid_input', field: 'businessLocationId', rule: 'another location' }
}

/** The contact of a member is known, and no other. */
function contactFault(cart: Cart, info: JsonObject): CheckoutError | undefined {
  const asked = textAt(objectAt(info, 'buyerInfo'), 'contactId')
  return asked === undefined || cart.owner.kind !== 'member'
    ? undefined
    : { code: 'invalid_input', field: 'contactId', rule: 'member' }
}

function cartChanges(info: JsonObject, cart: Cart): CheckoutChanges {
  const buyerInfo = objectAt(info, 'buyerInfo')
  const mail = textAt(buyerInfo, 'email')
  const contactId = textAt(buyerInfo, 'contactId')?.toLowerCase()
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

/** Figures of an estimate, by what asks for them. */
const figures: Readonly<Record<string, Figure>> = {
  calculateTax: 'taxes',
  calculateShipping: 'shipping',
  calculateAdditionalFees: 'fees',
}

/** What an estimate leaves out: each is computed unless the request says no. Source: dialects/wix.md 3.12. */
export function leftOut(body: JsonObject): readonly Figure[] {
  return Object.entries(figures).flatMap(([name, figure]) => (body[name] === false ? [figure] : []))
}

/** What makes a cart a checkout. */
export function toCheckoutRevision({ body }: WixCall, createdBy: Readonly<Record<string, string>>): CartRevision {
  const mail = textAt(body, 'email')
  return {
    guard: (cart, facts) => customItemFault(cart) ?? paymentFault(facts),
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

/** What a custom item may be in a cart, but not in a checkout. Source: dialects/wix.md 3.12, 4.3. */
function customItemFault({ lineItems }: Cart): CheckoutError | undefined {
  for (const line of lineItems) {
    if (line.origin.kind !== 'custom') continue
    const { shown = {} } = lineExtrasOf(line)
    if (!isPaidInFull(shown)) return { code: 'invalid_input', field: 'paymentOption', rule: 'in full' }
    const kinds = ['physicalProperties', 'serviceProperties'].filter(name => has(shown, name))
    if (kinds.length > 1) return { code: 'invalid_input', field: 'properties', rule: 'exactly one' }
  }
  return undefined
}

function isPaidInFull(shown: JsonObject): boolean {
  const option = textAt(shown, 'paymentOption')
  return option === undefined || option === 'FULL_PAYMENT_ONLINE' || option === 'FULL_PAYMENT_OFFLINE'
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
