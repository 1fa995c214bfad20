import { z } from 'zod'
import type { CurrencyCode } from '../../../core/money.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import type { Access } from '../auth.js'
import { readBody, version } from '../body.js'
import { problemOf } from '../errors.js'
import { type Problem, problems } from '../problem.js'
import { serverCheckout } from '../render/checkout.js'
import { respondCheckoutNotFound, respondData } from '../respond.js'
import {
  contextOf,
  readOpenCart,
  respondProblem,
  type ServerRequest,
  serverEndpoint,
  sinceOf,
} from '../server-request.js'
import { cartRef } from './cart-access.js'

export const readsCheckouts: Access = { scope: 'store_checkouts', right: 'read' }
export const modifiesCheckouts: Access = { scope: 'store_checkouts', right: 'modify' }

/** GET /checkouts/:checkoutId: 200, or 404 in both forms that are documented. The id is the cart's. */
export const getCheckout = serverEndpoint(readsCheckouts, async (request, operations) => {
  const cart = cartRef(request.params.checkoutId)
  if (cart === undefined) return respondCheckoutNotFound(problems.cartNotFound)
  const read = await readOpenCart(request, cart, operations)
  if (read.ok) return respondCheckout(request, read.value, operations)
  return read.error.status === 404 ? respondCheckoutNotFound(read.error) : respondProblem(read.error)
})

const message = z.object({ customer_message: z.string().max(2000), version })

/** PUT /checkouts/:checkoutId: sets the customer's message. 200, 404, 409, 422. */
export const putCheckout = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, message)
  if (!body.ok) return respondProblem(body.error)
  return changeCheckout(request, operations, cart =>
    operations.changeCheckout(request.caller, {
      cart,
      changes: { customerNote: body.value.customer_message },
      ...sinceOf(body.value.version),
    }),
  )
})

/** Changes the checkout that the path names, and answers with it as it stands then. */
export async function changeCheckout(
  request: ServerRequest,
  operations: Operations,
  change: (cart: CartRef) => Answer<CartView>,
  refused: (problem: Problem) => WireResponse = respondProblem,
): Promise<WireResponse> {
  const cart = cartRef(request.params.checkoutId)
  if (cart === undefined) return refused(problems.cartNotFound)
  const changed = await change(cart)
  return changed.ok ? respondCheckout(request, changed.value, operations) : refused(problemOf(changed.error))
}

/** In which amounts for the checkout that the path names are meant; 404 without one. */
export async function currencyOfCheckout(
  request: ServerRequest,
  operations: Operations,
): Promise<Result<CurrencyCode, Problem>> {
  const cart = cartRef(request.params.checkoutId)
  if (cart === undefined) return refuse(problems.cartNotFound)
  const read = await readOpenCart(request, cart, operations)
  return read.ok ? ok(read.value.cart.currency) : read
}

/** The checkout as this API shows it. */
export async function respondCheckout(
  request: ServerRequest,
  view: CartView,
  operations: Operations,
): Promise<WireResponse> {
  return respondData(serverCheckout(await contextOf(request, view, operations)))
}
