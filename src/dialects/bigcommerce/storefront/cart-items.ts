import { z } from 'zod'
import type { CurrencyCode } from '../../../core/money.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartRef, CartView, Operations } from '../../../operations/operations.js'
import { readBody, version } from '../body.js'
import { changeCertificate } from '../certificate-line.js'
import { parseUuid } from '../ids.js'
import { giftCertificateSchema, newLines } from '../parse-lines.js'
import { invalid, type Problem, problems } from '../problem.js'
import { sinceOf } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { refusedBy, type ShopperAnswer, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { changeWrapped, storefrontWrapping } from '../wrapping.js'
import { answerCart, answerCheckout, cartOfPath, changeOwnCart } from './own-cart.js'
import { looseInteger, storefrontGoods, storefrontGoodsOf, storefrontNames } from './parse-goods.js'

const newItems = z.object({ ...storefrontGoods, version })

/** POST /api/storefront/carts/:cartId/items: 200, the cart with these goods too. 404, 409, 422. Source: 3.3. */
export const postCartItems = shopperEndpoint('storefront', async (request, operations) => {
  const body = readBody(request.wire, newItems)
  if (!body.ok) return { problem: body.error }
  const cart = cartOfPath(request)
  if (!cart.ok) return { problem: cart.error }
  if (!settingsOf(request.channel).allowPurchasing) return { problem: problems.catalogOnly }
  const goods = storefrontGoodsOf(body.value)
  const currency = await currencyFor(goods, request, cart.value, operations)
  if (!currency.ok) return currency.error
  const at = { channel: request.channel, currency: currency.value, names: storefrontNames }
  const lines = await newLines(goods, at, operations)
  if (!lines.ok) return { problem: lines.error }
  const since = sinceOf(body.value.version)
  const added = await operations.addLineItems(request.caller, { cart: cart.value, lines: lines.value, ...since })
  return added.ok ? answerCart(request, added.value, operations) : refusedBy(added.error)
})

/** The cart's currency, where the goods name amounts; the cart is not asked for otherwise. */
async function currencyFor(
  { giftCertificates }: ReturnType<typeof storefrontGoodsOf>,
  { caller, channel }: ShopperRequest,
  cart: CartRef,
  operations: Operations,
): Promise<Result<CurrencyCode, ShopperAnswer>> {
  if (giftCertificates.length === 0) return ok(channel.currency)
  const view = await operations.readCart(caller, cart)
  return view.ok ? ok(view.value.cart.currency) : refuse(refusedBy(view.error))
}

const itemChange = z.object({
  lineItem: z
    .object({ quantity: looseInteger.pipe(z.int().min(0)), giftWrapping: storefrontWrapping.nullish() })
    .nullish(),
  giftCertificate: giftCertificateSchema.nullish(),
  version,
})

/**
 * PUT /api/storefront/carts/:cartId/items/:itemId: 200, the cart with another quantity of the line; 204 when that emptied
 * it. `giftWrapping` wraps it, null unwraps it. What the line is stays: another variant is another line. 404, 409, 422. Source: dialects/bigcommerce.md 3.3.
 */
export const putCartItem = shopperEndpoint('storefront', async (request, operations) => {
  const changed = await changeItem(request, operations)
  return changed.ok ? answerLeftOver(request, changed.value, operations) : changed.error
})

/** DELETE /api/storefront/carts/:cartId/items/:itemId: 200, or 204 when it was the last and the cart went with it. */
export const deleteCartItem = shopperEndpoint('storefront', async (request, operations) => {
  const changed = await removeItem(request, operations)
  return changed.ok ? answerLeftOver(request, changed.value, operations) : changed.error
})

/**
 * PUT /api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId: as on the cart, but 200 with the checkout, and 404
 * when nothing is left of it. Source: dialects/bigcommerce.md 3.4.
 */
export const putCheckoutItem = shopperEndpoint('storefront', async (request, operations) => {
  if (!isOneCart(request)) return { problem: problems.cartNotFound }
  const changed = await changeItem(request, operations)
  return changed.ok ? answerEmptied(request, changed.value, operations) : changed.error
})

/** DELETE /api/storefront/checkouts/:checkoutId/carts/:cartId/items/:itemId: likewise. */
export const deleteCheckoutItem = shopperEndpoint('storefront', async (request, operations) => {
  if (!isOneCart(request)) return { problem: problems.cartNotFound }
  const changed = await removeItem(request, operations)
  return changed.ok ? answerEmptied(request, changed.value, operations) : changed.error
})

type Changed = Promise<Result<CartView, ShopperAnswer>>

async function changeItem(request: ShopperRequest, operations: Operations): Changed {
  const body = readBody(request.wire, itemChange)
  if (!body.ok) return refuse({ problem: body.error })
  const id = itemOf(request)
  if (!id.ok) return refuse({ problem: id.error })
  const { lineItem, giftCertificate } = body.value
  const since = sinceOf(body.value.version)
  if (lineItem !== undefined && lineItem !== null) {
    const { quantity, giftWrapping: wrapping } = lineItem
    if (wrapping !== undefined) {
      const change = { lineItemId: id.value, quantity, wrapping }
      return changeOwnCart(request, cart => changeWrapped(request.caller, operations, { cart, ...since }, change))
    }
    const changes = [{ lineItem: { id: id.value }, quantity }]
    return changeOwnCart(request, cart => operations.changeLineItems(request.caller, { cart, changes, ...since }))
  }
  if (giftCertificate === undefined || giftCertificate === null) {
    return refuse({ problem: invalid({ lineItem: 'required' }) })
  }
  return changeOwnCart(request, cart =>
    changeCertificate(request.caller, operations, { cart, ...since }, id.value, giftCertificate),
  )
}

async function removeItem(request: ShopperRequest, operations: Operations): Changed {
  const body = readBody(request.wire, z.object({ version }))
  if (!body.ok) return refuse({ problem: body.error })
  const id = itemOf(request)
  if (!id.ok) return refuse({ problem: id.error })
  const lineItems = [{ id: id.value }]
  const since = sinceOf(body.value.version)
  return changeOwnCart(request, cart => operations.removeLineItems(request.caller, { cart, lineItems, ...since }))
}

function itemOf({ wire }: ShopperRequest): Result<string, Problem> {
  const id = parseUuid(wire.params.itemId ?? '')
  return id === undefined ? refuse({ ...problems.notFound, sentence: 'The cart has no such item.' }) : ok(id)
}

/** A checkout and its cart have one id. */
function isOneCart({ wire }: ShopperRequest): boolean {
  const { checkoutId = '', cartId = '' } = wire.params
  return checkoutId.toLowerCase() === cartId.toLowerCase()
}

async function answerLeftOver(request: ShopperRequest, view: CartView, operations: Operations): Promise<ShopperAnswer> {
  const left = await withoutEmptied(request, view, operations)
  return left === undefined ? { status: 204 } : answerCart(request, left, operations)
}

async function answerEmptied(request: ShopperRequest, view: CartView, operations: Operations): Promise<ShopperAnswer> {
  const left = await withoutEmptied(request, view, operations)
  return left === undefined ? { problem: problems.cartNotFound } : answerCheckout(request, left, operations)
}

/** An emptied cart goes, unless somebody put something in meanwhile. Source: dialects/bigcommerce.md 5.11. */
async function withoutEmptied(
  { caller }: ShopperRequest,
  view: CartView,
  operations: Operations,
): Promise<CartView | undefined> {
  const { cart } = view.cart
  if (cart.lineItems.length > 0) return view
  const key = { key: { id: cart.id } }
  const deleted = await operations.deleteCart(caller, { cart: key, since: cart.version })
  if (deleted.ok) return undefined
  const read = await operations.readCart(caller, key)
  return read.ok && read.value.cart.cart.lineItems.length > 0 ? read.value : undefined
}
