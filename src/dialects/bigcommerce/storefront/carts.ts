import { z } from 'zod'
import type { NewLine } from '../../../core/cart/changes.js'
import type { Answer, CartView, Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { newLines } from '../parse-lines.js'
import { problems } from '../problem.js'
import { storefrontCart } from '../render/cart.js'
import { contextOf } from '../server-request.js'
import { callerOf, newGuestKey, openSession } from '../session.js'
import { settingsOf } from '../settings.js'
import { refusedBy, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { answerCart, buyNow, cartOfPath, changeOwnCart, isBuyNow, readOwnCart } from './own-cart.js'
import { storefrontGoods, storefrontGoodsOf, storefrontNames } from './parse-goods.js'

/** GET /api/storefront/carts: 200, the session's cart in a list; an empty list where there is none. */
export const getCarts = shopperEndpoint('storefront', async (request, operations) => {
  const read = await readOwnCart(request, operations, undefined)
  if (!read.ok) return { status: 200, body: [] }
  return { status: 200, body: [storefrontCart(await contextOf(request, read.value, operations))] }
})

const newCart = z.object({
  ...storefrontGoods,
  locale: z.string().max(20).nullish(),
  source: z.string().nullish(),
})

/**
 * POST /api/storefront/carts: 200, a cart with these goods; those of a session that has one join it. `source: "BUY_NOW"`
 * makes a cart beside it. Opens a session. 403 while the shop does not sell, 409 over stock, 422 for unknown goods and quantities.
 * Source: dialects/bigcommerce.md 3.3.
 */
export const postCarts = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, newCart)
  if (!body.ok) return { problem: body.error }
  const { channel, session } = request
  if (!settingsOf(channel).allowPurchasing) return { problem: problems.catalogOnly }
  const present = await currentCart(request, operations)
  const at = { channel, currency: present?.cart.currency ?? channel.currency, names: storefrontNames }
  const lines = await newLines(storefrontGoodsOf(body.value), at, operations)
  if (!lines.ok) return { problem: lines.error }
  const identity = session ?? { guestKey: newGuestKey() }
  const shopper = { ...request, caller: callerOf(identity) }
  const made = await putInto(shopper, operations, {
    lines: lines.value,
    present,
    isBuyNow: body.value.source === buyNow.bigcommerce.source,
    locale: body.value.locale ?? undefined,
  })
  if (!made.ok) return refusedBy(made.error)
  const answer = await answerCart(shopper, made.value, operations)
  return session === undefined ? { ...answer, session: await openSession(operations, channel.id, identity) } : answer
})

/** The cart that the session's goods would join; undefined where there is none, or only one of a single purchase. */
async function currentCart({ session, caller, channel }: ShopperRequest, operations: Operations) {
  if (session === undefined) return undefined
  const read = await operations.readCart(caller, { own: channel.id })
  return read.ok ? read.value : undefined
}

/** Of several first requests at once one makes the cart, and the others' goods join it. */
async function putInto(
  { caller, channel }: ShopperRequest,
  operations: Operations,
  wanted: {
    readonly lines: readonly NewLine[]
    readonly present: CartView | undefined
    readonly isBuyNow: boolean
    readonly locale: string | undefined
  },
): Answer<CartView> {
  const { lines, present, locale } = wanted
  const create = { channel: channel.id, ...(locale === undefined ? {} : { locale }) }
  if (wanted.isBuyNow) return operations.createCart(caller, { ...create, lines, isDefault: false, extras: buyNow })
  if (present !== undefined && isBuyNow(present)) {
    const made = await operations.createCart(caller, { ...create, lines, soleOfOwner: true })
    if (made.ok || made.error.code !== 'cart_exists') return made
  }
  return operations.addLineItems(caller, { cart: { own: channel.id, create }, lines })
}

/** DELETE /api/storefront/carts/:cartId: 204; 404 for a cart that is not the session's. */
export const deleteCart = shopperEndpoint('storefront', async (request, operations) => {
  const cart = cartOfPath(request)
  if (!cart.ok) return { problem: cart.error }
  const deleted = await operations.deleteCart(request.caller, { cart: cart.value })
  return deleted.ok ? { status: 204 } : refusedBy(deleted.error)
})

const currency = z.object({ currencyCode: z.string() })

/**
 * POST /api/storefront/carts/:cartId/currency: 200, the cart in that currency. 404 for a currency that the store does not
 * sell in, 400 while an amount on the cart was set by hand, 422 without a currency. Source: dialects/bigcommerce.md 3.3.
 */
export const postCartCurrency = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, currency)
  if (!body.ok) return { problem: body.error }
  const code = body.value.currencyCode.trim().toUpperCase()
  const changed = await changeOwnCart(request, cart => operations.updateCart(request.caller, { cart, currency: code }))
  if (changed.ok) return answerCart(request, changed.value, operations)
  const { problem } = changed.error
  return { problem: problem.code === 'currency' ? { ...problem, status: 404 } : problem }
})
