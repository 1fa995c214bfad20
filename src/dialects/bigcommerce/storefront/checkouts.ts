import { z } from 'zod'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import type { Problem } from '../problem.js'
import { sinceOf } from '../server-request.js'
import { refusedBy, type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { answerCheckout, cartOfPath, changeOwnCart, readOwnCart } from './own-cart.js'

/**
 * GET /api/storefront/checkouts/:cartId, and /checkout as the platform's client calls it: 200, or 404 for a checkout that
 * is not the session's, was ordered or emptied. A cart that joined the customer's at the sign-in is read as that one. Reading twice gives the same bytes. Source: dialects/bigcommerce.md 3.4.
 */
export const getCheckout = shopperEndpoint('storefront', async (request, operations) => {
  const cart = cartOfPath(request)
  if (!cart.ok) return { problem: cart.error }
  const { id } = cart.value.key
  const read = await readOwnCart(request, operations, id === request.session?.formerCartId ? undefined : id)
  return read.ok ? answerCheckout(request, read.value, operations) : refusedBy(read.error)
})

const message = z.object({ customerMessage: z.string().max(2000), version })

/** PUT /api/storefront/checkouts/:cartId, and /checkout: sets the customer's message. 200, 404, 409, 422. */
export const putCheckout = shopperEndpoint('storefront', async (request, operations) =>
  changeCheckout(request, operations, message, (body, cart) =>
    operations.changeCheckout(request.caller, {
      cart,
      changes: { customerNote: body.customerMessage },
      ...sinceOf(body.version),
    }),
  ),
)

const spamToken = z.object({ token: z.string().min(1) })

/** POST /api/storefront/checkouts/:cartId/spam-protection: 200, the checkout; no check is ever demanded. Source: 3.4. */
export const postSpamProtection = shopperEndpoint('storefront', async (request, operations) =>
  changeCheckout(request, operations, spamToken, (_body, cart) => operations.readCart(request.caller, cart)),
)

/**
 * POST /api/storefront/checkouts/:cartId/store-credit: 200, the checkout that the customer's store credit helps to pay, after
 * gift certificates. 400 for a customer without any, 401 for a guest, 404, 409. Source: dialects/bigcommerce.md 3.4, 5.3.
 */
export const postStoreCredit = shopperEndpoint('storefront', (request, operations) =>
  payByStoreCredit(request, operations, true),
)

/** DELETE /api/storefront/checkouts/:cartId/store-credit: 200, the checkout without it, also where it was not applied. */
export const deleteStoreCredit = shopperEndpoint('storefront', (request, operations) =>
  payByStoreCredit(request, operations, false),
)

function payByStoreCredit(request: ShopperRequest, operations: Operations, uses: boolean): Promise<ShopperAnswer> {
  return changeCheckout(request, operations, z.object({ version }), (body, cart) =>
    operations.useStoreCredit(request.caller, { cart, uses, ...sinceOf(body.version) }),
  )
}

/** A cart by its id. */
type NamedCart = Extract<CartRef, { readonly key: unknown }>

/** Reads the body, changes the checkout that the path names, and answers with it as it stands then. */
export async function changeCheckout<T>(
  request: ShopperRequest,
  operations: Operations,
  schema: z.ZodType<T>,
  change: (body: T, cart: NamedCart) => Answer<CartView>,
): Promise<ShopperAnswer> {
  const body = readBody(request.wire, schema)
  if (!body.ok) return { problem: body.error }
  return changeCheckoutBy(request, operations, cart => change(body.value, cart))
}

/** As `changeCheckout`, where the body was read already; `worded` may word a refusal otherwise. */
export async function changeCheckoutBy(
  request: ShopperRequest,
  operations: Operations,
  change: (cart: NamedCart) => Answer<CartView>,
  worded: (problem: Problem) => Problem = problem => problem,
): Promise<ShopperAnswer> {
  const cart = cartOfPath(request)
  if (!cart.ok) return { problem: cart.error }
  const changed = await changeOwnCart(request, () => change(cart.value))
  return changed.ok ? answerCheckout(request, changed.value, operations) : { problem: worded(changed.error.problem) }
}
