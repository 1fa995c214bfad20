import { z } from 'zod'
import { ok } from '../../../core/result.js'
import type { CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { readBody, version } from '../body.js'
import { changeCertificate } from '../certificate-line.js'
import { parseUuid } from '../ids.js'
import { priceSchema, readPrice } from '../money.js'
import { giftCertificateSchema, newLines, serverGoods, serverGoodsOf, serverNames } from '../parse-lines.js'
import { invalid, problems } from '../problem.js'
import { respond } from '../respond.js'
import {
  readOpenCart,
  respondProblem,
  respondRefusal,
  type ServerRequest,
  serverEndpoint,
  sinceOf,
} from '../server-request.js'
import { changeWrapped, serverWrapping } from '../wrapping.js'
import { cartRef, modifiesCarts } from './cart-access.js'
import { respondCart } from './carts.js'

const newItems = z.object({ ...serverGoods, version })

/** POST /carts/:cartId/items: 201 with the cart; the same product at the same price adds up. 404, 409, 422. */
export const postCartItems = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, newItems)
  if (!body.ok) return respondProblem(body.error)
  const view = await readOpenCart(request, cart, operations)
  if (!view.ok) return respondProblem(view.error)
  const at = { channel: view.value.channel, currency: view.value.cart.currency, names: serverNames }
  const lines = await newLines(serverGoodsOf(body.value), at, operations)
  if (!lines.ok) return respondProblem(lines.error)
  const since = sinceOf(body.value.version)
  const added = await operations.addLineItems(request.caller, { cart, lines: lines.value, ...since })
  return added.ok ? respondCart(request, added.value, operations, 201) : respondRefusal(added.error)
})

const lineChange = z.object({
  quantity: z.int().min(0).nullish(),
  list_price: priceSchema.nullish(),
  gift_wrapping: serverWrapping.nullish(),
})
type LineChange = z.output<typeof lineChange>

const itemChange = z.object({
  line_item: lineChange.nullish(),
  gift_certificates: z.array(giftCertificateSchema).max(1).nullish(),
  version,
})

/**
 * PUT /carts/:cartId/items/:itemId: sets quantity, price and wrapping; 0 removes, no wrapping unwraps. Or `gift_certificates`:
 * what that certificate is worth, who gives it to whom. 200 with the cart, 204 when that emptied it. What the line is cannot be
 * changed.
 */
export const putCartItem = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  const lineItemId = parseUuid(request.params.itemId ?? '')
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, itemChange)
  if (!body.ok) return respondProblem(body.error)
  if (lineItemId === undefined) return respondRefusal({ code: 'line_not_found', lineItemId: '' })
  const target = { cart, ...sinceOf(body.value.version) }
  const { line_item: line, gift_certificates: [certificate] = [] } = given(body.value)
  if (line !== undefined) return changeLine(request, operations, target, lineItemId, line)
  if (certificate === undefined) return respondProblem(invalid({ line_item: 'required' }))
  const changed = await changeCertificate(request.caller, operations, target, lineItemId, certificate)
  return changed.ok ? respondCart(request, changed.value, operations) : respondRefusal(changed.error)
})

/** Members that are null count as not sent. */
function given({ line_item, gift_certificates }: z.output<typeof itemChange>) {
  return { line_item: line_item ?? undefined, gift_certificates: gift_certificates ?? undefined }
}

async function changeLine(
  request: ServerRequest,
  operations: Operations,
  target: { readonly cart: CartRef; readonly since?: number },
  lineItemId: string,
  { quantity, list_price: listPrice, gift_wrapping: wrapping }: LineChange,
): Promise<WireResponse> {
  const currency = await currencyOf(request, target.cart, listPrice ?? undefined, operations)
  if (!currency.ok) return respondProblem(currency.error)
  const unitPrice = listPrice === undefined || listPrice === null ? undefined : readPrice(listPrice, currency.value)
  if (typeof quantity !== 'number' && unitPrice === undefined && wrapping === undefined) {
    return respondProblem(invalid({ 'line_item.quantity': 'required' }))
  }
  const change = {
    ...(typeof quantity === 'number' ? { quantity } : {}),
    ...(unitPrice === undefined ? {} : { unitPrice }),
  }
  const changed =
    wrapping === undefined
      ? await operations.changeLineItems(request.caller, {
          ...target,
          changes: [{ lineItem: { id: lineItemId }, ...change }],
        })
      : await changeWrapped(request.caller, operations, target, { lineItemId, wrapping, ...change })
  return changed.ok ? respondLeftOver(request, changed.value, operations) : respondRefusal(changed.error)
}

const versionOnly = z.object({ version })

/** DELETE /carts/:cartId/items/:itemId: 200 with the cart, or 204 when it was the last item and the cart went with it. */
export const deleteCartItem = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  const lineItemId = parseUuid(request.params.itemId ?? '')
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, versionOnly)
  if (!body.ok) return respondProblem(body.error)
  if (lineItemId === undefined) return respondRefusal({ code: 'line_not_found', lineItemId: '' })
  const lineItems = [{ id: lineItemId }]
  const since = sinceOf(body.value.version)
  const removed = await operations.removeLineItems(request.caller, { cart, lineItems, ...since })
  return removed.ok ? respondLeftOver(request, removed.value, operations) : respondRefusal(removed.error)
})

/** Amounts need the cart's currency; a change of quantity alone asks nothing. */
async function currencyOf(
  request: ServerRequest,
  cart: CartRef,
  listPrice: number | string | undefined,
  operations: Operations,
) {
  if (listPrice === undefined) return ok(request.channel.currency)
  const view = await readOpenCart(request, cart, operations)
  return view.ok ? ok(view.value.cart.currency) : view
}

/** The cart, or 204 when nothing is left in it: then it goes, unless somebody put something in meanwhile. */
async function respondLeftOver(request: ServerRequest, view: CartView, operations: Operations): Promise<WireResponse> {
  const { cart } = view.cart
  if (cart.lineItems.length > 0) return respondCart(request, view, operations)
  const key = { key: { id: cart.id } }
  const deleted = await operations.deleteCart(request.caller, { cart: key, since: cart.version })
  if (deleted.ok || deleted.error.code === 'cart_not_found') return respond(204, undefined)
  const read = await readOpenCart(request, key, operations)
  return read.ok ? respondCart(request, read.value, operations) : respondProblem(read.error)
}
