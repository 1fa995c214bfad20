import type { Instant, LineItemId, OrderId } from './ids.js'
import type { Minor } from './money.js'
import type { CartProblem } from './pricing/priced-cart.js'
import type { MissedBound } from './promotions/conditions/cart-facts.js'

/**
 * Every refusal there is, one line of meaning each. Carries data, never sentences: words are the dialect's business.
 * A code exists when at least one dialect answers it differently.
 */
export type CheckoutError =
  /** No such cart, or not for this caller. */
  | { readonly code: 'cart_not_found' }
  /** The cart is being ordered; its contents are frozen. `isClosed`: it is done with, told where that was asked for. */
  | { readonly code: 'cart_locked'; readonly orderId?: OrderId; readonly isClosed?: true }
  /** The cart was ordered already; `isPending`: its payment is not settled yet. */
  | {
      readonly code: 'cart_already_ordered'
      readonly orderId: OrderId
      readonly orderNumber: string
      readonly isPending?: true
    }
  | { readonly code: 'cart_empty' }
  /** The channel allows one cart per customer. */
  | { readonly code: 'cart_exists' }
  /** The client's version is not the stored one. */
  | { readonly code: 'version_conflict'; readonly current: number }
  /** Too many others were faster; try again. */
  | { readonly code: 'busy' }
  /** The same idempotency key came with another body. */
  | { readonly code: 'idempotency_mismatch' }
  /** The caller is known but lacks a permission. */
  | { readonly code: 'forbidden'; readonly permission?: string }
  | { readonly code: 'sign_in_required' }
  /** `isExpired`: a code that was sent was right or wrong, but is over: another has to be asked for. */
  | { readonly code: 'credentials_wrong'; readonly isExpired?: true }
  | { readonly code: 'token_invalid' }
  /** Guessing too often. */
  | { readonly code: 'too_many_attempts'; readonly retryAfterSeconds: number }
  | { readonly code: 'channel_unknown'; readonly channel: string }
  | { readonly code: 'currency_unsupported'; readonly currency: string }
  | { readonly code: 'price_mode_locked' }
  | { readonly code: 'line_not_found'; readonly lineItemId: LineItemId }
  | { readonly code: 'product_not_found'; readonly sku: string }
  | { readonly code: 'product_inactive'; readonly sku: string; readonly name: string }
  /** Not sold in this channel, currency or price mode. */
  | { readonly code: 'price_missing'; readonly sku: string; readonly name: string }
  | { readonly code: 'option_not_found'; readonly sku: string; readonly option: string }
  | { readonly code: 'quantity_invalid'; readonly quantity: number; readonly minimum: number; readonly maximum: number }
  | { readonly code: 'insufficient_stock'; readonly sku: string; readonly name: string; readonly available: number }
  /** A limit of `limits.ts` or of the channel. */
  | { readonly code: 'limit_reached'; readonly limit: string; readonly maximum: number }
  | { readonly code: 'coupon_unknown'; readonly couponCode: string }
  | { readonly code: 'coupon_expired'; readonly couponCode: string; readonly endedAt?: Instant }
  | { readonly code: 'coupon_not_started'; readonly couponCode: string }
  /** `isByCustomer`: others may still use it. */
  | { readonly code: 'coupon_used_up'; readonly couponCode: string; readonly isByCustomer?: true }
  /** `bound`: what the subtotal misses. */
  | {
      readonly code: 'coupon_not_applicable'
      readonly couponCode: string
      readonly condition?: string
      readonly bound?: MissedBound
    }
  | { readonly code: 'coupon_beaten'; readonly couponCode: string }
  | { readonly code: 'coupon_present'; readonly couponCode: string }
  | { readonly code: 'coupon_absent'; readonly couponCode: string }
  | { readonly code: 'coupons_full'; readonly maximum: number }
  | { readonly code: 'gift_card_unknown'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_empty'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_expired'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_disabled'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_currency'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_present'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_absent'; readonly giftCardCode: string }
  | { readonly code: 'gift_card_not_allowed'; readonly giftCardCode: string }
  | { readonly code: 'gift_cards_full'; readonly maximum: number }
  /** The customer has none in this currency, or it was spent meanwhile. */
  | { readonly code: 'store_credit_empty' }
  | { readonly code: 'consignment_not_found'; readonly consignmentId: string }
  | { readonly code: 'shipping_option_not_found'; readonly optionId: string }
  | { readonly code: 'shipping_option_missing' }
  | { readonly code: 'line_unassigned'; readonly lineItemId: LineItemId }
  | { readonly code: 'country_unknown'; readonly country: string; readonly part: 'billing' | 'shipping' }
  | {
      readonly code: 'address_incomplete'
      readonly part: 'billing' | 'shipping' | 'customer'
      readonly fields: readonly string[]
    }
  | { readonly code: 'address_not_found'; readonly addressId: string }
  | { readonly code: 'address_id_needs_customer' }
  | { readonly code: 'not_deliverable' }
  | { readonly code: 'email_missing' }
  | { readonly code: 'payment_method_unknown'; readonly method: string; readonly provider?: string }
  | { readonly code: 'payment_missing' }
  | { readonly code: 'payment_amount_wrong'; readonly expected: Minor; readonly actual: Minor }
  | { readonly code: 'payment_data_missing'; readonly index: number; readonly field: string }
  | { readonly code: 'payments_multiple' }
  | { readonly code: 'payment_declined'; readonly reason: string }
  /** The gateway did not answer in time; the order stays pending until it does or its deadline passes. */
  | { readonly code: 'payment_unknown'; readonly orderId: OrderId; readonly orderNumber: string }
  /** The customer has no such card, or has it no longer; also for another customer's. */
  | { readonly code: 'stored_card_unknown' }
  /** The way of paying keeps no cards. */
  | { readonly code: 'cards_not_kept' }
  | { readonly code: 'payment_not_found' }
  | { readonly code: 'payment_state'; readonly state: string }
  /** The total is not what the client expects. */
  | { readonly code: 'total_changed'; readonly expected: Minor; readonly actual: Minor }
  | { readonly code: 'threshold_unmet'; readonly kind: string; readonly amount: Minor; readonly message: string }
  /** The priced cart has problems; all of them. */
  | { readonly code: 'cart_invalid'; readonly problems: readonly CartProblem[] }
  | { readonly code: 'order_not_found' }
  | { readonly code: 'order_state'; readonly status: string }
  | { readonly code: 'customer_not_found' }
  | { readonly code: 'customer_exists' }
  | { readonly code: 'customer_unconfirmed' }
  /** Rules of one field, by dotted path. */
  | { readonly code: 'invalid_input'; readonly field: string; readonly rule: string }

export type CheckoutErrorCode = CheckoutError['code']

/** The refusals with these codes. */
export type ErrorOf<Code extends CheckoutErrorCode> = Extract<CheckoutError, { readonly code: Code }>

/** Every code, for tables and tests; the compiler keeps it complete. */
const codes: Readonly<Record<CheckoutErrorCode, true>> = {
  cart_not_found: true,
  cart_locked: true,
  cart_already_ordered: true,
  cart_empty: true,
  cart_exists: true,
  version_conflict: true,
  busy: true,
  idempotency_mismatch: true,
  forbidden: true,
  sign_in_required: true,
  credentials_wrong: true,
  token_invalid: true,
  too_many_attempts: true,
  channel_unknown: true,
  currency_unsupported: true,
  price_mode_locked: true,
  line_not_found: true,
  product_not_found: true,
  product_inactive: true,
  price_missing: true,
  option_not_found: true,
  quantity_invalid: true,
  insufficient_stock: true,
  limit_reached: true,
  coupon_unknown: true,
  coupon_expired: true,
  coupon_not_started: true,
  coupon_used_up: true,
  coupon_not_applicable: true,
  coupon_beaten: true,
  coupon_present: true,
  coupon_absent: true,
  coupons_full: true,
  gift_card_unknown: true,
  gift_card_empty: true,
  gift_card_expired: true,
  gift_card_disabled: true,
  gift_card_currency: true,
  gift_card_present: true,
  gift_card_absent: true,
  gift_card_not_allowed: true,
  gift_cards_full: true,
  store_credit_empty: true,
  consignment_not_found: true,
  shipping_option_not_found: true,
  shipping_option_missing: true,
  line_unassigned: true,
  country_unknown: true,
  address_incomplete: true,
  address_not_found: true,
  address_id_needs_customer: true,
  not_deliverable: true,
  email_missing: true,
  payment_method_unknown: true,
  payment_missing: true,
  payment_amount_wrong: true,
  payment_data_missing: true,
  payments_multiple: true,
  payment_declined: true,
  payment_unknown: true,
  stored_card_unknown: true,
  cards_not_kept: true,
  payment_not_found: true,
  payment_state: true,
  total_changed: true,
  threshold_unmet: true,
  cart_invalid: true,
  order_not_found: true,
  order_state: true,
  customer_not_found: true,
  customer_exists: true,
  customer_unconfirmed: true,
  invalid_input: true,
}

/** Every error code, in the order of the list above. */
export const errorCodes = Object.keys(codes) as readonly CheckoutErrorCode[]
