import type { CheckoutError, ErrorOf } from '../../core/errors.js'
import type { LineItemId } from '../../core/ids.js'
import type { CurrencyCode } from '../../core/money.js'
import type { CartProblem } from '../../core/pricing/priced-cart.js'
import type { WireErrorTable, WireResponse } from '../dialect.js'
import { fixed, type GlueError } from './fixed-errors.js'
import { answerHeaders, type ResponseContext, reasonOf } from './headers.js'
import { type Texts, thresholdMessage } from './texts.js'
import { messages, type Violation } from './validation.js'

/** Which endpoint asks: the same refusal has another code at the cart than at the checkout. */
export type Place =
  | 'carts'
  | 'items'
  | 'codes'
  | 'checkout-data'
  | 'checkout'
  | 'order-payments'
  | 'orders'
  | 'customers'
  | 'addresses'
  | 'access-tokens'
  | 'refresh-tokens'
  | 'stores'

/** What the words of a refusal depend on besides the refusal. */
export interface Wording {
  readonly place: Place
  readonly texts: Texts
  readonly locale: string
  readonly currency: CurrencyCode
  /** Group key of a line; its id where the line is unknown. */
  readonly groupKeyOf?: ((id: LineItemId) => string) | undefined
  /** Unknown payment methods have their own code. */
  readonly strictPaymentMapping: boolean
}

type Worded = (wording: Wording) => readonly GlueError[]

/** Answers errors; the status line is that of the last one. */
export function respondErrors(
  context: ResponseContext,
  errors: readonly GlueError[],
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  const status = errors.at(-1)?.status ?? 500
  return {
    status,
    ...reasonOf(status),
    headers: { ...answerHeaders(context), ...headers },
    body: JSON.stringify({ errors }),
  }
}

/** Answers a refusal of an operation. */
export function respondRefusal(context: ResponseContext, error: CheckoutError, wording: Wording): WireResponse {
  const headers = error.code === 'too_many_attempts' ? { 'Retry-After': String(error.retryAfterSeconds) } : {}
  return respondErrors(context, wordRefusal(error, wording), headers)
}

/** A refusal in this dialect's words. */
export function wordRefusal(error: CheckoutError, wording: Wording): readonly GlueError[] {
  // The table has an entry per code that takes exactly that error, which the compiler cannot follow through a lookup.
  const word = wireErrors[error.code] as (error: CheckoutError) => Worded
  return word(error)(wording)
}

/** Field rules, each its own error. */
export function violationErrors(violations: readonly Violation[]): readonly GlueError[] {
  return violations.map(({ path, message }) => ({ code: '901', detail: `${path} => ${message}`, status: 422 }))
}

function isCheckout(place: Place): boolean {
  return place === 'checkout' || place === 'checkout-data'
}

const always =
  (...errors: readonly GlueError[]): Worded =>
  () =>
    errors

/** One answer at both checkout endpoints, another elsewhere. */
const byPlace =
  (atCheckout: GlueError, elsewhere: GlueError): Worded =>
  ({ place }) => [isCheckout(place) ? atCheckout : elsewhere]

/** A refusal to place the order, with a text. */
const notPlaced =
  (detail: (wording: Wording) => string): Worded =>
  wording => [{ code: '1102', detail: detail(wording), status: 422 }]

/** What the check of the cart's content found: 102 at the cart; at the checkout the order cannot be placed. */
const contentRefused =
  (detail: (texts: Texts) => string): Worded =>
  ({ place, texts }) => [{ code: isCheckout(place) ? '1102' : '102', detail: detail(texts), status: 422 }]

/** A code that cannot be used, or at the checkout no longer. */
const codeRefused =
  (code: string): Worded =>
  wording =>
    isCheckout(wording.place) ? notPlaced(({ texts }) => texts.codeGone(code))(wording) : [fixed.codeNotAdded]

const couponRefused = (error: { readonly couponCode: string }): Worded => codeRefused(error.couponCode)
const giftCardRefused = (error: { readonly giftCardCode: string }): Worded => codeRefused(error.giftCardCode)

const cartGone = byPlace(fixed.checkoutCartNotFound, fixed.cartNotFound)
const noShipmentMethod = notPlaced(({ texts }) => texts.shipmentMethodNotFound)
const paymentNotValid = notPlaced(({ texts }) => texts.paymentNotValid)

function stockText(texts: Texts, sku: string, available: number): string {
  return available > 0 ? texts.stockShort(sku, available) : texts.stockEmpty(sku)
}

function cartProblemErrors(problem: CartProblem, wording: Wording): readonly GlueError[] {
  const { texts } = wording
  const invalid = (detail: string): readonly GlueError[] => [{ code: '1101', detail, status: 422 }]
  switch (problem.code) {
    case 'line_not_found':
      return invalid(texts.productNotFound(problem.sku))
    case 'line_no_price':
      return invalid(texts.priceMissing(problem.sku))
    case 'line_out_of_stock':
      return invalid(stockText(texts, problem.sku, problem.available))
    case 'line_unassigned':
      return lineUnassigned(problem.lineItemId)(wording)
    case 'threshold':
      return thresholdErrors(problem.threshold)(wording)
    case 'shipping_option_missing':
    case 'shipping_option_gone':
    case 'not_deliverable':
      return noShipmentMethod(wording)
    case 'coupon_invalid':
      return notPlaced(() => texts.codeGone(problem.couponCode))(wording)
    case 'gift_card_invalid':
      return notPlaced(() => texts.codeGone(problem.giftCardCode))(wording)
    case 'payment_method_unknown':
      return paymentMethodUnknown({ method: problem.method })(wording)
    case 'payment_short':
      return paymentNotValid(wording)
    case 'country_unknown':
      return countryUnknown(problem)(wording)
    case 'taxes_unknown':
      return invalid('Taxes cannot be calculated now. Please try again.')
    case 'subscription_terms':
      return invalid('Checkout data is invalid.')
  }
}

function lineUnassigned(id: LineItemId): Worded {
  return ({ place, groupKeyOf }) => [
    {
      code: place === 'checkout-data' ? '1101' : '1102',
      detail: `No shipment selected for the cart item ${groupKeyOf?.(id) ?? id}.`,
      status: 422,
    },
  ]
}

function thresholdErrors(threshold: Parameters<typeof thresholdMessage>[0]): Worded {
  return ({ place, currency, locale }) => [
    {
      code: place === 'checkout-data' ? '1101' : '1102',
      detail: thresholdMessage(threshold, currency, locale),
      status: 422,
    },
  ]
}

function paymentMethodUnknown(error: { readonly method: string; readonly provider?: string }): Worded {
  return wording => {
    if (!wording.strictPaymentMapping) return paymentNotValid(wording)
    const detail = `Payment method "${error.method}" of payment provider "${error.provider ?? ''}" is invalid`
    return [{ code: '1108', detail, status: 422 }]
  }
}

function countryUnknown(error: { readonly part: 'billing' | 'shipping'; readonly country: string }): Worded {
  return notPlaced(({ texts }) =>
    error.part === 'billing'
      ? texts.billingCountryNotFound(error.country)
      : texts.shippingCountryNotFound(error.country),
  )
}

function addressIncomplete(error: ErrorOf<'address_incomplete'>): Worded {
  if (error.part === 'customer') return always(fixed.customerDataMissing)
  if (error.part === 'shipping') return always(fixed.shipmentAddressInvalid)
  const violations = error.fields.map(field => ({ path: `billingAddress.${field}`, message: messages.missing }))
  return always(...(violations.length === 0 ? [fixed.orderPlaceFailed] : violationErrors(violations)))
}

/** The platform's wording of a core rule about one field. */
function ruleMessage(rule: string): string {
  const wordings: Readonly<Record<string, string>> = {
    missing: messages.missing,
    required: messages.missing,
    blank: messages.blank,
    email: messages.email,
    choice: messages.choice,
    date: messages.date,
  }
  return wordings[rule] ?? 'This value is not valid.'
}

function forbidden(place: Place): GlueError {
  if (place === 'addresses') return fixed.addressesForbidden
  if (place === 'orders') return fixed.listForbidden
  if (place === 'carts' || place === 'items' || place === 'codes') return fixed.cartForbidden
  return fixed.forbidden
}

function quantityErrors(error: ErrorOf<'quantity_invalid'>): Worded {
  if (error.quantity < 1) return always(...violationErrors([{ path: 'quantity', message: messages.aboveZero }]))
  return contentRefused(texts => texts.quantityOutOfRange(error.minimum, error.maximum))
}

/** Every refusal there is, in this dialect's words. Source: the error tables of dialects/spryker.md 2.4 and 3. */
export const wireErrors = {
  cart_not_found: () => cartGone,
  cart_locked: () => cartGone,
  cart_already_ordered: () => cartGone,
  cart_empty: () => wording =>
    wording.place === 'codes' ? [fixed.codeNotAdded] : byPlace(fixed.checkoutCartEmpty, fixed.lineNotFound)(wording),
  cart_exists: () => always(fixed.cartExists),
  version_conflict: () => always(fixed.ifMatchWrong),
  busy: () => always(fixed.busy),
  idempotency_mismatch: () => always(fixed.keyReused),
  forbidden: () => wording => [forbidden(wording.place)],
  sign_in_required: () => byPlace(fixed.identityMissing, fixed.missingToken),
  credentials_wrong: () => always(fixed.signInFailed),
  token_invalid:
    () =>
    ({ place }) => [place === 'refresh-tokens' ? fixed.refreshFailed : fixed.invalidToken],
  too_many_attempts: () => always(fixed.tooManyAttempts),
  channel_unknown:
    () =>
    ({ place }) => [place === 'stores' ? fixed.storeNotFound : fixed.storeInvalid],
  currency_unsupported: () => always(fixed.currencyWrong),
  price_mode_locked: () => always(fixed.priceModeLocked),
  line_not_found: () => always(fixed.lineNotFound),
  product_not_found: error => contentRefused(texts => texts.productNotFound(error.sku)),
  product_inactive: error => contentRefused(texts => texts.productInactive(error.sku)),
  price_missing: error => contentRefused(texts => texts.priceMissing(error.sku)),
  option_not_found: error => contentRefused(texts => texts.optionNotFound(error.option)),
  quantity_invalid: quantityErrors,
  insufficient_stock: error => contentRefused(texts => stockText(texts, error.sku, error.available)),
  limit_reached:
    () =>
    ({ place }) => {
      if (place === 'codes') return [fixed.codeNotAdded]
      if (place === 'addresses') return [fixed.addressNotSaved]
      return [isCheckout(place) ? fixed.orderPlaceFailed : fixed.lineNotAdded]
    },
  coupon_unknown: couponRefused,
  coupon_expired: couponRefused,
  coupon_not_started: couponRefused,
  coupon_used_up: couponRefused,
  coupon_not_applicable: couponRefused,
  coupon_beaten: couponRefused,
  coupon_present: couponRefused,
  coupon_absent: () => always(fixed.codeNotFound),
  coupons_full: () => always(fixed.codeNotAdded),
  gift_card_unknown: giftCardRefused,
  gift_card_empty: giftCardRefused,
  gift_card_expired: giftCardRefused,
  gift_card_disabled: giftCardRefused,
  gift_card_currency: giftCardRefused,
  gift_card_present: giftCardRefused,
  gift_card_absent: () => always(fixed.codeNotFound),
  gift_card_not_allowed: giftCardRefused,
  gift_cards_full: () => always(fixed.codeNotAdded),
  store_credit_empty: () => paymentNotValid,
  consignment_not_found: () => always(fixed.orderPlaceFailed),
  shipping_option_not_found: () => noShipmentMethod,
  shipping_option_missing: () => noShipmentMethod,
  line_unassigned: error => lineUnassigned(error.lineItemId),
  country_unknown: countryUnknown,
  address_incomplete: addressIncomplete,
  address_not_found:
    error =>
    ({ place }) =>
      isCheckout(place)
        ? [{ code: '1102', detail: `Customer address with ID ${error.addressId} not found.`, status: 422 }]
        : [fixed.addressNotFound],
  address_id_needs_customer: () => notPlaced(() => 'Customer addresses are applicable only for customers.'),
  not_deliverable: () => noShipmentMethod,
  email_missing: () => always(fixed.customerDataMissing),
  payment_method_unknown: paymentMethodUnknown,
  payment_missing: () => paymentNotValid,
  payment_amount_wrong: () => paymentNotValid,
  payment_data_missing: error =>
    always(...violationErrors([{ path: `payments.${error.index}.${error.field}`, message: messages.missing }])),
  payments_multiple: () => always(fixed.paymentsMultiple),
  payment_declined: () => wording =>
    wording.place === 'order-payments'
      ? [fixed.paymentNotUpdated]
      : notPlaced(({ texts }) => texts.paymentDeclined)(wording),
  payment_unknown: error => wording =>
    wording.place === 'order-payments'
      ? [fixed.paymentNotUpdated]
      : notPlaced(({ texts }) => texts.paymentOpen(error.orderNumber))(wording),
  stored_card_unknown: () => paymentNotValid,
  cards_not_kept: () => paymentNotValid,
  payment_not_found: () => always(fixed.paidOrderNotFound),
  payment_state: () => always(fixed.paymentNotUpdated),
  total_changed: () => notPlaced(({ texts }) => texts.grandTotalChanged),
  threshold_unmet: error => thresholdErrors(error),
  cart_invalid: error => wording => error.problems.flatMap(problem => cartProblemErrors(problem, wording)),
  order_not_found:
    () =>
    ({ place }) => [place === 'order-payments' ? fixed.paidOrderNotFound : fixed.orderNotFound],
  order_state:
    () =>
    ({ place }) => [place === 'order-payments' ? fixed.paymentNotUpdated : fixed.orderPlaceFailed],
  customer_not_found:
    () =>
    ({ place }) => [place === 'addresses' ? fixed.addressesForbidden : fixed.customerNotFound],
  customer_exists: () => always(fixed.customerExists),
  customer_unconfirmed: () => always(fixed.signInFailed),
  invalid_input: error => always(...violationErrors([{ path: error.field, message: ruleMessage(error.rule) }])),
} satisfies WireErrorTable<Worded>
