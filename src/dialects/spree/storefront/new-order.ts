import { isEmail } from '../../../core/cart/address-rules.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { CurrencyCode } from '../../../core/money.js'
import { ok, type Result } from '../../../core/result.js'
import type { CartView, NewLine, Operations, WalkChanges } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { addressErrors, readAddress } from '../address-fields.js'
import { type FieldErrors, respondInvalid, respondNotFound, respondRefusal, texts, wordCoupon } from '../errors.js'
import { noLines, readLineWishes, readOrigin, readQuantity } from '../line-wishes.js'
import { orderTree } from '../order-attributes.js'
import { readUser } from '../order-walk.js'
import { either, flagOf, isTree, listOf, type Tree, textOf } from '../params.js'
import { respondOrder } from '../purchase-answer.js'
import { endpoint, type SpreeRequest } from '../request.js'

/**
 * POST /api/checkouts: 201 with a new order in state `cart`, empty unless attributes came along. 422 for wrong ones,
 * 404 for an unknown variant. Source: seed 002 "Creating a new order"; dialects/spree.md 3.1.
 */
export const postCheckout = endpoint('open', (request, operations) => createOrder(request, operations))

/** POST /api/orders: the same. Source: dialects/spree.md 3.1. */
export const postOrder = endpoint('open', (request, operations) => createOrder(request, operations))

async function createOrder(request: SpreeRequest, operations: Operations): Promise<WireResponse> {
  const order = orderTree(request.tree)
  const read = readNewOrder(request, order)
  if (Object.keys(read.errors).length > 0) return respondInvalid(read.errors)
  const entries = newEntries(order)
  const wishes = entries.length === 0 ? ok(noLines) : await readLineWishes(request, operations, entries)
  if (!wishes.ok) return respondNotFound()
  const buyer = await buyerOf(request, operations, order)
  const made = await operations.createCart(request.caller, {
    channel: request.channel.id,
    lines: entries.flatMap(entry => newLine(request, entry, wishes.value.skuOf) ?? []),
    buyer: { ...(buyer.email === undefined ? {} : { email: buyer.email }) },
    ...(buyer.customerId === undefined ? {} : { owner: { kind: 'member', customerId: buyer.customerId } }),
    extras: {
      spree: {
        ...(buyer.userId === undefined ? {} : { userId: buyer.userId }),
        ...(request.isAdmin && textOf(order.channel) !== undefined ? { channel: textOf(order.channel) ?? '' } : {}),
      },
    },
  })
  if (!made.ok) return respondNewFault(made.error)
  const filled = await fill(request, operations, made.value, read.changes, textOf(order.coupon_code))
  if (!filled.ok) return filled.error
  return respondOrder(request, operations, { ...filled.value, payments: [] }, 201)
}

interface ReadOrder {
  readonly changes: WalkChanges
  readonly errors: FieldErrors
}

function readNewOrder(request: SpreeRequest, order: Tree): ReadOrder {
  const rules = request.settings.rules.address
  const read = (name: string) => {
    const value = either(order, name)
    return isTree(value) && Object.keys(value).length > 0 ? readAddress(value) : undefined
  }
  const billing = read('bill_address')
  const own = read('ship_address')
  const isCopied = flagOf(order.use_billing) && billing !== undefined
  const shipping = isCopied ? { ...billing, id: `${billing.id}-ship` } : own
  const note = textOf(order.special_instructions)
  const email = textOf(order.email)
  const entries = newEntries(order)
  const quantity = entries.map(entry => readQuantity(entry.quantity ?? 1)).find(({ ok }) => !ok)
  const price = entries.map(entry => readOrigin(entry.price, pricedIn(request))).find(({ ok }) => !ok)
  return {
    changes: {
      ...(billing === undefined ? {} : { billingAddress: billing }),
      ...(shipping === undefined ? {} : { shippingAddress: shipping }),
      ...(note === undefined ? {} : { customerNote: note }),
    },
    errors: {
      ...(email === undefined || isEmail(email) ? {} : { email: [texts.isInvalid] }),
      ...(quantity === undefined || quantity.ok ? {} : { 'line_items.quantity': [quantity.error] }),
      ...(price === undefined || price.ok ? {} : { 'line_items.price': [price.error] }),
      ...(billing === undefined ? {} : addressErrors(billing, rules, 'bill_address.')),
      ...(own === undefined || isCopied ? {} : addressErrors(own, rules, 'ship_address.')),
    },
  }
}

/** Lines of an order that is not there yet: whatever ids they carry, none of them names one. */
function newEntries(order: Tree): readonly Tree[] {
  return (listOf(either(order, 'line_items')) ?? []).map(({ id: _none, ...entry }) => entry)
}

/** The currency that whoever asks may name prices in. */
function pricedIn({ isAdmin, channel }: SpreeRequest): CurrencyCode | undefined {
  return isAdmin ? channel.currency : undefined
}

function newLine(request: SpreeRequest, entry: Tree, skuOf: ReadonlyMap<number, string>): NewLine | undefined {
  const sku = entry.variant_id === undefined ? textOf(entry.sku) : skuOf.get(Number(textOf(entry.variant_id)))
  const quantity = readQuantity(entry.quantity ?? 1)
  if (sku === undefined || !quantity.ok || quantity.value === 0) return undefined
  const origin = readOrigin(entry.price, pricedIn(request))
  return { sku, quantity: quantity.value, ...(origin.ok ? origin.value : {}) }
}

/** Whose the order is: the user's who asks, or whom an administrator names. */
async function buyerOf(
  request: SpreeRequest,
  operations: Operations,
  order: Tree,
): Promise<{ readonly email?: string; readonly userId?: number; readonly customerId?: string }> {
  const email = textOf(order.email)
  const told = email === undefined ? {} : { email }
  const given = request.isAdmin ? await readUser(request, operations, order) : undefined
  if (given !== undefined) {
    return { email: given.email, userId: given.integerId, customerId: given.customerId, ...told }
  }
  if (request.customerId === undefined) return told
  const customer = await operations.readCustomer(request.caller, { id: request.customerId })
  return customer.ok ? { email: customer.value.email, userId: customer.value.integerId, ...told } : told
}

/** Puts in what a new cart does not take; a coupon that is refused takes the order back. */
async function fill(
  request: SpreeRequest,
  operations: Operations,
  made: CartView,
  changes: WalkChanges,
  code: string | undefined,
): Promise<Result<CartView, WireResponse>> {
  if (Object.keys(changes).length === 0 && code === undefined) return ok(made)
  const { id, accessToken } = made.cart.cart
  const cart = { key: { id }, token: accessToken } as const
  const walked = await operations.walkCheckout(request.caller, {
    cart,
    rules: request.settings.rules,
    steps: 'none',
    plan: () => ok(changes),
    ...(code === undefined ? {} : { coupon: { code, clientAddress: request.wire.clientAddress } }),
  })
  const fault = walked.ok ? walked.value.fault : walked.error
  if (walked.ok && fault === undefined) return ok(walked.value.view)
  await operations.deleteCart(request.caller, { cart })
  const coupon = fault === undefined ? undefined : wordCoupon(fault)
  if (coupon !== undefined) return { ok: false, error: respondInvalid({ coupon_code: [coupon.message] }) }
  return { ok: false, error: fault === undefined ? respondNotFound() : respondRefusal(fault) }
}

function respondNewFault(error: CheckoutError): WireResponse {
  if (error.code === 'insufficient_stock') {
    return respondInvalid({ 'line_items.quantity': [`selected of "${error.name}" is not available.`] })
  }
  if (error.code === 'quantity_invalid') return respondInvalid({ 'line_items.quantity': [texts.isInvalid] })
  return respondRefusal(error)
}
