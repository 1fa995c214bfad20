import type { Json } from '../../../core/ids.js'
import type { CartRef, NewLine, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { hasGroupKey } from '../ids.js'
import { respondNothing } from '../json-api.js'
import { type CartFace, customerFace } from '../render/item.js'
import { endpoint, type GlueRequest, refused } from '../request.js'
import { aboveZero, atMost, type Fields, isObject, notBlank, notNegative, numeric, required } from '../validation.js'
import { cartRef, respondCart } from './carts.js'

/** Attributes of a new line; a quantity may be a numeric text. */
export const newItemFields: Fields = {
  sku: required(notBlank, atMost(255)),
  quantity: required(notBlank, numeric, aboveZero),
}

/** Attributes of a changed line; 0 removes it. */
export const quantityFields: Fields = { quantity: required(notBlank, numeric, notNegative) }

/** POST /carts/:cartId/items: 201 with the whole cart. The same thing again adds up on its line. */
export const postItem = endpoint(
  { type: 'items', identity: 'customer', place: 'items', fields: newItemFields },
  async (request, operations) =>
    request.params.cartId === ''
      ? respondErrors(request, [fixed.cartIdMissing])
      : addItem(request, operations, cartRef(request), customerFace),
)

/** PATCH /carts/:cartId/items/:groupKey: 200 with the whole cart; an unchanged quantity is 422 with code 114. */
export const patchItem = endpoint(
  { type: 'items', identity: 'customer', place: 'items', fields: quantityFields },
  (request, operations) => changeItem(request, operations, customerFace),
)

/** DELETE /carts/:cartId/items/:groupKey: 204, or 404 with code 103 for a line that is not there. */
export const deleteItem = endpoint({ type: 'items', identity: 'customer', place: 'items' }, removeItem)

/** Adds what the attributes say; `cart` undefined: an id that can be none. */
export async function addItem(
  request: GlueRequest,
  operations: Operations,
  cart: CartRef | undefined,
  face: CartFace,
): Promise<WireResponse> {
  if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
  const added = await operations.addLineItems(request.caller, { cart, lines: [newLine(request.attributes)] })
  return respondWritten(request, added, face, 201)
}

/** Writes of items answer with the items, last, whatever is asked for besides; `include=` asks for nothing. */
function respondWritten(
  request: GlueRequest,
  written: Parameters<typeof respondCart>[1],
  face: CartFace,
  status?: number,
): Promise<WireResponse> | WireResponse {
  const include = request.include.size === 0 ? request.include : new Set([...request.include, face.itemType])
  return respondCart({ ...request, include }, written, { ...face, itemsLast: true }, status)
}

/** Sets the quantity of the line that the path names. */
export async function changeItem(request: GlueRequest, operations: Operations, face: CartFace): Promise<WireResponse> {
  const cart = cartRef(request)
  if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
  const quantity = Number(request.attributes.quantity)
  const groupKey = request.params.groupKey ?? ''
  let before: number | undefined
  const changed = await operations.changeLineItems(request.caller, {
    cart,
    changes: [
      {
        lineItem: {
          matches: line => {
            const isMeant = hasGroupKey(line, groupKey)
            if (isMeant) before = line.quantity
            // A line that has the quantity already is none to change, and nothing is written.
            return isMeant && before !== quantity
          },
        },
        quantity,
      },
    ],
  })
  if (before === quantity) return respondErrors(request, [fixed.lineNotUpdated])
  return respondWritten(request, changed, face)
}

/** Takes the line that the path names out. */
export async function removeItem(request: GlueRequest, operations: Operations): Promise<WireResponse> {
  const cart = cartRef(request)
  if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
  const groupKey = request.params.groupKey ?? ''
  const removed = await operations.removeLineItems(request.caller, {
    cart,
    lineItems: [{ matches: line => hasGroupKey(line, groupKey) }],
  })
  return removed.ok ? respondNothing(request) : refused(request, removed.error)
}

/** Options are a set: one more of the same changes nothing. Configurations are kept as they are. */
function newLine(attributes: Readonly<Record<string, unknown>>): NewLine {
  const { productOptions, productConfigurationInstance } = attributes
  const options = (Array.isArray(productOptions) ? productOptions : []).flatMap((option: unknown) =>
    isObject(option) && typeof option.sku === 'string' && option.sku !== '' ? [option.sku] : [],
  )
  return {
    sku: String(attributes.sku),
    quantity: Number(attributes.quantity),
    options: [...new Set(options)].map(sku => ({ sku })),
    ...(isObject(productConfigurationInstance) ? { configuration: productConfigurationInstance as Json } : {}),
  }
}
