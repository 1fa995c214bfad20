import { z } from 'zod'
import type { Handler } from '../dialects/dialect.js'
import { jsonAnswer, jsonOf, refusal } from './answers.js'

/** Longest life of a link, seconds: 30 days. Ours. */
const longestSeconds = 30 * 86_400

const request = z.object({
  cartId: z.guid(),
  ttlSeconds: z.int().min(60).max(longestSeconds).optional(),
  backUrl: z
    .url({ protocol: /^https?$/ })
    .max(600)
    .optional(),
})

/**
 * POST /admin/v1/checkout-links: the body is `{"cartId", "ttlSeconds"?, "backUrl"?}`. 201 `{"url"}`: the hosted checkout page
 * of that cart, for whoever is to buy it. 404 for a cart that is not there or done with; 422. Source: ours.
 */
export const makeCheckoutLink: Handler = async (wire, operations) => {
  const parsed = request.safeParse(jsonOf(wire))
  if (!parsed.success) {
    return refusal(422, 'invalid', 'Send {"cartId": UUID, "ttlSeconds": 60 to 2592000, "backUrl": an address}.')
  }
  const { cartId, ttlSeconds, backUrl } = parsed.data
  const id = cartId.toLowerCase()
  const read = await operations.readCart({ kind: 'system' }, { key: { id } })
  if (!read.ok || read.value.cart.cart.status === 'closed') return refusal(404, 'not_found', 'There is no such cart.')
  const url = await operations.linkCheckout({
    cartId: id,
    ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
    ...(backUrl === undefined ? {} : { backUrl }),
  })
  return jsonAnswer(201, { url })
}
