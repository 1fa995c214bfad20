import type { CheckoutError } from '../../core/errors.js'
import type { CartProblem } from '../../core/pricing/priced-cart.js'
import { refuse } from '../../core/result.js'
import type { WireErrorTable, WireResponse } from '../dialect.js'
import { respondError, type VtexError } from './answer.js'
import { fixed } from './fixed-errors.js'

/** Answers a refusal of an operation in this dialect's words. */
export function respondRefusal(error: CheckoutError): WireResponse {
  return respondError(wordRefusal(error))
}

/** Refusals that only this dialect knows, on their way through an operation. */
const ownWords = new WeakMap<CheckoutError, VtexError>()

/** Refuses, inside a plan, with an error that the core has no code for. */
export function refuseWith(error: VtexError): { readonly ok: false; readonly error: CheckoutError } {
  const refusal: CheckoutError = { code: 'invalid_input', field: 'body', rule: error.code }
  ownWords.set(refusal, error)
  return refuse(refusal)
}

/** A refusal in this dialect's words. */
export function wordRefusal(error: CheckoutError): VtexError {
  const own = ownWords.get(error)
  if (own !== undefined) return own
  // The table has an entry per code that takes exactly that error, which the compiler cannot follow through a lookup.
  const word = wireErrors[error.code] as (error: CheckoutError) => VtexError
  return word(error)
}

const bad = (code: string, message: string): VtexError => ({ status: 400, code, message })
const always =
  (error: VtexError): (() => VtexError) =>
  () =>
    error

const couponInvalid = ({ couponCode }: { readonly couponCode: string }): VtexError =>
  bad('CHK0103', `Coupon ${couponCode} invalid`)

const couponExpired = ({ couponCode }: { readonly couponCode: string }): VtexError =>
  bad('CHK0128', `Coupon ${couponCode} expired`)

const giftCardInvalid = ({ giftCardCode }: { readonly giftCardCode: string }): VtexError =>
  bad('CHK0178', `Gift card ${giftCardCode} cannot be used`)

const taxUnknown: VtexError = { status: 500, code: 'CHK0219', message: 'Unable to communicate with the tax service' }
const taxTimedOut: VtexError = { status: 500, code: 'CHK00301', message: 'The tax service did not answer in time' }

/** What stands in the way of a purchase, the first of all. */
function wordProblem(problem: CartProblem | undefined): VtexError {
  switch (problem?.code) {
    case 'line_not_found':
      return fixed.itemNotFound(problem.sku)
    case 'line_no_price':
    case 'line_out_of_stock':
      return fixed.unavailableItems
    case 'shipping_option_missing':
      return bad('CHK0257', 'No SLA is selected')
    case 'shipping_option_gone':
      return bad('CHK0171', `The selected SLA ${problem.optionId} is not available`)
    case 'not_deliverable':
      return bad('CHK0256', 'There is no SLA available')
    case 'line_unassigned':
      return bad('CHK0175', 'Shipping data is required')
    case 'coupon_invalid':
      return problem.status === 'expired' ? couponExpired(problem) : couponInvalid(problem)
    case 'gift_card_invalid':
      return giftCardInvalid(problem)
    case 'payment_method_unknown':
      return fixed.invalidPaymentSystem
    case 'payment_short':
      return bad('CHK0210', "Payment value doesn't match with requested value")
    case 'country_unknown':
      return fixed.invalidCountry
    case 'threshold':
      return bad('CHK0248', problem.threshold.message)
    case 'taxes_unknown':
      return problem.reason === 'timed_out' ? taxTimedOut : taxUnknown
    case 'subscription_terms':
    case undefined:
      return fixed.invalidOrderForm
  }
}

export const wireErrors = {
  cart_not_found: always(fixed.invalidOrderForm),
  cart_locked: always(bad('CHK0085', 'The order already exists')),
  cart_already_ordered: always(bad('CHK0085', 'The order already exists')),
  cart_empty: always({ status: 500, code: 'ORD005', message: 'The purchase cannot be done without items' }),
  cart_exists: always(fixed.invalidOrderForm),
  version_conflict: always(bad('ORD022', "Your cart's data was old and needed to be updated. Please, try again")),
  busy: always(fixed.lockTimedOut),
  idempotency_mismatch: always(fixed.badRequest),
  forbidden: always(fixed.accessDenied),
  sign_in_required: always(fixed.unauthorized),
  credentials_wrong: always(fixed.unauthorized),
  token_invalid: always(fixed.unauthorized),
  too_many_attempts: error => ({
    status: 429,
    code: 'CHK0084',
    message: 'Too many attempts',
    headers: { 'Retry-After': String(error.retryAfterSeconds) },
  }),
  channel_unknown: always(fixed.invalidSalesChannel),
  currency_unsupported: always(fixed.invalidSalesChannel),
  price_mode_locked: always(fixed.badRequest),
  line_not_found: always(fixed.invalidItemIndex),
  product_not_found: error => fixed.itemNotFound(error.sku),
  product_inactive: error => fixed.itemUnavailable(error.name, error.sku),
  price_missing: always(bad('CHK0032', 'Invalid item for sales channel')),
  option_not_found: always(fixed.unknownService),
  quantity_invalid: always(fixed.invalidQuantity),
  insufficient_stock: always(bad('ORD012', "Order reservation couldn't be done")),
  limit_reached: error => fixed.maxItems(error.maximum),
  coupon_unknown: couponInvalid,
  coupon_expired: couponExpired,
  coupon_not_started: couponInvalid,
  coupon_used_up: couponInvalid,
  coupon_not_applicable: couponInvalid,
  coupon_beaten: couponInvalid,
  coupon_present: couponInvalid,
  coupon_absent: couponInvalid,
  coupons_full: couponInvalidList,
  gift_card_unknown: giftCardInvalid,
  gift_card_empty: giftCardInvalid,
  gift_card_expired: giftCardInvalid,
  gift_card_disabled: giftCardInvalid,
  gift_card_currency: giftCardInvalid,
  gift_card_present: giftCardInvalid,
  gift_card_absent: giftCardInvalid,
  gift_card_not_allowed: giftCardInvalid,
  gift_cards_full: always(fixed.tooManyGiftCards),
  store_credit_empty: always(bad('CHK0178', 'The store credit is used up')),
  consignment_not_found: always(fixed.invalidItemIndex),
  shipping_option_not_found: error => bad('CHK0171', `The selected SLA ${error.optionId} is not available`),
  shipping_option_missing: always(bad('CHK0257', 'No SLA is selected')),
  line_unassigned: always(bad('CHK0175', 'Shipping data is required')),
  country_unknown: always(fixed.invalidCountry),
  address_incomplete: ({ part, fields: [field = ''] }) =>
    part === 'shipping' ? fixed.shippingField(field) : fixed.profileField(field),
  address_not_found: always(fixed.unknownAddress),
  address_id_needs_customer: always(fixed.unknownAddress),
  not_deliverable: always(bad('CHK0256', 'There is no SLA available')),
  email_missing: always(fixed.profileField('email')),
  payment_method_unknown: always(fixed.invalidPaymentSystem),
  payment_missing: always(bad('CHK0209', "There's no payment selected")),
  payment_amount_wrong: always(bad('CHK0210', "Payment value doesn't match with requested value")),
  payment_data_missing: always(fixed.invalidPayment),
  payments_multiple: always(fixed.invalidPayment),
  payment_declined: always({ status: 500, code: 'CHK0204', message: 'The payment was denied' }),
  payment_unknown: always({ status: 500, code: 'CHK0206', message: 'Payment cannot be authorized' }),
  stored_card_unknown: always(fixed.invalidPayment),
  cards_not_kept: always(fixed.invalidPayment),
  payment_not_found: always({ status: 404, code: 'CHK0169', message: 'Invalid transaction' }),
  payment_state: always({
    status: 500,
    code: 'CHK0115',
    message: 'Current transaction is inactive and cannot be processed',
  }),
  total_changed: always(bad('CHK0210', "Payment value doesn't match with requested value")),
  threshold_unmet: error => bad('CHK0248', error.message),
  cart_invalid: error => wordProblem(error.problems[0]),
  order_not_found: always({ status: 404, code: 'CHK0201', message: 'Order not found' }),
  order_state: error => fixed.notCancelable('', error.status),
  customer_not_found: always(fixed.accessDenied),
  customer_exists: always(fixed.emailOfAnother),
  customer_unconfirmed: always(fixed.unauthorized),
  invalid_input: error => fixed.wrongType(error.field, error.rule),
} satisfies WireErrorTable<VtexError>

function couponInvalidList(): VtexError {
  return bad('CHK0103', 'Too many coupons')
}
