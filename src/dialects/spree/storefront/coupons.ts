import type { CheckoutError } from '../../../core/errors.js'
import { ok } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { type CouponWording, couponImpossible, respondJson, respondUnauthorized, wordCoupon } from '../errors.js'
import { textOf } from '../params.js'
import { cartRef, endpoint, purchaseRef, refused, type SpreeRequest } from '../request.js'

const applied = {
  success: 'The coupon code was successfully applied to your order.',
  error: null,
  successful: true,
  status_code: 'coupon_code_applied',
} as const

const removed = {
  success: 'Coupon code removed',
  error: null,
  successful: true,
  status_code: 'adjustments_deleted',
} as const

/**
 * PUT /api/orders/:number/apply_coupon_code: 200, or 422 with why not, by code and sentence.
 * Source: dialects/spree.md 3.8.
 */
export const putApplyCoupon = endpoint('always_open', async (request, operations) => {
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    coupon: { code: codeIn(request), clientAddress: request.wire.clientAddress },
  })
  if (!walked.ok) return respondCouponFault(request, operations, walked.error, 422)
  const { fault } = walked.value
  return fault === undefined ? respondJson(200, applied) : respondCouponFault(request, operations, fault, 422)
})

/**
 * PUT /api/orders/:number/remove_coupon_code: 200; 404 with the same shape for a code that is not on the order.
 * Source: dialects/spree.md 3.8.
 */
export const putRemoveCoupon = endpoint('open', async (request, operations) => {
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: () => ok({ removeCoupon: codeIn(request) }),
  })
  return walked.ok ? respondJson(200, removed) : respondCouponFault(request, operations, walked.error, 404)
})

/** A blank code is one that does not exist. */
function codeIn({ tree }: SpreeRequest): string {
  return textOf(tree.coupon_code) ?? ''
}

async function respondCouponFault(
  request: SpreeRequest,
  operations: Operations,
  error: CheckoutError,
  status: 404 | 422,
): Promise<WireResponse> {
  const wording = wordCoupon(error)
  if (wording !== undefined) return respondCoupon(status, wording)
  const isClosed = ['cart_locked', 'cart_not_found', 'cart_already_ordered'].includes(error.code)
  const read = isClosed ? await operations.readPurchase(request.caller, purchaseRef(request)) : undefined
  if (read === undefined) return refused(request, error)
  if (!read.ok) return refused(request, read.error)
  // What was bought was bought at its price.
  const isTold = request.isAdmin || read.value.order?.status === 'pending'
  return isTold ? respondCoupon(422, couponImpossible) : respondUnauthorized()
}

function respondCoupon(status: 404 | 422, { message, status_code: code }: CouponWording): WireResponse {
  return respondJson(status, { success: null, error: message, successful: false, status_code: code })
}
