import type { CheckoutError } from '../../core/errors.js'
import type { CartProblem } from '../../core/pricing/priced-cart.js'
import type { WireErrorTable } from '../dialect.js'
import { type Problem, problems } from './problem.js'

/** A refusal of an operation in this dialect's words; `respond.ts` gives it the form of the API that was asked. */
export function problemOf(error: CheckoutError): Problem {
  // The table has an entry per code that takes exactly that error, which the compiler cannot follow through a lookup.
  const word = wireErrors[error.code] as (error: CheckoutError) => Problem
  return word(error)
}

/** 422 between servers, 400 to a browser: how the platform tells input faults from each other. */
function refusal(code: string, sentence: string, more: Partial<Problem> = {}): Problem {
  return { status: 422, sentence, code, storefront: { status: 400 }, ...more }
}

const missing = (code: string, sentence: string, more: Partial<Problem> = {}): Problem => ({
  status: 404,
  sentence,
  code,
  ...more,
})

/** Codes that checkout pages know are kept, misspelling included. Source: dialects/bigcommerce.md 3.0.7. */
function couponProblem(couponCode: string, code: string, why: string): Problem {
  return refusal(code, `The coupon code "${couponCode}" ${why}.`, { errors: { coupon_code: code } })
}

function giftCertificateProblem(giftCardCode: string, code: string, why: string, paymentCode = 10_001): Problem {
  return refusal(code, `The gift certificate "${giftCardCode}" ${why}.`, {
    status: 400,
    paymentCode,
    errors: { gift_certificate_code: code },
  })
}

/** Parts of an address by what this API calls them. */
const addressNames: Readonly<Record<string, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  line1: 'address1',
  postalCode: 'postal_code',
  subdivision: 'state_or_province',
  country: 'country_code',
}

function addressProblem(part: string, fields: readonly string[]): Problem {
  const which = part === 'billing' ? 'billing' : 'shipping'
  const names = fields.map(field => addressNames[field] ?? field)
  const listed = names.length === 0 ? '' : `: ${names.join(', ')}`
  const sentence = `A ${which} address for this order is incomplete${listed}.`
  const errors = Object.fromEntries(names.map(name => [`${which}_address.${name}`, 'required']))
  return refusal('invalid_address', sentence, {
    errors,
    kind: which === 'shipping' ? 'invalid_shipping_address' : 'invalid_billing_address',
  })
}

const noShippingOption = refusal(
  'missing_shipping_method',
  'A shipping option has not been selected for every address.',
)

function stockProblem(name: string, available: number): Problem {
  const sentence =
    available > 0 ? `Not enough stock for ${name}: only ${available.toString()} left.` : `${name} is out of stock.`
  return refusal('insufficient_stock', sentence, { kind: 'stock_too_low', storefront: { status: 409 } })
}

function lineProblem(sku: string): Problem {
  return refusal('product_unavailable', `The product ${sku} cannot be bought at the moment.`, { kind: 'catalog_only' })
}

function cartProblem(problem: CartProblem): Problem {
  switch (problem.code) {
    case 'line_not_found':
    case 'line_no_price':
      return lineProblem(problem.sku)
    case 'line_out_of_stock':
      return stockProblem(problem.sku, problem.available)
    case 'shipping_option_missing':
    case 'shipping_option_gone':
    case 'not_deliverable':
      return noShippingOption
    case 'line_unassigned':
      return unassigned
    case 'coupon_invalid':
      return {
        ...couponProblem(problem.couponCode, 'ineligibile', 'does not apply any longer'),
        kind: 'cart_has_changed',
      }
    case 'gift_card_invalid':
      return {
        ...giftCertificateProblem(problem.giftCardCode, 'invalid', 'cannot be used any longer'),
        kind: 'cart_has_changed',
      }
    case 'payment_method_unknown':
      return methodUnknown
    case 'payment_short':
      return paymentMissing
    case 'country_unknown':
      return addressProblem(problem.part, ['country_code'])
    case 'threshold':
      return refusal('threshold', problem.threshold.message)
    case 'taxes_unknown':
      return taxesUnknown
    case 'subscription_terms':
      return refusal('subscription_terms', 'These products cannot be bought together.')
  }
}

const unassigned = refusal(
  'invalid_shipping_address',
  'A shipping address for this order is incomplete: not every item is assigned to one.',
)
const taxesUnknown = refusal('taxes_unknown', 'The taxes of this order cannot be worked out now. Please try again.')
const methodUnknown = refusal('invalid_payment_provider', 'There is no such payment method.', { paymentCode: 30_000 })
const paymentMissing = refusal('payment_missing', 'The payment does not cover the order.', { paymentCode: 30_004 })
const orderPlaced = (sentence: string): Problem => ({
  status: 409,
  sentence,
  code: 'order_placed',
  kind: 'invalid_order_id',
  paymentCode: 30_101,
})

/** The unmet rule of a coupon, where a condition says so. */
function notApplicable(error: { readonly couponCode: string; readonly condition?: string }): Problem {
  if (error.condition === 'subtotal') {
    return couponProblem(error.couponCode, 'min_purchase', 'needs a larger purchase')
  }
  if (error.condition === 'country') return couponProblem(error.couponCode, 'not_applicable', 'does not apply here')
  const problem = couponProblem(error.couponCode, 'ineligibile', 'does not apply to these items')
  return { ...problem, storefront: { status: 400, title: 'Incorrect or mismatch' } }
}

const wireErrors = {
  cart_not_found: () => problems.cartNotFound,
  cart_locked: () => ({ status: 409, sentence: 'This cart is being ordered.', code: 'cart_locked' }),
  cart_already_ordered: ({ orderNumber }) => orderPlaced(`This cart was ordered already, as order ${orderNumber}.`),
  cart_empty: () => problems.emptyCart,
  cart_exists: () => ({ status: 409, sentence: 'This customer has a cart already.', code: 'cart_exists' }),
  version_conflict: () => problems.conflict,
  busy: () => ({ ...problems.conflict, retryAfterSeconds: 1 }),
  idempotency_mismatch: () => refusal('idempotency_mismatch', 'The key of this request belongs to another request.'),
  forbidden: () => problems.forbidden,
  sign_in_required: () => problems.unauthorized,
  credentials_wrong: () => ({
    status: 401,
    sentence: 'Your email or password is not right.',
    code: 'invalid_login',
  }),
  token_invalid: () => problems.unauthorized,
  too_many_attempts: ({ retryAfterSeconds }) => ({ ...problems.tooManyRequests, retryAfterSeconds }),
  channel_unknown: ({ channel }) =>
    refusal('channel_unknown', `There is no channel ${channel}.`, { errors: { channel_id: 'unknown' } }),
  currency_unsupported: ({ currency }) => ({
    status: 400,
    sentence: `The store does not sell in ${currency}.`,
    code: 'currency',
    errors: { 'currency.code': 'unsupported' },
  }),
  price_mode_locked: () => refusal('price_mode_locked', 'Prices of this cart cannot change their mode.'),
  line_not_found: () => missing('not_found', 'The cart has no such item.'),
  product_not_found: ({ sku }) =>
    refusal('product_not_found', `There is no product ${sku}.`, { errors: { product_id: 'unknown' } }),
  product_inactive: ({ name }) => refusal('product_unavailable', `${name} cannot be bought.`),
  price_missing: ({ name }) => refusal('product_unavailable', `${name} is not sold here.`),
  option_not_found: ({ option }) =>
    refusal('invalid_option', `The product has no option ${option}.`, { errors: { option_selections: 'unknown' } }),
  quantity_invalid: ({ quantity, minimum, maximum }) =>
    refusal(
      'invalid_quantity',
      quantity < minimum
        ? `You must purchase a minimum of ${minimum.toString()} of this item.`
        : `You can only purchase a maximum of ${maximum.toString()} of this item per order.`,
      { errors: { quantity: `from ${minimum.toString()} to ${maximum.toString()}` } },
    ),
  insufficient_stock: ({ name, available }) => stockProblem(name, available),
  limit_reached: ({ limit, maximum }) =>
    refusal('limit_reached', `There may be at most ${maximum.toString()} ${limit}.`, {
      errors: { [limit]: 'too many' },
    }),
  coupon_unknown: ({ couponCode }) => couponProblem(couponCode, 'invalid', 'is not valid'),
  coupon_expired: ({ couponCode }) => couponProblem(couponCode, 'expired', 'has expired'),
  coupon_not_started: ({ couponCode }) => couponProblem(couponCode, 'disabled', 'is not valid yet'),
  coupon_used_up: ({ couponCode }) => couponProblem(couponCode, 'max_uses', 'has been used up'),
  coupon_not_applicable: notApplicable,
  coupon_beaten: ({ couponCode }) =>
    couponProblem(couponCode, 'ineligibile', 'does not combine with a better discount'),
  coupon_present: ({ couponCode }) => couponProblem(couponCode, 'present', 'is applied already'),
  coupon_absent: ({ couponCode }) => missing('not_found', `The coupon code "${couponCode}" is not applied.`),
  coupons_full: ({ maximum }) =>
    refusal('too_many_coupons', `Only ${maximum.toString()} coupon code may be used per checkout.`, {
      errors: { coupon_code: 'too_many_coupons' },
    }),
  gift_card_unknown: ({ giftCardCode }) =>
    missing('invalid', `There is no gift certificate "${giftCardCode}".`, {
      errors: { gift_certificate_code: 'invalid' },
    }),
  gift_card_empty: ({ giftCardCode }) => giftCertificateProblem(giftCardCode, 'empty', 'has no balance left', 30_106),
  gift_card_expired: ({ giftCardCode }) => giftCertificateProblem(giftCardCode, 'expired', 'has expired'),
  gift_card_disabled: ({ giftCardCode }) => giftCertificateProblem(giftCardCode, 'disabled', 'cannot be used'),
  gift_card_currency: ({ giftCardCode }) => giftCertificateProblem(giftCardCode, 'currency', 'is of another currency'),
  gift_card_present: ({ giftCardCode }) =>
    giftCertificateProblem(giftCardCode, 'present', 'is applied already', 30_105),
  gift_card_absent: ({ giftCardCode }) =>
    missing('not_found', `The gift certificate "${giftCardCode}" is not applied.`),
  gift_card_not_allowed: ({ giftCardCode }) =>
    giftCertificateProblem(giftCardCode, 'not_allowed', 'cannot pay for what is in this cart'),
  gift_cards_full: ({ maximum }) =>
    refusal('too_many_gift_certificates', `Only ${maximum.toString()} gift certificates may be used.`),
  store_credit_empty: () => refusal('store_credit', 'There is no store credit to pay with.', { paymentCode: 30_106 }),
  consignment_not_found: () => missing('not_found', 'The checkout has no such consignment.'),
  shipping_option_not_found: () =>
    refusal('shipping_option', 'Shipping option is not available', { errors: { shipping_option_id: 'unknown' } }),
  shipping_option_missing: () => noShippingOption,
  line_unassigned: () => unassigned,
  country_unknown: ({ part }) => addressProblem(part, ['country_code']),
  address_incomplete: ({ part, fields }) => addressProblem(part, fields),
  address_not_found: () => missing('not_found', 'The checkout has no such address.'),
  address_id_needs_customer: () => refusal('invalid_address', 'Only customers have stored addresses.'),
  not_deliverable: () => noShippingOption,
  email_missing: () => addressProblem('billing', ['email']),
  payment_method_unknown: () => methodUnknown,
  payment_missing: () => paymentMissing,
  payment_amount_wrong: () => paymentMissing,
  payment_data_missing: ({ field }) =>
    refusal('payment_data', 'The payment lacks data.', { errors: { [field]: 'required' }, paymentCode: 10_001 }),
  payments_multiple: () => refusal('payments_multiple', 'An order is paid in one way only.', { paymentCode: 10_001 }),
  payment_declined: ({ reason }) => declined(reason),
  payment_unknown: ({ orderNumber }) => ({
    status: 503,
    sentence: `Nobody knows yet whether order ${orderNumber} was paid. Please look again later.`,
    code: 'payment_unknown',
    kind: 'order_could_not_be_finalized_error',
    paymentCode: 10_000,
  }),
  stored_card_unknown: () =>
    refusal('stored_instrument_not_found', 'That stored payment instrument could not be found.', {
      paymentCode: 30_051,
    }),
  cards_not_kept: () =>
    refusal('vault_disabled', 'Payment instruments cannot be stored for this way of paying.', { paymentCode: 30_002 }),
  payment_not_found: () => missing('payment_not_found', 'There is no such payment.', { paymentCode: 30_003 }),
  payment_state: () => orderPlaced('The payment cannot be changed any longer.'),
  total_changed: () =>
    refusal('cart_has_changed', 'The total has changed since it was shown.', { kind: 'cart_has_changed' }),
  threshold_unmet: ({ message }) => refusal('threshold', message),
  cart_invalid: ({ problems: [first] }) => (first === undefined ? problems.conflict : cartProblem(first)),
  order_not_found: () => missing('not_found', 'The requested resource was not found.', { paymentCode: 30_003 }),
  order_state: () => orderPlaced('The order was paid or canceled already.'),
  customer_not_found: () => missing('not_found', 'There is no such customer.'),
  customer_exists: () => ({
    status: 409,
    sentence: 'This email address has an account already.',
    code: 'customer_exists',
  }),
  customer_unconfirmed: () => ({ status: 401, sentence: 'This account is not confirmed yet.', code: 'invalid_login' }),
  invalid_input: ({ field, rule }) =>
    refusal('invalid', `${field} is invalid: ${rule}.`, { errors: { [field]: rule } }),
} satisfies WireErrorTable<Problem>

/** Reasons of the test gateway by their numbers. Source: dialects/bigcommerce.md 3.6.4 and 3.6.5. */
const declineCodes: Readonly<Record<string, number>> = {
  insufficient_funds: 30_106,
  expired_card: 30_103,
  card_expired: 30_103,
  number_mismatch: 30_102,
  security_code_invalid: 30_102,
}

function declined(reason: string): Problem {
  return refusal('payment_declined', 'The payment was declined.', {
    kind: reason === 'insufficient_funds' ? reason : 'payment_declined',
    paymentCode: declineCodes[reason] ?? 30_104,
    errors: { payment: reason },
  })
}
