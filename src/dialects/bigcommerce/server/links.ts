import { z } from 'zod'
import type { CartId } from '../../../core/ids.js'
import type { Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { problems } from '../problem.js'
import { respondData } from '../respond.js'
import { readOpenCart, respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { issueToken, redirectSeconds } from '../single-use.js'
import { cartRef, modifiesCarts } from './cart-access.js'
import { modifiesCheckouts } from './checkouts.js'

const pair = z.object({ key: z.string(), value: z.union([z.string(), z.number()]).transform(String) })
const redirect = z.object({
  query_params: z
    .union([z.array(pair), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))])
    .nullish(),
})

/** POST /carts/:cartId/redirect_urls: 201 with links into the storefront, each usable once within 30 days. 404. */
export const postRedirectUrls = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, redirect)
  if (!body.ok) return respondProblem(body.error)
  const view = await readOpenCart(request, cart, operations)
  if (!view.ok) return respondProblem(view.error)
  const sent = body.value.query_params ?? {}
  const params = Array.isArray(sent) ? sent.map(({ key, value }) => [key, value] as const) : Object.entries(sent)
  return respondData(await redirectUrls(request, view.value.cart.cart.id, operations, params), 201)
})

/** Three links into the storefront, each with a token of its own. */
export async function redirectUrls(
  { wire }: Pick<ServerRequest, 'wire'>,
  id: CartId,
  operations: Operations,
  params: readonly (readonly [string, string])[] = [],
) {
  const link = async (query: string) => {
    const token = await issueToken(operations, 'redirect', id, redirectSeconds)
    const more = params.map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('')
    return `${wire.baseUrl}/cart.php?${query}&id=${id}&token=${token}${more}`
  }
  return {
    cart_url: await link('action=load'),
    checkout_url: await link('action=loadInCheckout'),
    embedded_checkout_url: await link('embedded=1&action=loadInCheckout'),
  }
}

const tokenRequest = z.object({ maxUses: z.int().min(1).nullish(), ttl: z.int().min(1).max(2_592_000).nullish() })

/**
 * POST /checkouts/:checkoutId/token: 200 with a token for the page that confirms the order, `/order-confirmation/{order}?t=`:
 * good `maxUses` times (once) within `ttl` seconds (30 days), for orders of this checkout. 404; 422 once it was ordered.
 */
export const postCheckoutToken = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const cart = cartRef(request.params.checkoutId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, tokenRequest)
  if (!body.ok) return respondProblem(body.error)
  const read = await operations.readCart(request.caller, cart)
  if (!read.ok) return respondProblem(problemOf(read.error))
  const { id, status } = read.value.cart.cart
  if (status === 'closed') return respondProblem(problems.orderFinal)
  const { ttl, maxUses } = body.value
  const more = { maxUses: maxUses ?? 1 }
  return respondData({ checkoutToken: await issueToken(operations, 'confirmation', id, ttl ?? redirectSeconds, more) })
})
