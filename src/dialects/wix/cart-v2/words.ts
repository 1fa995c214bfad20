import type { CheckoutError } from '../../../core/errors.js'
import type { WireResponse } from '../../dialect.js'
import { compact } from '../address.js'
import { respondError, wordRefusal } from '../errors.js'
import type { WixCall } from '../request.js'
import { type JsonObject, objectAt, objectsAt, textAt } from '../validation.js'
import { applicationError, type Place, type WixError } from '../wix-error.js'

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

/** Why a code cannot be used, in V2's words. */
const reasons: Readonly<Record<string, string>> = {
  ERROR_COUPON_USAGE_EXCEEDED: 'MAX_USAGE_EXCEEDED',
  ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED: 'MAX_USAGE_PER_CUSTOMER_EXCEEDED',
  ERROR_COUPON_IS_NOT_ACTIVE_YET: 'INACTIVE',
  ERROR_COUPON_HAS_EXPIRED: 'EXPIRED',
  GIFT_CARD_IS_EMPTY: 'EMPTY_BALANCE',
  GIFT_CARD_DISABLED: 'DISABLED',
  GIFT_CARD_EXPIRED: 'EXPIRED',
}

/** An error of V1 as V2 tells it; what the codes no longer tell apart is in their data. */
function inV2(error: WixError, call: WixCall): WixError {
  if ('violations' in error) return error
  const code = codes[error.code] ?? error.code
  return { ...error, code, data: { ...error.data, ...detailOf(error.code, code, call) } }
}

/** What the data of a code names, mostly of what was sent. Source: npm @wix/auto_sdk_ecom_cart-v-2 1.0.202. */
function detailOf(before: string, after: string, { body, wire }: WixCall): JsonObject {
  const couponCode = sentCode(body, 'coupon')
  const giftCardCode = sentCode(body, 'giftCard')
  const method = objectAt(body, 'deliveryMethod')
  switch (after) {
    case 'LINE_ITEMS_OUT_OF_STOCK':
      return { allLineItemsOutOfStock: before === 'FULL_OUT_OF_STOCK' }
    case 'CART_ALREADY_ORDERED':
    case 'PAYMENT_ALREADY_IN_PROGRESS':
      return compact({ cartId: wire.params.cartId })
    case 'DELIVERY_METHOD_NOT_FOUND':
      return compact({ code: textAt(method, 'code'), appId: textAt(method, 'appId') })
    case 'INVALID_COUPON_STATUS':
      return compact({ couponCode, reason: reasons[before] })
    case 'INVALID_COUPON_CODE':
    case 'COUPON_ALREADY_EXISTS':
      return compact({ couponCode })
    case 'COUPON_NOT_FOUND_IN_CART':
      return compact({ couponId: textAt(body, 'couponId') })
    case 'INVALID_GIFT_CARD_STATUS':
      return compact({ giftCardCode, reason: reasons[before] })
    case 'INVALID_GIFT_CARD_CODE':
    case 'GIFT_CARD_ALREADY_EXISTS':
      return compact({ giftCardCode })
    case 'GIFT_CARD_NOT_FOUND_IN_CART':
      return compact({ giftCardId: textAt(body, 'giftCardId') })
    default:
      return {}
  }
}

/** The code of a coupon or a gift card in a request, alone or in a list of one. */
function sentCode(body: JsonObject, name: 'coupon' | 'giftCard'): string | undefined {
  return textAt(objectAt(body, name), 'code') ?? textAt(objectsAt(body, `${name}s`)[0] ?? {}, 'code')
}

/** Answers a refusal in V2's words. */
export function respondRefusedV2(call: WixCall, refusal: CheckoutError, place: Place = call.place): WireResponse {
  if (refusal.code === 'limit_reached' && refusal.limit === 'lines') {
    const requestCount = objectsAt(call.body, 'catalogItems').length + objectsAt(call.body, 'customItems').length
    const data = { requestCount, maxCount: refusal.maximum }
    return respondErrorV2(call, applicationError(428, 'MAX_LINE_ITEMS_EXCEEDED', 'A cart has fewer items.', data))
  }
  const error = wordRefusal(refusal, place)
  return refusal.code === 'line_not_found' && !('violations' in error)
    ? respondErrorV2(call, { ...error, data: { lineItemIds: [refusal.lineItemId] } })
    : respondErrorV2(call, error)
}

/** Answers an error in V2's words. */
export function respondErrorV2(call: WixCall, error: WixError): WireResponse {
  return respondError(call.wire, inV2(error, call))
}

/** Whether the cart is locked against other codes. */
export function isLocked(settings: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  return objectAt({ settings }, 'settings')[name] === true
}
