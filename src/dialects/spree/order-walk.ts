import type { CheckoutStep } from '../../core/cart/cart.js'
import { shippingAddressOf } from '../../core/cart/checkout-steps.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Minor } from '../../core/money.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations, PurchaseView, WalkCheckout, Walked } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import {
  respondInvalid,
  respondJson,
  respondNoTransition,
  respondNotFound,
  respondUnauthorized,
  texts,
  wordCoupon,
} from './errors.js'
import { noLines, readLineWishes, skusOf, underLines } from './line-wishes.js'
import { type OrderWish, orderTree, planChanges, type WishFault, wishRefused } from './order-attributes.js'
import { either, integerText, listOf, type Tree, textOf } from './params.js'
import { type PaymentChoice, readPaymentChoice, sourceFor } from './payment-choice.js'
import { offersOf, purchaseAfter, respondOrder, settledPurchase } from './purchase-answer.js'
import { cartRef, purchaseRef, refused, type SpreeRequest } from './request.js'
import { existingCard } from './stored-cards.js'

/** How a request moves an order. */
export interface OrderMove {
  readonly steps: WalkCheckout['steps']
  /** Back to this step first. */
  readonly backTo?: CheckoutStep | undefined
  /** What is to be changed; absent: nothing. */
  readonly order?: Tree
  /** Refuse while a line cannot be had. */
  readonly needsStock: boolean
  readonly expectedTotal?: Minor
}

/**
 * Changes an order and moves it. This is the one place where attributes stay saved although the step after them could
 * not be taken: the answer is then 422 with the reason, and the next read shows what was saved.
 */
export async function moveOrder(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
  whenDone: (view: PurchaseView) => Promise<WireResponse>,
): Promise<WireResponse> {
  // A user who takes a step brings in what is known of them, whatever the request says.
  const isUsers = request.customerId !== undefined && move.steps !== 'none'
  const wish = move.order === undefined && !isUsers ? ok(undefined) : await readWish(request, operations, move)
  if (!wish.ok) return wish.error
  const { walked, fault } = await walk(request, operations, move, wish.value)
  if (fault !== undefined) return respondWishFault(fault)
  if (!walked.ok) return respondUnwalked(request, operations, move, walked.error, whenDone)
  return respondWalked(request, operations, move, walked.value)
}

async function walk(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
  wish: OrderWish | undefined,
): Promise<{ readonly walked: Result<Walked, CheckoutError>; readonly fault?: WishFault }> {
  let fault: WishFault | undefined
  const { settings, wire } = request
  const code = move.order === undefined ? undefined : textOf(move.order.coupon_code)
  const walked = await operations.walkCheckout(request.caller, {
    cart: cartRef(request),
    rules: settings.rules,
    steps: move.steps,
    needsStock: move.needsStock,
    capture: settings.auto_capture,
    standsUnpaid: settings.allow_checkout_on_gateway_error,
    clientAddress: wire.clientAddress,
    ...(move.expectedTotal === undefined ? {} : { expectedTotal: move.expectedTotal }),
    ...(code === undefined ? {} : { coupon: { code, clientAddress: wire.clientAddress } }),
    ...(wish === undefined
      ? move.backTo === undefined
        ? {}
        : { plan: () => ok({ backTo: move.backTo }) as Result<{ readonly backTo: CheckoutStep }, CheckoutError> }
      : {
          skus: skusOf(wish.lines),
          plan: desk => {
            const planned = planChanges(wish, desk)
            fault = planned.ok ? undefined : planned.error
            return planned.ok ? planned : refuse(wishRefused)
          },
        }),
  })
  return { walked, ...(fault === undefined ? {} : { fault }) }
}

/** Everything that has to be looked up, or asked of a gateway, before the order itself is looked at. */
async function readWish(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
): Promise<Result<OrderWish, WireResponse>> {
  const order = move.order ?? {}
  const { settings, isAdmin, customerId } = request
  const entries = listOf(either(order, 'line_items')) ?? []
  const payments = listOf(either(order, 'payments')) ?? []
  const needsLook = payments.length > 0 || order.existing_card !== undefined
  // Nobody has a gateway keep a card for an order that is not theirs.
  const looked = needsLook ? await operations.readPurchase(request.caller, purchaseRef(request)) : undefined
  if (looked?.ok === false) return refuse(refused(request, looked.error))
  const lines = entries.length === 0 ? ok(noLines) : await readLineWishes(request, operations, entries)
  if (!lines.ok) return refuse(await respondUnknownVariant(request, operations))
  const isOpen = looked !== undefined && looked.value.order === undefined
  const payment = isOpen ? await readPayment(request, operations, looked.value, order, payments[0]) : undefined
  if (payment?.ok === false) return payment
  const user = isAdmin ? await readUser(request, operations, order) : undefined
  return ok({
    order,
    settings,
    lines: lines.value,
    isAdmin,
    customerId,
    now: new Date().toISOString(),
    takesStep: move.steps !== 'none',
    ...(payment === undefined ? {} : { payment: payment.value }),
    ...(move.backTo === undefined ? {} : { backTo: move.backTo }),
    ...(user === undefined ? {} : { user }),
  })
}

/** The payment that was sent, or that a stored card makes. */
async function readPayment(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView,
  order: Tree,
  sent: Tree | undefined,
): Promise<Result<PaymentChoice, WireResponse>> {
  const card =
    order.existing_card === undefined ? undefined : await existingCard(request, operations, order.existing_card)
  if (card?.ok === false) return card
  return readPaymentChoice(operations, {
    offers: await offersOf(view, operations),
    methodId: card === undefined ? sent?.payment_method_id : card.value.methodId,
    source: sent === undefined ? undefined : sourceFor(sent, [request.tree, order]),
    kept: card?.value,
    now: new Date().toISOString(),
  })
}

/** No stranger learns which variants there are: whoever may not change the order is told that. */
export async function respondUnknownVariant(request: SpreeRequest, operations: Operations): Promise<WireResponse> {
  const read = await operations.readPurchase(request.caller, purchaseRef(request))
  return read.ok ? respondNotFound() : refused(request, read.error)
}

/** The user whom an administrator gives the order to. */
export async function readUser(
  request: SpreeRequest,
  operations: Operations,
  order: Tree,
): Promise<OrderWish['user'] | undefined> {
  const integerId = integerText(order.user_id)
  if (integerId === undefined) return undefined
  const customer = await operations.readCustomer(request.caller, { integerId })
  if (!customer.ok) return undefined
  const { id, email } = customer.value
  return { customerId: id, integerId, email }
}

function respondWishFault(fault: WishFault): WireResponse {
  return fault.kind === 'not_found' ? respondNotFound() : respondInvalid(fault.errors)
}

async function respondWalked(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
  walked: Walked,
): Promise<WireResponse> {
  const { fault } = walked
  const coupon = fault === undefined || move.order?.coupon_code === undefined ? undefined : wordCoupon(fault)
  if (coupon !== undefined) return respondJson(422, { error: coupon.message })
  if (fault !== undefined && move.steps !== 'all') return refused(request, fault, true)
  await keepAddresses(request, operations, move, walked)
  return respondOrder(request, operations, await purchaseAfter(request, operations, walked))
}

/** A user without any address gets those of the order that just left the address. */
async function keepAddresses(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
  { view }: Walked,
): Promise<void> {
  const { cart } = view.cart
  const { customerId } = request
  const isOwn = cart.owner.kind === 'member' && cart.owner.customerId === customerId
  if (customerId === undefined || !isOwn || (cart.step !== 'delivery' && move.steps !== 'all')) return
  const customer = await operations.readCustomer(request.caller, { id: customerId })
  if (!customer.ok || customer.value.addresses.length > 0) return
  const shipping = shippingAddressOf(cart)
  const billing = cart.billingAddress
  const book = [
    ...(billing === undefined ? [] : [{ address: billing, isDefaultBilling: true, isDefaultShipping: false }]),
    ...(shipping === undefined ? [] : [{ address: shipping, isDefaultBilling: false, isDefaultShipping: true }]),
  ]
  for (const { address, ...isDefault } of book) {
    const { id: _id, kind: _kind, ...parts } = address
    await operations.addAddress(request.caller, { customerId, address: { ...parts, ...isDefault } })
  }
}

/** The order could not be changed at all: it is another's, it is done already, or its goods are gone. */
async function respondUnwalked(
  request: SpreeRequest,
  operations: Operations,
  move: OrderMove,
  error: CheckoutError,
  whenDone: (view: PurchaseView) => Promise<WireResponse>,
): Promise<WireResponse> {
  switch (error.code) {
    case 'cart_locked':
    case 'cart_not_found':
    case 'cart_already_ordered': {
      const read = await settledPurchase(request, operations)
      if (!read.ok) return refused(request, read.error)
      return read.value.order === undefined ? refused(request, { code: 'busy' }) : whenDone(read.value)
    }
    case 'insufficient_stock':
      if (move.needsStock && move.order?.line_items === undefined) return respondJson(422, { error: texts.unavailable })
      return respondInvalid({ 'line_items.quantity': [`selected of "${error.name}" is not available.`] })
    case 'quantity_invalid':
      return respondInvalid(underLines({ quantity: [texts.isInvalid] }))
    case 'invalid_input':
      return error.field === 'state' ? respondNoTransition({ state: [texts.isInvalid] }) : refused(request, error)
    case 'forbidden':
      return respondUnauthorized()
    default:
      return refused(request, error)
  }
}

/** What the body says about the order, where it says anything. */
export function orderSaid(request: SpreeRequest): Tree | undefined {
  const order = orderTree(request.tree)
  return Object.keys(order).length === 0 ? undefined : order
}

/** Whether nothing is said at all. */
export function isEmptyTree(tree: Tree): boolean {
  return Object.keys(tree).length === 0
}
