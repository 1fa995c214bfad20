import type { Cart } from '../../../core/cart/cart.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, refuse } from '../../../core/result.js'
import type { Operations, PurchaseView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondException, respondInvalid, respondJson, respondNotFound, respondNothing, texts } from '../errors.js'
import { readLineWishes, readOrigin, readQuantity } from '../line-wishes.js'
import { integerText, isTree } from '../params.js'
import { renderLineItem } from '../render/line-item.js'
import { cartRef, endpoint, purchaseRef, refused, respondPlaced, type SpreeRequest } from '../request.js'

/** GET /api/orders/:number/line_items/new: names of attributes. Source: dialects/spree.md 3.9. */
export const getNewLineItem = endpoint('open', async () =>
  respondJson(200, {
    attributes: ['quantity', 'price', 'variant_id'],
    required_attributes: ['variant_id', 'quantity'],
  }),
)

/**
 * POST /api/orders/:number/line_items: 201 with the line; pieces of a variant that is there already add up on its line.
 * 404 for an unknown variant; 422 for a quantity that cannot be had. Source: dialects/spree.md 3.9.
 */
export const postLineItem = endpoint('open', async (request, operations) => {
  const item = request.tree.line_item
  if (!isTree(item) || Object.keys(item).length === 0) return ifReadable(request, operations, missingItem)
  const quantity = readQuantity(item.quantity ?? 1)
  if (!quantity.ok) return ifReadable(request, operations, () => respondInvalid({ quantity: [quantity.error] }))
  const { price } = item
  const named = { variant_id: item.variant_id ?? '', sku: item.sku, ...(price === undefined ? {} : { price }) }
  const wishes = await readLineWishes(request, operations, [named])
  const own = request.isAdmin ? request.channel.currency : undefined
  const origin = readOrigin(price, wishes.ok ? wishes.value.currency : own)
  if (!origin.ok) return ifReadable(request, operations, () => respondInvalid({ price: [origin.error] }))
  const variantId = integerText(item.variant_id)
  const sku = !wishes.ok || variantId === undefined ? undefined : wishes.value.skuOf.get(variantId)
  if (sku === undefined) return ifReadable(request, operations, respondNotFound)
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    skus: [sku],
    plan: () => ok({ lines: [{ add: { sku, quantity: quantity.value, ...origin.value } }] }),
  })
  if (!walked.ok) return respondLineFault(request, operations, walked.error)
  const { lines } = walked.value.view.cart
  // The line that got the pieces: the newest one of that variant stands last.
  const line = lines.findLast(({ item: known }) => known.sku === sku && known.giftOf === undefined)
  return line === undefined
    ? respondNotFound()
    : respondJson(201, renderLineItem(walked.value.view.cart, line, walked.value.view.channel))
})

/**
 * PUT /api/orders/:number/line_items/:id: 200 with the line; 204 where its quantity is 0 or less, which takes it out.
 * Source: dialects/spree.md 3.9.
 */
export const putLineItem = endpoint('open', async (request, operations) => {
  const item = request.tree.line_item
  const quantity = isTree(item) && item.quantity !== undefined ? integerText(item.quantity) : 'same'
  const isMissing = !isTree(item) || Object.keys(item).length === 0
  if (isMissing || quantity === undefined) {
    return ifReadable(request, operations, ({ cart }) => {
      if (lineNamed(request, cart.cart) === undefined) return respondNotFound()
      return isMissing ? missingItem() : respondInvalid({ quantity: ['must be an integer'] })
    })
  }
  const walked = await setQuantity(request, operations, quantity === 'same' ? quantity : Math.max(0, quantity))
  if (!walked.ok) return respondLineFault(request, operations, walked.error)
  const { cart, channel } = walked.value.view
  const line = cart.lines.find(({ item: { sequence } }) => sequence === integerText(request.params.id))
  return line === undefined ? respondNothing() : respondJson(200, renderLineItem(cart, line, channel))
})

/** DELETE /api/orders/:number/line_items/:id: 204; 404. Source: dialects/spree.md 3.9. */
export const deleteLineItem = endpoint('open', async (request, operations) => {
  const walked = await setQuantity(request, operations, 0)
  return walked.ok ? respondNothing() : respondLineFault(request, operations, walked.error)
})

function lineNamed({ params }: SpreeRequest, cart: Cart) {
  return cart.lineItems.find(({ sequence }) => sequence === integerText(params.id))
}

function missingItem(): WireResponse {
  return respondException('param is missing or the value is empty: line_item')
}

/** What is wrong with a request is told to those alone who may read the order. */
async function ifReadable(
  request: SpreeRequest,
  operations: Operations,
  answer: (view: PurchaseView) => WireResponse,
): Promise<WireResponse> {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  return read.ok ? answer(read.value) : refused(request, read.error)
}

function setQuantity(request: SpreeRequest, operations: Operations, quantity: number | 'same') {
  return operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: request.settings.rules,
    steps: 'none',
    plan: desk => {
      const line = lineNamed(request, desk.cart)
      if (line === undefined) return refuse<CheckoutError>({ code: 'line_not_found', lineItemId: '' })
      return ok(quantity === 'same' ? {} : { lines: [{ lineItem: { id: line.id }, quantity }] })
    },
  })
}

/** A placed order's lines stay as they were bought. */
async function respondLineFault(
  request: SpreeRequest,
  operations: Operations,
  error: CheckoutError,
): Promise<WireResponse> {
  const isClosed = ['cart_locked', 'cart_not_found', 'cart_already_ordered'].includes(error.code)
  if (!isClosed) return refused(request, error)
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  if (!read.ok) return refused(request, read.error)
  return request.isAdmin ? respondInvalid({ base: [texts.frozen] }) : respondPlaced(request, read.value.order)
}
