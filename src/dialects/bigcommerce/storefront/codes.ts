import { z } from 'zod'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import { sinceOf } from '../server-request.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { changeCheckoutBy } from './checkouts.js'

const code = z.string().trim().min(1).max(50)

/** Public documents disagree on the name; both are taken. Source: dialects/bigcommerce.md 8. */
const coupon = z
  .object({ couponCode: code.optional(), coupon_code: code.optional(), version })
  .transform((body, context) => {
    const couponCode = body.couponCode ?? body.coupon_code
    if (couponCode === undefined) {
      context.addIssue({ code: 'custom', path: ['couponCode'], message: 'required' })
      return z.NEVER
    }
    return { couponCode, version: body.version }
  })

/**
 * POST /api/storefront/checkouts/:cartId/coupons: 200, the checkout with the coupon; one that is on it already changes
 * nothing. 400 with a code that says why it does not apply, 404, 409, 422, 429. Source: dialects/bigcommerce.md 3.0.7, 5.6.
 */
export const postCoupon = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, coupon)
  if (!body.ok) return { problem: body.error }
  const { couponCode } = body.value
  return changeCheckoutBy(request, operations, cart =>
    unlessPresent(request, operations, cart, 'coupon_present', () =>
      operations.applyCoupon(request.caller, {
        cart,
        code: couponCode,
        clientAddress: request.wire.clientAddress,
        ...sinceOf(body.value.version),
      }),
    ),
  )
})

/** DELETE /api/storefront/checkouts/:cartId/coupons/:code: 200, the checkout without it; 404 where it is not on it. */
export const deleteCoupon = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, z.object({ version }))
  if (!body.ok) return { problem: body.error }
  const since = sinceOf(body.value.version)
  return changeCheckoutBy(request, operations, cart =>
    operations.removeCoupon(request.caller, { cart, code: request.wire.params.code ?? '', ...since }),
  )
})

const certificate = z.object({ giftCertificateCode: code, version })

/**
 * POST /api/storefront/checkouts/:cartId/gift-certificates: 200, the checkout that the certificate helps to pay. 404 for an
 * unknown code, also a coupon's: checkout pages try every code here first. 400 for one that cannot pay, 429 after too many
 * unknown ones. Source: dialects/bigcommerce.md 3.4, 5.7.
 */
export const postGiftCertificate = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, certificate)
  if (!body.ok) return { problem: body.error }
  const { giftCertificateCode } = body.value
  return changeCheckoutBy(request, operations, cart =>
    unlessPresent(request, operations, cart, 'gift_card_present', () =>
      operations.applyGiftCard(request.caller, {
        cart,
        code: giftCertificateCode,
        clientAddress: request.wire.clientAddress,
        ...sinceOf(body.value.version),
      }),
    ),
  )
})

/** DELETE /api/storefront/checkouts/:cartId/gift-certificates/:code: 200, the checkout without it; 404 likewise. */
export const deleteGiftCertificate = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, z.object({ version }))
  if (!body.ok) return { problem: body.error }
  const since = sinceOf(body.value.version)
  return changeCheckoutBy(request, operations, cart =>
    operations.removeGiftCard(request.caller, { cart, code: request.wire.params.code ?? '', ...since }),
  )
})

/** A code that is there already is no fault: the checkout is as it was. */
async function unlessPresent(
  request: ShopperRequest,
  operations: Operations,
  cart: CartRef,
  present: 'coupon_present' | 'gift_card_present',
  apply: () => Answer<CartView>,
): Answer<CartView> {
  const applied = await apply()
  return !applied.ok && applied.error.code === present ? operations.readCart(request.caller, cart) : applied
}
