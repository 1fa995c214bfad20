import type { CartId } from '../../../core/ids.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import { problemOf } from '../errors.js'
import { newLines, type WantedLine } from '../parse-lines.js'
import { invalid, type Problem, problems } from '../problem.js'
import { callerOf, newGuestKey, type Session } from '../session.js'
import { settingsOf } from '../settings.js'
import type { ShopperRequest } from '../shopper-endpoint.js'
import { buyNow } from './own-cart.js'
import { storefrontNames } from './parse-goods.js'

/** Most products that one address may name. Ours. */
const mostProducts = 50

/** Who shops from now on, and with what. */
interface AddressedCart {
  readonly cartId: CartId
  readonly identity: Pick<Session, 'guestKey' | 'customerId'>
}

/**
 * A cart of the goods that an address of the checkout names, `?products=86:2,88&coupon=SAVE20`: ids of products, with their
 * pieces. It stands beside the browser's own cart, which somebody else's link must not change. A coupon that does not apply
 * is left out: the page shows what the goods cost. Undefined where the address names none.
 * Source: dialects/bigcommerce.md 1.6; that the cart is one of its own is ours.
 */
export async function cartOfAddress(
  { wire, session, channel }: ShopperRequest,
  operations: Operations,
): Promise<Result<AddressedCart, Problem> | undefined> {
  const products = wire.query.get('products')
  if (products === null) return undefined
  if (!settingsOf(channel).allowPurchasing) return refuse(problems.catalogOnly)
  const wanted = products.split(',').map(wantedLine)
  const lines = wanted.filter(line => line !== undefined)
  if (lines.length < wanted.length || lines.length > mostProducts) return refuse(invalid({ products: 'is invalid' }))
  const goods = { lines, customItems: [], giftCertificates: [] }
  const at = { channel, currency: channel.currency, names: storefrontNames }
  const found = await newLines(goods, at, operations)
  if (!found.ok) return found
  const identity = session ?? { guestKey: newGuestKey() }
  const caller = callerOf(identity)
  const own = { channel: channel.id, isDefault: false, extras: buyNow }
  const made = await operations.createCart(caller, { ...own, lines: found.value })
  if (!made.ok) return refuse(problemOf(made.error))
  const cartId = made.value.cart.cart.id
  const code = wire.query.get('coupon')?.trim() ?? ''
  if (code !== '' && code.length <= 50) {
    await operations.applyCoupon(caller, { cart: { key: { id: cartId } }, code, clientAddress: wire.clientAddress })
  }
  return ok({ cartId, identity })
}

/** `86:2` is two of product 86, `86` one. */
function wantedLine(text: string): WantedLine | undefined {
  const match = /^\s*(\d{1,9})(?::(\d{1,6}))?\s*$/.exec(text)
  const quantity = Number(match?.[2] ?? 1)
  if (match === null || quantity === 0) return undefined
  const nothingElse = { variantId: undefined, listPrice: undefined, name: undefined, wrapping: undefined }
  return { productId: Number(match[1]), quantity, optionSelections: [], ...nothingElse }
}
