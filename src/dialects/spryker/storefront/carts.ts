import { refuse } from '../../../core/result.js'
import type { Answer, CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondErrors } from '../errors.js'
import { fixed, type GlueError } from '../fixed-errors.js'
import { parseUuid } from '../ids.js'
import { entityTag, respondMany, respondNothing, respondOne } from '../json-api.js'
import { parsePriceMode } from '../money.js'
import { renderCart } from '../render/cart.js'
import { type CartFace, customerFace } from '../render/item.js'
import { checkIfMatch, endpoint, type GlueRequest, headerOf, refused } from '../request.js'
import { atMost, type Fields, notBlank, optional, required, text } from '../validation.js'

const newCartFields: Fields = {
  priceMode: required(notBlank, text),
  currency: required(notBlank, text),
  store: required(notBlank, text),
  name: optional(text, atMost(255)),
}

const changeFields: Fields = {
  priceMode: optional(text),
  currency: optional(text),
  store: optional(text),
  name: optional(text, atMost(255)),
}

/** GET /carts: the customer's open carts, always a collection. 200. Source: dialects/spryker.md 3.3. */
export const getCarts = endpoint({ type: 'carts', identity: 'customer', place: 'carts' }, listCarts(customerFace))

/** GET /customers/:reference/carts: the same; 403 with code 802 for anybody else's reference. */
export const getCustomerCarts = endpoint(
  { type: 'carts', identity: 'customer', place: 'carts' },
  async (request, operations) =>
    isOwnReference(request)
      ? listCarts(customerFace)(request, operations)
      : respondErrors(request, [fixed.listForbidden]),
)

/** GET /carts/:uuid: 200, or 404 with code 101, also for others' carts. */
export const getCart = endpoint({ type: 'carts', identity: 'customer', place: 'carts' }, readCart(customerFace))

/** POST /carts: 201. A second cart where there may be one: 422 with code 110. Source: dialects/spryker.md 3.3. */
export const postCart = endpoint(
  { type: 'carts', identity: 'customer', place: 'carts', fields: newCartFields },
  async (request, operations) => {
    const { channel, settings, attributes } = request
    const errors = attributeErrors(request)
    if (errors.length > 0) return respondErrors(request, errors)
    const name = textOf(attributes.name)
    const priceMode = parsePriceMode(attributes.priceMode)
    const isDefault = settings.singleCart || (await hasNoCart(request, operations))
    const made = await operations.createCart(request.caller, {
      channel: channel.id,
      currency: textOf(attributes.currency) ?? channel.currency,
      ...(channel.locales.includes(request.locale) ? { locale: request.locale } : {}),
      ...(priceMode === undefined ? {} : { priceMode }),
      ...(name === undefined ? {} : { name }),
      isDefault: isDefault || attributes.isDefault === true,
      soleOfOwner: settings.singleCart,
    })
    return made.ok
      ? respondOne(request, renderCart(made.value, customerFace, request.locale), { status: 201 })
      : refused(request, made.error)
  },
)

/**
 * PATCH /carts/:uuid: 200. Needs `If-Match`: 428 without, 412 with another cart's or an old tag.
 * Empty texts change nothing. Source: dialects/spryker.md 3.4.
 */
export const patchCart = endpoint(
  { type: 'carts', identity: 'customer', place: 'carts', fields: changeFields },
  async (request, operations) => {
    const cart = cartRef(request)
    if (cart === undefined) return respondUnreachable(request, operations, false)
    const read = await readOpenCart(request, operations, cart)
    if (!read.ok && read.error.code === 'cart_not_found') return respondUnreachable(request, operations, true)
    if (!read.ok) return refused(request, read.error)
    const matches = checkIfMatch(request, tagOf(read.value))
    if (!matches.ok) return respondErrors(request, [matches.error])
    const since = headerOf(request.wire, 'if-match') === '*' ? undefined : read.value.cart.cart.version
    return changeCart(request, operations, { view: read.value, cart, since, face: customerFace })
  },
)

/** DELETE /carts/:uuid: 204; the last cart stays, 422 with code 105. */
export const deleteCart = endpoint(
  { type: 'carts', identity: 'customer', place: 'carts' },
  async (request, operations) => {
    const cart = cartRef(request)
    if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
    const deleted = await operations.deleteCart(request.caller, { cart, keepLast: true })
    if (deleted.ok) return respondNothing(request)
    return deleted.error.code === 'cart_locked'
      ? respondErrors(request, [fixed.cartNotDeleted])
      : refused(request, deleted.error)
  },
)

/** All carts of the caller, as a collection. */
export function listCarts(face: CartFace) {
  return async (request: GlueRequest, operations: Operations): Promise<WireResponse> => {
    const listed = await operations.listCarts(request.caller, { channel: request.channel.id })
    if (!listed.ok) return refused(request, listed.error)
    return respondMany(
      request,
      listed.value.map(view => renderCart(view, face, request.locale)),
    )
  }
}

/** The cart that the path names. */
export function readCart(face: CartFace) {
  return async (request: GlueRequest, operations: Operations): Promise<WireResponse> => {
    const cart = cartRef(request)
    if (cart === undefined) return respondErrors(request, [fixed.cartNotFound])
    return respondCart(request, await readOpenCart(request, operations, cart), face)
  }
}

/** A cart that is being ordered, or was, is not there any more: here an order takes the cart with it. */
export async function readOpenCart(request: GlueRequest, operations: Operations, cart: CartRef): Answer<CartView> {
  const read = await operations.readCart(request.caller, cart)
  return read.ok && read.value.cart.cart.status !== 'open' ? refuse({ code: 'cart_not_found' }) : read
}

/** A cart as the answer, or why there is none. */
export function respondCart(
  request: GlueRequest,
  answer: Awaited<ReturnType<Operations['readCart']>>,
  face: CartFace,
  status = 200,
): Promise<WireResponse> | WireResponse {
  if (!answer.ok) return refused(request, answer.error)
  return respondOne(request, renderCart(answer.value, face, request.locale), { status })
}

/** The cart of the path; undefined for an id that can be none. */
export function cartRef(request: GlueRequest): Extract<CartRef, { readonly key: unknown }> | undefined {
  const id = parseUuid(request.params.cartId)
  return id === undefined ? undefined : { key: { id } }
}

/** Applies the attributes of a PATCH to a cart that was read already. */
export async function changeCart(
  request: GlueRequest,
  operations: Operations,
  target: {
    readonly view: CartView
    readonly cart: CartRef
    readonly since: number | undefined
    readonly face: CartFace
  },
): Promise<WireResponse> {
  const errors = attributeErrors(request)
  if (errors.length > 0) return respondErrors(request, errors)
  const { attributes, settings } = request
  const priceMode = parsePriceMode(attributes.priceMode)
  const currency = textOf(attributes.currency)
  const name = settings.singleCart ? undefined : textOf(attributes.name)
  const changes = {
    ...(priceMode === undefined ? {} : { priceMode }),
    ...(currency === undefined ? {} : { currency }),
    ...(name === undefined ? {} : { name }),
    ...(typeof attributes.isDefault === 'boolean' ? { isDefault: attributes.isDefault } : {}),
  }
  if (Object.keys(changes).length === 0)
    return respondOne(request, renderCart(target.view, target.face, request.locale))
  const changed = await operations.updateCart(request.caller, {
    cart: target.cart,
    ...(target.since === undefined ? {} : { since: target.since }),
    ...changes,
  })
  return respondCart(request, changed, target.face)
}

/** Currency, price mode and store that this store does not have, each its own error, in this order. */
function attributeErrors({ attributes, channel, settings }: GlueRequest): readonly GlueError[] {
  const { currency, priceMode, store } = attributes
  const isGiven = (value: unknown) => textOf(value) !== undefined
  return [
    ...(isGiven(currency) && !channel.currencies.includes(String(currency)) ? [fixed.currencyWrong] : []),
    ...(isGiven(priceMode) && parsePriceMode(priceMode) === undefined ? [fixed.priceModeWrong] : []),
    ...(isGiven(store) && store !== settings.storeName ? [fixed.storeInvalid] : []),
  ]
}

/**
 * A cart that is not there or not the caller's. With a tag of one of the caller's own carts the cart is not found, with
 * any other tag it is the tag that is wrong. Source: dialects/spryker.md 3.4.
 */
async function respondUnreachable(
  request: GlueRequest,
  operations: Operations,
  isCartId: boolean,
): Promise<WireResponse> {
  const unmatched = checkIfMatch(request, undefined)
  if (unmatched.ok) return respondErrors(request, [fixed.cartNotFound])
  const own = await operations.listCarts(request.caller, { channel: request.channel.id })
  const knowsTag = own.ok && own.value.some(view => checkIfMatch(request, tagOf(view)).ok)
  return respondErrors(request, [isCartId && knowsTag ? fixed.cartNotFound : unmatched.error])
}

function tagOf(view: CartView): string {
  return entityTag(renderCart(view, customerFace))
}

async function hasNoCart(request: GlueRequest, operations: Operations): Promise<boolean> {
  const listed = await operations.listCarts(request.caller, { channel: request.channel.id })
  return listed.ok && listed.value.length === 0
}

/** Whether `/customers/:reference/...` names the caller. */
export function isOwnReference({ params, customer }: GlueRequest): boolean {
  return customer !== undefined && (params.reference === customer.reference || params.reference === 'mine')
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
