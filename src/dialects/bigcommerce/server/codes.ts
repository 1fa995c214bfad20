import { z } from 'zod'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import { problems } from '../problem.js'
import { respondProblem, type ServerRequest, serverEndpoint, sinceOf } from '../server-request.js'
import { changeCheckout, modifiesCheckouts } from './checkouts.js'

const code = z.string().trim().min(1).max(50)

/** Public documents disagree on the name, so both are taken. Source: dialects/bigcommerce.md 8. */
const coupon = z
  .object({ coupon_code: code.optional(), couponCode: code.optional(), version })
  .refine(body => (body.coupon_code ?? body.couponCode) !== undefined, { path: ['coupon_code'], message: 'required' })

/** POST /checkouts/:checkoutId/coupons: 200; a code that is applied already changes nothing. 422 says why it does not apply. */
export const postCoupon = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, coupon)
  if (!body.ok) return respondProblem(body.error)
  const given = body.value.coupon_code ?? body.value.couponCode ?? ''
  return changeCheckout(request, operations, cart =>
    unlessPresent(request, operations, cart, 'coupon_present', () =>
      operations.applyCoupon(request.caller, { cart, code: given, ...sinceOf(body.value.version) }),
    ),
  )
})

const versionOnly = z.object({ version })

/** DELETE /checkouts/:checkoutId/coupons/:couponCode: 200; 404 where it is not applied. */
export const deleteCoupon = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, versionOnly)
  if (!body.ok) return respondProblem(body.error)
  return changeCheckout(request, operations, cart =>
    operations.removeCoupon(request.caller, {
      cart,
      code: request.params.couponCode ?? '',
      ...sinceOf(body.value.version),
    }),
  )
})

const certificate = z
  .object({ gift_certificate_code: code.optional(), giftCertificateCode: code.optional(), version })
  .refine(body => (body.gift_certificate_code ?? body.giftCertificateCode) !== undefined, {
    path: ['gift_certificate_code'],
    message: 'required',
  })

/**
 * POST /checkouts/:checkoutId/gift-certificates: 200 with the checkout that the certificate helps to pay. An extension of
 * ours: the platform has it in the storefront only. Source: dialects/bigcommerce.md 8.
 */
export const postGiftCertificate = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, certificate)
  if (!body.ok) return respondProblem(body.error)
  const given = body.value.gift_certificate_code ?? body.value.giftCertificateCode ?? ''
  return changeCheckout(request, operations, cart =>
    unlessPresent(request, operations, cart, 'gift_card_present', () =>
      operations.applyGiftCard(request.caller, { cart, code: given, ...sinceOf(body.value.version) }),
    ),
  )
})

/** DELETE /checkouts/:checkoutId/gift-certificates/:code: 200; 404 where it is not applied. An extension of ours. */
export const deleteGiftCertificate = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, versionOnly)
  if (!body.ok) return respondProblem(body.error)
  return changeCheckout(request, operations, cart =>
    operations.removeGiftCard(request.caller, {
      cart,
      code: request.params.code ?? '',
      ...sinceOf(body.value.version),
    }),
  )
})

/**
 * POST /checkouts/:checkoutId/store-credit: 200 with the checkout that its customer's store credit helps to pay. 422 for a
 * checkout of no customer, and without any credit. An extension of ours, as gift certificates. Source: dialects/bigcommerce.md 8.
 */
export const postStoreCredit = serverEndpoint(modifiesCheckouts, (request, operations) =>
  payByStoreCredit(request, operations, true),
)

/** DELETE /checkouts/:checkoutId/store-credit: 200, the checkout without it. An extension of ours. */
export const deleteStoreCredit = serverEndpoint(modifiesCheckouts, (request, operations) =>
  payByStoreCredit(request, operations, false),
)

async function payByStoreCredit(request: ServerRequest, operations: Operations, uses: boolean) {
  const body = readBody(request.wire, versionOnly)
  if (!body.ok) return respondProblem(body.error)
  return changeCheckout(
    request,
    operations,
    cart => operations.useStoreCredit(request.caller, { cart, uses, ...sinceOf(body.value.version) }),
    problem => respondProblem(problem.code === problems.unauthorized.code ? problems.customerMissing : problem),
  )
}

/** A code that is there already is no fault: the checkout is as it was. */
async function unlessPresent(
  request: ServerRequest,
  operations: Operations,
  cart: CartRef,
  present: 'coupon_present' | 'gift_card_present',
  apply: () => Answer<CartView>,
): Answer<CartView> {
  const applied = await apply()
  return !applied.ok && applied.error.code === present ? operations.readCart(request.caller, cart) : applied
}
