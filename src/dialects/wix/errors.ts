import type { CheckoutError, ErrorOf } from '../../core/errors.js'
import type { WireErrorTable, WireRequest, WireResponse } from '../dialect.js'
import { respondJson } from './answers.js'
import { cartInvalid, countryField, noShippingOption, outOfStock } from './problem-errors.js'
import { missing, violation } from './validation.js'
import { always, applicationError, invalid, type Place, type WixError, type Worded } from './wix-error.js'

/** Answers an error in the platform's envelope. */
export function respondError(wire: Pick<WireRequest, 'requestId'>, error: WixError): WireResponse {
  if ('violations' in error) {
    // The SDK's registration reads a member of each violation's data.
    const fieldViolations = error.violations.map(each => ({ data: {}, ...each }))
    const message = error.violations.map(({ field, description }) => `${field} ${description}`.trim()).join('; ')
    return respondJson(wire, { message, details: { validationError: { fieldViolations } } }, 400)
  }
  const { status, code, description, data = {}, headers = {} } = error
  const answer = respondJson(
    wire,
    { message: description, details: { applicationError: { code, description, data } } },
    status,
  )
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** Answers a refusal of an operation. */
export function respondRefusal(
  wire: Pick<WireRequest, 'requestId'>,
  refusal: CheckoutError,
  place: Place,
): WireResponse {
  return respondError(wire, wordRefusal(refusal, place))
}

/** A refusal in this dialect's words. */
export function wordRefusal(refusal: CheckoutError, place: Place): WixError {
  // The table has an entry per code that takes exactly that error, which the compiler cannot follow through a lookup.
  const word = wireErrors[refusal.code] as (refusal: CheckoutError) => Worded
  return word(refusal)(place)
}

/** What is not there, or not for whoever asks. */
const notFound: Worded = place => {
  switch (place) {
    case 'checkout':
    case 'create-order':
      return applicationError(404, 'CHECKOUT_NOT_FOUND', 'Checkout not found.')
    case 'current-cart':
      return applicationError(404, 'OWNED_CART_NOT_FOUND', 'The current caller has no cart.')
    case 'cart':
      return applicationError(404, 'CART_NOT_FOUND', 'Cart not found.')
    case 'gift-card':
      return applicationError(404, 'GIFT_CARD_NOT_FOUND', 'Gift card not found.')
    case 'member':
      return applicationError(404, 'MEMBER_NOT_FOUND', 'Member not found.')
    case 'payment':
    case 'order':
      return applicationError(404, 'ORDER_NOT_FOUND', 'Order not found.')
  }
}

const alreadyPaid = (orderId?: string) =>
  applicationError(
    409,
    'CHECKOUT_ALREADY_PAID',
    'The checkout was completed already.',
    orderId === undefined ? {} : { orderId },
  )

const inProgress = (orderId?: string) =>
  applicationError(
    409,
    'CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS',
    'The payment of this checkout is in progress.',
    orderId === undefined ? {} : { orderId },
  )

const isComplete = applicationError(428, 'CHECKOUT_IS_COMPLETE', 'The checkout is complete and takes no change.')

function cartLocked(error: ErrorOf<'cart_locked'>): Worded {
  return place => {
    if (error.isClosed !== true && place !== 'create-order') return inProgress(error.orderId)
    if (place === 'create-order') return alreadyPaid(error.orderId)
    return place === 'checkout' ? isComplete : notFound(place)
  }
}

/** Coupons: what is not there is not found, what cannot be used now is a precondition. Source: 3.0, 4.11. */
const couponError = (status: 404 | 428, code: string, description: string) => (): Worded =>
  always(applicationError(status, code, description))

const giftCardError = (status: 404 | 428, code: string, description: string) => (): Worded => place =>
  place === 'create-order'
    ? applicationError(428, 'REDEEM_GIFT_CARD_ERROR', 'The gift card could not be redeemed.', { reason: code })
    : applicationError(status, code, description)

const couponUnknown = couponError(404, 'ERROR_COUPON_DOES_NOT_EXIST', 'There is no such coupon.')
const couponUsedUp = couponError(428, 'ERROR_COUPON_USAGE_EXCEEDED', 'The coupon was used as often as it may be.')
const giftCardUnknown = giftCardError(404, 'GIFT_CARD_NOT_FOUND', 'There is no such gift card.')

function addressIncomplete({ part, fields }: ErrorOf<'address_incomplete'>): Worded {
  if (part === 'shipping') return always(noShippingOption)
  if (fields.length === 0) return invalid(missing('billingInfo.address'))
  return invalid(...fields.map(field => missing(`${part === 'billing' ? 'billingInfo.address.' : ''}${field}`)))
}

function quantityInvalid({ quantity, minimum, maximum }: ErrorOf<'quantity_invalid'>): Worded {
  if (minimum === maximum) {
    return always(applicationError(428, 'LINE_ITEM_QUANTITY_IS_FIXED', 'The quantity of this item is fixed.'))
  }
  return quantity < minimum
    ? invalid(
        violation('lineItems.quantity', 'MIN', `must be greater than or equal to ${minimum}`, { threshold: minimum }),
      )
    : invalid(
        violation('lineItems.quantity', 'MAX', `must be less than or equal to ${maximum}`, { threshold: maximum }),
      )
}

function forbidden(): Worded {
  return place =>
    place === 'order' || place === 'payment'
      ? applicationError(403, 'READ_ORDER_FORBIDDEN', 'The caller may not see this order.')
      : applicationError(403, 'PERMISSION_DENIED', 'The caller lacks a permission.')
}

function paymentDeclined({ reason }: ErrorOf<'payment_declined'>): Worded {
  return always(
    applicationError(400, 'PAYMENT_ERROR', 'The payment was declined.', {
      transactionStatus: 'DECLINED',
      failureDetails: reason,
    }),
  )
}

const unauthenticated = always(applicationError(401, 'UNAUTHENTICATED', 'The caller is not known.'))
const tooManyRequests = (retryAfterSeconds: number): WixError => ({
  ...(applicationError(429, 'RESOURCE_EXHAUSTED', 'Too many requests.') as Exclude<WixError, { violations: unknown }>),
  headers: { 'Retry-After': String(retryAfterSeconds) },
})
const conflict = always(applicationError(409, 'ABORTED', 'The object changed meanwhile.'))
const exists = always(applicationError(409, 'ALREADY_EXISTS', 'There is one already.'))
const noWayToPay = always(
  applicationError(428, 'PAYMENT_PROVIDER_IS_NOT_AVAILABLE_ON_SITE', 'The site has no such way to pay.'),
)
const itemUnknown = always(applicationError(404, 'CATALOG_ITEM_NOT_FOUND', 'The catalog has no such item.'))
const lineNotFound = always(applicationError(404, 'LINE_ITEM_NOT_FOUND', 'There is no such line item.'))
const optionNotFound = always(
  applicationError(404, 'SELECTED_CARRIER_SERVICE_OPTION_NOT_FOUND', 'The selected shipping option is not on offer.', {
    selectedShippingOptionError: {
      applicationError: {
        code: 'SELECTED_CARRIER_SERVICE_OPTION_NOT_FOUND',
        description: 'The selected shipping option is not on offer.',
        data: {},
      },
    },
  }),
)

/** What a cart of V2 has not, is not found; the rest is a precondition. */
function v2Status(code: string): 404 | 428 {
  return code.endsWith('_NOT_FOUND_IN_CART') ? 404 : 428
}

/** A site without any way to pay is told at each step by another name. Source: dialects/wix.md 3.0, 3.11, 3.12. */
function noPayments(place: Place): string {
  if (place === 'checkout') return 'SITE_MUST_ACCEPT_PAYMENTS'
  const isCart = place === 'cart' || place === 'current-cart'
  return isCart ? 'SITE_MUST_ACCEPT_PAYMENTS_TO_CREATE_CHECKOUT' : 'SITE_NOT_ACCEPTING_PAYMENTS'
}

/** What does not fit the cart as it stands. Source: dialects/wix.md 3.0, 3.12. */
const preconditions: Readonly<Record<string, readonly [code: string, description: string]>> = {
  shippingOption: [
    'INVALID_SELECTED_CARRIER_SERVICE_OPTION',
    'The selected shipping option is not one of that carrier.',
  ],
  businessLocationId: [
    'CART_IS_ALREADY_ASSOCIATED_WITH_DIFFERENT_LOCATION',
    'The cart belongs to another business location.',
  ],
  contactId: [
    'CAN_ONLY_UPDATE_CONTACT_ID_FOR_NOT_LOGGED_IN_CUSTOMER',
    'The cart is a member’s, whose contact is known.',
  ],
  selectedMembership: [
    'CANT_ADD_SELECTED_MEMBERSHIP_FOR_NON_MEMBERSHIP_ITEM',
    'The item is not one that a membership pays for.',
  ],
  paymentOption: [
    'CUSTOM_LINE_ITEM_ONLY_ACCEPTS_PAYMENTS_ONLINE_AND_OFFLINE',
    'A custom item is paid in full, online or offline.',
  ],
  properties: [
    'CUSTOM_LINE_ITEM_MUST_HAVE_EXACTLY_ONE_PROPERTIES_TYPE',
    'A custom item has physical properties or those of a service.',
  ],
}

/** Every refusal there is, in this dialect's words. Source: dialects/wix.md 3.0, 3.11 and 3.12. */
export const wireErrors = {
  cart_not_found: () => notFound,
  cart_locked: cartLocked,
  cart_already_ordered: error =>
    always(error.isPending === true ? inProgress(error.orderId) : alreadyPaid(error.orderId)),
  cart_empty: () => always(applicationError(428, 'EMPTY_CHECKOUT', 'The checkout has no items.')),
  cart_exists: () => exists,
  version_conflict: () => conflict,
  busy: () => conflict,
  idempotency_mismatch: () => exists,
  forbidden,
  sign_in_required: () => place =>
    place === 'create-order'
      ? applicationError(428, 'MEMBERS_ONLY_ITEM', 'An item is for members only.')
      : unauthenticated(place),
  credentials_wrong: () => always(applicationError(401, '-19976', 'The e-mail address or the password is wrong.')),
  token_invalid: () => unauthenticated,
  too_many_attempts: error => always(tooManyRequests(error.retryAfterSeconds)),
  channel_unknown: () => always(applicationError(404, 'SITE_NOT_FOUND', 'There is no such site.')),
  currency_unsupported: () => invalid(violation('currency', 'INVALID_ENUM_VALUE', 'is not a currency of this site')),
  price_mode_locked: () => conflict,
  line_not_found: () => lineNotFound,
  product_not_found: () => itemUnknown,
  product_inactive: () => itemUnknown,
  price_missing: () => itemUnknown,
  option_not_found: () => itemUnknown,
  quantity_invalid: quantityInvalid,
  insufficient_stock: () => always(outOfStock(true)),
  limit_reached: error =>
    invalid(
      violation(
        error.limit === 'lines' ? 'lineItems' : error.limit,
        'MAX_SIZE',
        `has size greater than ${error.maximum}`,
        {
          threshold: error.maximum,
        },
      ),
    ),
  coupon_unknown: couponUnknown,
  coupon_expired: couponError(428, 'ERROR_COUPON_HAS_EXPIRED', 'The coupon has expired.'),
  coupon_not_started: couponError(428, 'ERROR_COUPON_IS_NOT_ACTIVE_YET', 'The coupon is not active yet.'),
  coupon_used_up: error =>
    error.isByCustomer === true
      ? couponError(
          428,
          'ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED',
          'This buyer used the coupon as often as they may.',
        )()
      : couponUsedUp(),
  coupon_not_applicable: () => place =>
    place === 'create-order'
      ? applicationError(428, 'COUPON_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD', 'A coupon takes nothing off a gift card.')
      : couponUnknown()(place),
  coupon_beaten: couponUsedUp,
  coupon_present: couponUsedUp,
  coupon_absent: couponUnknown,
  coupons_full: couponUsedUp,
  gift_card_unknown: giftCardUnknown,
  gift_card_empty: giftCardError(428, 'GIFT_CARD_IS_EMPTY', 'The gift card is empty.'),
  gift_card_expired: giftCardError(428, 'GIFT_CARD_EXPIRED', 'The gift card has expired.'),
  gift_card_disabled: giftCardError(428, 'GIFT_CARD_DISABLED', 'The gift card is disabled.'),
  gift_card_currency: giftCardUnknown,
  gift_card_present: giftCardError(428, 'GIFT_CARD_DISABLED', 'The gift card is applied already.'),
  gift_card_absent: giftCardUnknown,
  gift_card_not_allowed: () =>
    always(
      applicationError(
        428,
        'GIFT_CARD_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD',
        'A gift card cannot pay for a gift card.',
      ),
    ),
  store_credit_empty: giftCardError(428, 'GIFT_CARD_IS_EMPTY', 'The store credit is used up.'),
  gift_cards_full: giftCardError(428, 'GIFT_CARD_DISABLED', 'No further gift card may be used.'),
  consignment_not_found: () => optionNotFound,
  shipping_option_not_found: () => optionNotFound,
  shipping_option_missing: () => always(noShippingOption),
  line_unassigned: () => always(noShippingOption),
  country_unknown: error => invalid(violation(countryField(error.part), 'FORMAT', 'is not a valid country')),
  address_incomplete: addressIncomplete,
  address_not_found: () => invalid(violation('address', 'FORMAT', 'is not a known address')),
  address_id_needs_customer: () => unauthenticated,
  not_deliverable: () => always(noShippingOption),
  email_missing: () => invalid(missing('buyerInfo.email')),
  payment_method_unknown: () => noWayToPay,
  payment_missing: () => place => applicationError(428, noPayments(place), 'The site accepts no payments.'),
  payment_amount_wrong: () => always(applicationError(428, 'CHECKOUT_CHANGED', 'The amount to pay has changed.')),
  payment_data_missing: error => place =>
    place === 'create-order' && error.field === 'savePaymentMethod'
      ? applicationError(428, 'NO_SAVE_PAYMENT_METHOD_CONFIRMATION', 'An item needs the payment method to be saved.')
      : { violations: [missing(error.field)] },
  payments_multiple: () => noWayToPay,
  payment_declined: paymentDeclined,
  payment_unknown: error => always(inProgress(error.orderId)),
  stored_card_unknown: () => always(applicationError(404, 'STORED_CARD_NOT_FOUND', 'There is no such stored card.')),
  cards_not_kept: () => noWayToPay,
  payment_not_found: () => always(applicationError(404, 'PAYMENT_NOT_FOUND', 'There is no such payment.')),
  payment_state: () => always(applicationError(428, 'PAYMENT_STATE', 'The payment is in another state.')),
  total_changed: () => always(applicationError(428, 'CHECKOUT_CHANGED', 'Prices have changed.')),
  threshold_unmet: error => always(applicationError(428, 'CALCULATION_ERROR', error.message)),
  cart_invalid: cartInvalid,
  order_not_found: () => always(applicationError(404, 'ORDER_NOT_FOUND', 'Order not found.')),
  order_state: () => always(applicationError(428, 'ORDER_STATE', 'The order is in another state.')),
  customer_not_found: () => always(applicationError(404, 'MEMBER_NOT_FOUND', 'Member not found.')),
  customer_exists: () => always(applicationError(409, '-19995', 'There is a member with this e-mail address.')),
  customer_unconfirmed: () => always(applicationError(403, '-19958', 'The e-mail address is not verified.')),
  invalid_input: ({ field, rule }) => {
    if (field.startsWith('v2:')) return always(applicationError(v2Status(rule), rule, 'The cart does not allow it.'))
    const known = Object.hasOwn(preconditions, field) ? preconditions[field] : undefined
    return known === undefined ? invalid(violation(field, 'OTHER', rule)) : always(applicationError(428, ...known))
  },
} satisfies WireErrorTable<Worded>
