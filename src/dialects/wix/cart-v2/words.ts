import type { CheckoutError } from '../../../core/errors.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, wordRefusal } from '../errors.js'
import type { WixCall } from '../request.js'
import { objectAt } from '../validation.js'
import type { Place, WixError } from '../wix-error.js'

/** What V2 calls what V1 calls otherwise. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202; statuses as in V1 (inferred). */
const codes: Readonly<Record<string, string>> = {
  CHECKOUT_NOT_FOUND: 'CART_NOT_FOUND',
  CHECKOUT_IS_COMPLETE: 'CART_ALREADY_ORDERED',
  CHECKOUT_ALREADY_PAID: 'CART_ALREADY_ORDERED',
  CHECKOUT_PAYMENT_ALREADY_IN_PROGRESS: 'PAYMENT_ALREADY_IN_PROGRESS',
  EMPTY_CHECKOUT: 'EMPTY_CART',
  PARTIAL_OUT_OF_STOCK: 'LINE_ITEMS_OUT_OF_STOCK',
  FULL_OUT_OF_STOCK: 'LINE_ITEMS_OUT_OF_STOCK',
  NO_SELECTED_CARRIER_SERVICE_OPTION: 'MISSING_DELIVERY_METHOD',
  SELECTED_CARRIER_SERVICE_OPTION_NOT_FOUND: 'DELIVERY_METHOD_NOT_FOUND',
  SELECTED_CARRIER_SERVICE_OPTION_NO_LONGER_AVAILABLE: 'DELIVERY_METHOD_NO_LONGER_AVAILABLE',
  INVALID_SELECTED_CARRIER_SERVICE_OPTION: 'DELIVERY_METHOD_NOT_FOUND',
  SUBSCRIPTION_WITH_GIFT_CARD: 'CANNOT_PAY_FOR_SUBSCRIPTION_WITH_GIFT_CARD',
  GIFT_CARD_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD: 'CANNOT_PAY_FOR_GIFT_CARD_WITH_GIFT_CARD',
  COUPON_CANNOT_BE_USED_TO_PURCHASE_GIFT_CARD: 'CANNOT_REDEEM_COUPON_WHEN_PURCHASING_GIFT_CARD',
  NO_SAVE_PAYMENT_METHOD_CONFIRMATION: 'UNCONFIRMED_SAVE_PAYMENT_METHOD',
  REDEEM_GIFT_CARD_ERROR: 'GIFT_CARD_REDEEM_ERROR',
  PAYMENT_PROVIDER_IS_NOT_AVAILABLE_ON_SITE: 'UNAVAILABLE_PAYMENT_METHOD',
  SITE_MUST_ACCEPT_PAYMENTS: 'SITE_NOT_ACCEPTING_PAYMENTS',
  CHECKOUT_CHANGED: 'CART_PRICES_OUT_OF_SYNC',
  ERROR_COUPON_DOES_NOT_EXIST: 'INVALID_COUPON_CODE',
  ERROR_COUPON_USAGE_EXCEEDED: 'INVALID_COUPON_STATUS',
  ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED: 'INVALID_COUPON_STATUS',
  ERROR_COUPON_IS_NOT_ACTIVE_YET: 'INVALID_COUPON_STATUS',
  ERROR_COUPON_HAS_EXPIRED: 'INVALID_COUPON_STATUS',
  GIFT_CARD_NOT_FOUND: 'INVALID_GIFT_CARD_CODE',
  GIFT_CARD_CODE_INVALID: 'INVALID_GIFT_CARD_CODE',
  GIFT_CARD_IS_EMPTY: 'INVALID_GIFT_CARD_STATUS',
  GIFT_CARD_DISABLED: 'INVALID_GIFT_CARD_STATUS',
  GIFT_CARD_EXPIRED: 'INVALID_GIFT_CARD_STATUS',
  LINE_ITEM_NOT_FOUND: 'LINE_ITEM_NOT_FOUND_IN_CART',
}

/** An error of V1 as V2 tells it; what the codes no longer tell apart is in their data. */
export function inV2(error: WixError): WixError {
  if ('violations' in error) return error
  const code = codes[error.code]
  if (code === undefined) return error
  const data = { ...error.data, ...detailOf(error.code, code) }
  return { ...error, code, data }
}

function detailOf(before: string, after: string): Readonly<Record<string, unknown>> {
  if (after === 'LINE_ITEMS_OUT_OF_STOCK') return { allLineItemsOutOfStock: before === 'FULL_OUT_OF_STOCK' }
  const isStatus = after === 'INVALID_COUPON_STATUS' || after === 'INVALID_GIFT_CARD_STATUS'
  return isStatus ? { reason: before } : {}
}

/** Answers a refusal in V2's words. */
export function respondRefusedV2(call: WixCall, refusal: CheckoutError, place: Place = call.place): WireResponse {
  return respondError(call.wire, inV2(wordRefusal(refusal, place)))
}

/** Answers an error in V2's words. */
export function respondErrorV2(call: WixCall, error: WixError): WireResponse {
  return respondError(call.wire, inV2(error))
}

/** Whether the cart is locked against other codes. */
export function isLocked(settings: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  return objectAt({ settings }, 'settings')[name] === true
}
