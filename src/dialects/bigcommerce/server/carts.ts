import { z } from 'zod'
import type { CartOwner } from '../../../core/access/caller.js'
import type { Channel } from '../../../core/catalog/channel.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { readBody, version } from '../body.js'
import { newLines, serverGoods, serverGoodsOf, serverNames } from '../parse-lines.js'
import { invalid, type Problem, problems } from '../problem.js'
import { serverCart } from '../render/cart.js'
import { respond, respondData } from '../respond.js'
import {
  contextOf,
  readOpenCart,
  respondProblem,
  respondRefusal,
  type ServerRequest,
  serverEndpoint,
  sinceOf,
} from '../server-request.js'
import { settingsOf } from '../settings.js'
import { cartRef, modifiesCarts, readsCarts } from './cart-access.js'
import { redirectUrls } from './links.js'

const newCart = z.object({
  ...serverGoods,
  customer_id: z.int().min(0).nullish(),
  channel_id: z.int().nullish(),
  currency: z.object({ code: z.string() }).nullish(),
  locale: z
    .string()
    .regex(/^[a-z]{2}([-_][A-Za-z]{2})?$/, 'must be a locale such as "en-US"')
    .nullish(),
})

/**
 * POST /carts: 201 with the cart. 422 without items, for unknown products, quantities and stock; 400 for a currency that
 * the store does not sell in.
 */
export const postCarts = serverEndpoint(modifiesCarts, async (request, operations) => {
  const body = readBody(request.wire, newCart)
  if (!body.ok) return respondProblem(body.error)
  const channel = await channelFor(request, body.value.channel_id ?? undefined, operations)
  if (!channel.ok) return respondProblem(channel.error)
  const owner = await ownerFor(request, body.value.customer_id ?? 0, operations)
  if (!owner.ok) return respondProblem(owner.error)
  const { id, currency: ownCurrency } = channel.value
  const currency = body.value.currency?.code.toUpperCase() ?? ownCurrency
  if (!channel.value.currencies.includes(currency)) return respondRefusal({ code: 'currency_unsupported', currency })
  const at = { channel: channel.value, currency, names: serverNames }
  const lines = await newLines(serverGoodsOf(body.value), at, operations)
  if (!lines.ok) return respondProblem(lines.error)
  const { locale } = body.value
  const made = await operations.createCart(request.caller, {
    channel: id,
    currency,
    lines: lines.value,
    isDefault: false,
    ...owner.value,
    ...(typeof locale === 'string' ? { locale } : {}),
  })
  return made.ok ? respondCart(request, made.value, operations, 201) : respondRefusal(made.error)
})

/** GET /carts/:cartId: 200, or 404. */
export const getCart = serverEndpoint(readsCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const read = await readOpenCart(request, cart, operations)
  return read.ok ? respondCart(request, read.value, operations) : respondProblem(read.error)
})

/** DELETE /carts/:cartId: 204, or 404. */
export const deleteCart = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const deleted = await operations.deleteCart(request.caller, { cart })
  return deleted.ok ? respond(204, undefined) : respondRefusal(deleted.error)
})

/** The cart as this API shows it, with links into the storefront where `include` asks for them. */
export async function respondCart(
  request: ServerRequest,
  view: CartView,
  operations: Operations,
  status = 200,
): Promise<WireResponse> {
  const context = await contextOf(request, view, operations)
  const links = context.include.has('redirectUrls')
    ? { redirect_urls: await redirectUrls(request, view.cart.cart.id, operations) }
    : {}
  return respondData({ ...serverCart(context), ...links }, status)
}

const cartChange = z.object({ customer_id: z.int().min(0), version })

/** PUT /carts/:cartId: gives the cart to a customer; 201, as the platform answers. 404, 409, 422 for an unknown customer. */
export const putCart = serverEndpoint(modifiesCarts, async (request, operations) => {
  const cart = cartRef(request.params.cartId)
  if (cart === undefined) return respondProblem(problems.cartNotFound)
  const body = readBody(request.wire, cartChange)
  if (!body.ok) return respondProblem(body.error)
  const owner = await ownerFor(request, body.value.customer_id, operations)
  if (!owner.ok) return respondProblem(owner.error)
  const customerId = owner.value.owner?.customerId ?? null
  const changed = await operations.assignCart(request.caller, { cart, customerId, ...sinceOf(body.value.version) })
  return changed.ok ? respondCart(request, changed.value, operations, 201) : respondRefusal(changed.error)
})

/** The channel by its number on the wire: the mount's own, or any other with settings for this dialect. */
export async function channelFor(
  { channel, settings }: Pick<ServerRequest, 'channel' | 'settings'>,
  channelId: number | undefined,
  operations: Operations,
): Promise<Result<Channel, Problem>> {
  if (channelId === undefined || channelId === settings.channelId) return ok(channel)
  const others = (await operations.listChannels()).filter(one => one.settings.bigcommerce !== undefined)
  const found = others.find(one => settingsOf(one).channelId === channelId)
  return found === undefined ? refuse(invalid({ channel_id: 'unknown' })) : ok(found)
}

/** The member behind a customer's number; 0 is nobody. */
async function ownerFor(
  { caller }: ServerRequest,
  customerId: number,
  operations: Operations,
): Promise<Result<{ readonly owner?: Extract<CartOwner, { readonly kind: 'member' }> }, Problem>> {
  if (customerId === 0) return ok({})
  const read = await operations.readCustomer(caller, { integerId: customerId })
  if (!read.ok) return refuse(invalid({ customer_id: 'unknown' }))
  return ok({ owner: { kind: 'member', customerId: read.value.id } })
}
