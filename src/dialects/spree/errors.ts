import type { CheckoutError, ErrorOf } from '../../core/errors.js'
import type { CartProblem } from '../../core/pricing/priced-cart.js'
import type { WireErrorTable, WireResponse } from '../dialect.js'
import { display } from './money.js'

/** Messages by field, as `errors` holds them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

/** What a refusal comes to: a status of its own, or fields that are wrong. */
export type Wording =
  | { readonly status: 401 | 404 }
  | { readonly status: 422; readonly errors: FieldErrors }
  | { readonly status: 409 | 422 | 429; readonly error: string }

const unauthorized: Wording = { status: 401 }
const notFound: Wording = { status: 404 }
const invalid = (errors: FieldErrors): Wording => ({ status: 422, errors })
const whole = (message: string): Wording => invalid({ base: [message] })
const said = (error: string): Wording => ({ status: 422, error })

/** Sentences that clients compare with. */
export const texts = {
  unauthorized: 'You are not authorized to perform that action.',
  notFound: 'The resource you were looking for could not be found.',
  keyMissing: 'You must specify an API key.',
  invalidResource: 'Invalid resource. Please fix errors and try again.',
  noTransition: 'The order could not be transitioned. Please fix the errors and try again.',
  unavailable: 'An item in your cart has become unavailable.',
  noItems: 'There are no items for this order. Please add an item to the order to continue.',
  noRates: 'We are unable to calculate shipping rates for the selected items.',
  noPayment: 'No payment found',
  shortStock: 'Some line items in this order have insufficient quantity.',
  discontinued: 'Some line items in this order have products that are no longer available.',
  methodUnsupported: 'That payment method is unsupported. Please choose another one.',
  paymentFailed: 'Payment could not be processed, please check the details you entered',
  gatewayDown: 'Unable to connect to gateway.',
  declined: 'Bogus Gateway: Forced failure',
  blank: "can't be blank",
  isInvalid: 'is invalid',
  cannotReady: 'Cannot ready shipment.',
  frozen: 'Lines, rates, discounts and payments of a completed order are not changed.',
  elsewhere: 'The address of a completed order stays in the country and state that it was bought for.',
  sentAlready: 'Goods that were shipped go nowhere else.',
} as const

/** How a coupon is refused: a code for programs, a sentence for people. */
export interface CouponWording {
  readonly status_code: string | null
  readonly message: string
}

const couponNotFound: CouponWording = {
  status_code: 'coupon_code_not_found',
  message: "The coupon code you entered doesn't exist. Please try again.",
}

/** A refusal that is not about the code. */
export const couponImpossible: CouponWording = {
  status_code: 'coupon_code_unknown_error',
  message: 'This coupon code could not be applied to the cart at this time.',
}

/** A rule that says itself why it does not hold has no code; the others are simply not eligible. */
function wordRule({ condition, bound }: ErrorOf<'coupon_not_applicable'>): CouponWording {
  const own = (message: string): CouponWording => ({ status_code: null, message })
  if (bound !== undefined) {
    const amount = display(bound.amount.minor, bound.amount.currency)
    const side = bound.side === 'below' ? 'less' : 'higher'
    return own(`This coupon code can't be applied to orders ${side} than ${amount}.`)
  }
  switch (condition) {
    case 'first_order':
      return own('This coupon code can only be applied to your first order.')
    case 'products':
      return own('You need to add an applicable product before applying this coupon code.')
    case 'categories':
      return own('You need to add a product from an applicable category before applying this coupon code.')
    default:
      return {
        status_code: 'coupon_code_not_eligible',
        message: 'This coupon code is not eligible for this order',
      }
  }
}

/** The refusal of a coupon; undefined where the refusal is about something else. */
export function wordCoupon(error: CheckoutError): CouponWording | undefined {
  switch (error.code) {
    case 'coupon_unknown':
    case 'coupon_absent':
      return couponNotFound
    case 'coupon_expired':
    case 'coupon_not_started':
      return { status_code: 'coupon_code_expired', message: 'The coupon code is expired' }
    case 'coupon_used_up':
      return { status_code: 'coupon_code_max_usage', message: 'Coupon code usage limit exceeded' }
    case 'coupon_present':
      return {
        status_code: 'coupon_code_already_applied',
        message: 'The coupon code has already been applied to this order',
      }
    case 'coupon_not_applicable':
      return wordRule(error)
    case 'coupon_beaten':
      return {
        status_code: 'coupon_code_better_exists',
        message: 'The previously applied coupon code results in a better deal',
      }
    case 'coupons_full':
    case 'too_many_attempts':
      return couponImpossible
    default:
      return undefined
  }
}

const couponInvalid = (error: CheckoutError): Wording => whole(wordCoupon(error)?.message ?? texts.isInvalid)

function problemText(problem: CartProblem): string {
  switch (problem.code) {
    case 'line_not_found':
    case 'line_no_price':
      return texts.discontinued
    case 'line_out_of_stock':
      return texts.shortStock
    case 'shipping_option_missing':
    case 'shipping_option_gone':
    case 'not_deliverable':
    case 'line_unassigned':
      return texts.noRates
    case 'coupon_invalid':
      return problem.status === 'used_up' ? 'Coupon code usage limit exceeded' : 'The coupon code is expired'
    case 'payment_method_unknown':
      return texts.methodUnsupported
    case 'payment_short':
      return texts.paymentFailed
    case 'threshold':
      return problem.threshold.message
    case 'taxes_unknown':
      return 'The taxes of this order cannot be worked out now. Please try again.'
    case 'gift_card_invalid':
    case 'country_unknown':
    case 'subscription_terms':
      return texts.isInvalid
  }
}

const giftCard = whole(texts.isInvalid)

/** Every refusal of the core in this platform's words. */
export const wireErrors = {
  cart_not_found: () => notFound,
  cart_locked: () => whole('The order is being processed.'),
  cart_already_ordered: () => unauthorized,
  cart_empty: () => whole(texts.noItems),
  cart_exists: () => whole(texts.isInvalid),
  version_conflict: () => ({ status: 409, error: 'The order was changed by another request. Please try again.' }),
  busy: () => ({ status: 409, error: 'The order was changed by another request. Please try again.' }),
  idempotency_mismatch: () => whole(texts.isInvalid),
  forbidden: () => unauthorized,
  sign_in_required: () => unauthorized,
  credentials_wrong: () => said('Invalid email or password.'),
  token_invalid: () => unauthorized,
  too_many_attempts: () => ({ status: 429, error: 'Too many attempts. Please try again later.' }),
  channel_unknown: () => notFound,
  currency_unsupported: () => invalid({ currency: [texts.isInvalid] }),
  price_mode_locked: () => whole(texts.isInvalid),
  line_not_found: () => notFound,
  product_not_found: () => notFound,
  product_inactive: () => notFound,
  price_missing: () => notFound,
  option_not_found: () => notFound,
  quantity_invalid: ({ quantity }) =>
    invalid({
      quantity: [Number.isInteger(quantity) && quantity < 0 ? 'must be greater than or equal to 0' : 'is invalid'],
    }),
  insufficient_stock: ({ name }) => invalid({ quantity: [`selected of "${name}" is not available.`] }),
  limit_reached: () => whole(texts.isInvalid),
  coupon_unknown: couponInvalid,
  coupon_expired: couponInvalid,
  coupon_not_started: couponInvalid,
  coupon_used_up: couponInvalid,
  coupon_not_applicable: couponInvalid,
  coupon_beaten: couponInvalid,
  coupon_present: couponInvalid,
  coupon_absent: couponInvalid,
  coupons_full: couponInvalid,
  gift_card_unknown: () => giftCard,
  gift_card_empty: () => giftCard,
  gift_card_expired: () => giftCard,
  gift_card_disabled: () => giftCard,
  gift_card_currency: () => giftCard,
  gift_card_present: () => giftCard,
  gift_card_absent: () => giftCard,
  gift_card_not_allowed: () => giftCard,
  gift_cards_full: () => giftCard,
  store_credit_empty: () => whole(texts.isInvalid),
  consignment_not_found: () => notFound,
  shipping_option_not_found: () => notFound,
  shipping_option_missing: () => whole(texts.noRates),
  line_unassigned: () => whole(texts.noRates),
  country_unknown: ({ part }) =>
    invalid({ [`${part === 'billing' ? 'bill' : 'ship'}_address.country`]: [texts.blank] }),
  address_incomplete: ({ part, fields }) => {
    const prefix = part === 'customer' ? '' : part === 'billing' ? 'bill_address' : 'ship_address'
    if (fields.length === 0) return invalid({ [prefix]: [texts.blank] })
    return invalid(Object.fromEntries(fields.map(field => [`${prefix}.${field}`, [texts.isInvalid]])))
  },
  address_not_found: () => unauthorized,
  address_id_needs_customer: () => unauthorized,
  not_deliverable: () => whole(texts.noRates),
  email_missing: () => invalid({ email: [texts.blank] }),
  payment_method_unknown: () => notFound,
  payment_missing: () => whole(texts.noPayment),
  payment_amount_wrong: () => whole(texts.paymentFailed),
  payment_data_missing: () => whole(texts.paymentFailed),
  payments_multiple: () => whole(texts.paymentFailed),
  payment_declined: ({ reason }) => whole(reason === 'gateway_unreachable' ? texts.gatewayDown : texts.declined),
  payment_unknown: () => whole(texts.gatewayDown),
  stored_card_unknown: () => notFound,
  cards_not_kept: () => whole(texts.paymentFailed),
  payment_not_found: () => notFound,
  payment_state: () => whole(texts.paymentFailed),
  total_changed: () => whole('The order total has changed. Please review the order and try again.'),
  threshold_unmet: ({ message }) => whole(message),
  cart_invalid: ({ problems }) => invalid({ base: [...new Set(problems.map(problemText))] }),
  order_not_found: () => notFound,
  order_state: () => whole('The order cannot be changed in its present state.'),
  customer_not_found: () => notFound,
  customer_exists: () => invalid({ email: ['has already been taken'] }),
  customer_unconfirmed: () => said('You have to confirm your email address before continuing.'),
  invalid_input: ({ field }) => invalid({ [field]: [texts.isInvalid] }),
} satisfies WireErrorTable<Wording>

/** A refusal in this platform's words. */
export function wordRefusal(error: CheckoutError): Wording {
  // The table has an entry per code that takes exactly that error, which the compiler cannot follow through a lookup.
  const word = wireErrors[error.code] as (error: CheckoutError) => Wording
  return word(error)
}

/** Who asks is told by headers and parameters that caches do not look at: none may keep an answer. */
const headers = { 'Cache-Control': 'no-store' } as const
const jsonHeaders = { 'Content-Type': 'application/json; charset=utf-8', ...headers } as const

/** Any answer with a body. */
export function respondJson(status: number, body: unknown): WireResponse {
  return { status, headers: jsonHeaders, body: JSON.stringify(body) }
}

/** 204: neither body nor content type. */
export function respondNothing(): WireResponse {
  return { status: 204, headers }
}

export function respondUnauthorized(): WireResponse {
  return respondJson(401, { error: texts.unauthorized })
}

export function respondNotFound(): WireResponse {
  return respondJson(404, { error: texts.notFound })
}

/** Fields that are wrong; nothing was changed. */
export function respondInvalid(errors: FieldErrors): WireResponse {
  return respondJson(422, { error: texts.invalidResource, errors })
}

/** A step that was not taken; what was changed before it stays. */
export function respondNoTransition(errors: FieldErrors): WireResponse {
  return respondJson(422, { error: texts.noTransition, errors })
}

/** A request that cannot be read, or that lacks what it is about. */
export function respondException(exception: string): WireResponse {
  return respondJson(422, { exception })
}

/** Answers a refusal; `failedStep` where it is a step that was refused. */
export function respondRefusal(error: CheckoutError, failedStep = false): WireResponse {
  const wording = wordRefusal(error)
  if (wording.status === 401) return respondUnauthorized()
  if ('errors' in wording) return failedStep ? respondNoTransition(wording.errors) : respondInvalid(wording.errors)
  if (!('error' in wording)) return respondNotFound()
  const answer = respondJson(wording.status, { error: wording.error })
  if (error.code !== 'too_many_attempts') return answer
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(error.retryAfterSeconds) } }
}
