import type { Address } from '../../core/cart/address.js'
import { shippingAddressOf } from '../../core/cart/checkout-steps.js'
import type { CheckoutError } from '../../core/errors.js'
import type { Amendments } from '../../core/orders/amend-order.js'
import type { Order } from '../../core/orders/order.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations, PurchaseView } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { addressErrors, readAddress } from './address-fields.js'
import { type FieldErrors, respondInvalid, respondUnauthorized, texts } from './errors.js'
import { extrasOf } from './extras.js'
import { addressId } from './ids.js'
import { emailErrors, filled } from './order-attributes.js'
import { either, flagOf, integerText, isTree, type Tree, textOf } from './params.js'
import { respondOrder } from './purchase-answer.js'
import { refused, type SpreeRequest } from './request.js'
import type { SpreeSettings } from './settings.js'

/** What an order was bought as: figures follow from it, or it says whose the order is. */
const frozen: readonly string[] = [
  ...['line_items', 'shipments', 'payments'].flatMap(name => [name, `${name}_attributes`]),
  'payment_source',
  'coupon_code',
  'shipping_method_id',
  'existing_card',
  'user_id',
]

/**
 * An administrator's change of a completed order: contact, note, channel and addresses; 200 with the order. 422 with nothing
 * saved for anything else about it, and 401 for everybody else. Source: dialects/spree.md 2.3, 5.5.
 */
export async function amendCompleted(
  request: SpreeRequest,
  operations: Operations,
  view: PurchaseView & { readonly order: Order },
  order: Tree,
): Promise<WireResponse> {
  if (!request.isAdmin) return respondUnauthorized()
  if (frozen.some(name => order[name] !== undefined)) return respondInvalid({ base: [texts.frozen] })
  const wanted = readAmendments(order, view, request.settings)
  if (!wanted.ok) return respondInvalid(wanted.error)
  const amended = await amendOrder(request, operations, view.order, wanted.value)
  if (!amended.ok) return amended.error
  const channel = textOf(order.channel)
  const noted = channel === undefined ? amended : await noteChannel(request, operations, amended.value, channel)
  return noted.ok
    ? respondOrder(request, operations, { ...view, order: noted.value, cart: noted.value.snapshot })
    : noted.error
}

/** Puts right what is named; the order as it is then, or why not. */
export async function amendOrder(
  request: SpreeRequest,
  operations: Operations,
  order: Order,
  amendments: Amendments,
): Promise<Result<Order, WireResponse>> {
  if (Object.keys(amendments).length === 0) return ok(order)
  const amended = await operations.amendOrder(request.caller, { id: order.id, amendments })
  return amended.ok ? ok(amended.value.order) : refuse(respondUnamended(request, amended.error))
}

function respondUnamended(request: SpreeRequest, error: CheckoutError): WireResponse {
  if (error.code !== 'order_state') return refused(request, error)
  const isElsewhere = error.status === 'confirmed'
  const isSent = error.status === 'fulfilled' || error.status === 'partially_fulfilled'
  return isElsewhere || isSent
    ? respondInvalid({ base: [isElsewhere ? texts.elsewhere : texts.sentAlready] })
    : refused(request, error)
}

function readAmendments(
  order: Tree,
  { cart: { cart } }: PurchaseView,
  { rules }: SpreeSettings,
): Result<Amendments, FieldErrors> {
  const read = (name: string, known: Address | undefined, role: 'bill' | 'ship'): Address | undefined => {
    const value = either(order, name)
    if (!isTree(value) || Object.keys(value).length === 0) return undefined
    const isEdited = known !== undefined && integerText(value.id) === addressId(cart, known, role)
    return readAddress(value, isEdited ? known : undefined)
  }
  const email = filled(order.email)
  const note = filled(order.special_instructions)
  const billing = read('bill_address', cart.billingAddress, 'bill')
  const own = read('ship_address', shippingAddressOf(cart), 'ship')
  const copied = flagOf(order.use_billing) ? (billing ?? cart.billingAddress) : undefined
  const shipping = copied === undefined ? own : { ...copied, id: `${copied.id ?? cart.id}-ship` }
  const errors: FieldErrors = {
    ...emailErrors(email, 'complete'),
    ...(billing === undefined ? {} : addressErrors(billing, rules.address, 'bill_address.')),
    ...(own === undefined || copied !== undefined ? {} : addressErrors(own, rules.address, 'ship_address.')),
  }
  if (Object.keys(errors).length > 0) return refuse(errors)
  return ok({
    ...(email === undefined ? {} : { email }),
    ...(note === undefined ? {} : { customerNote: note }),
    ...(billing === undefined ? {} : { billingAddress: billing }),
    ...(shipping === undefined ? {} : { shippingAddress: shipping }),
  })
}

async function noteChannel(
  request: SpreeRequest,
  operations: Operations,
  { id }: Order,
  channel: string,
): Promise<Result<Order, WireResponse>> {
  const noted = await operations.annotateOrder(request.caller, {
    id,
    dialect: 'spree',
    note: order => ok({ ...extrasOf(order), channel }),
  })
  return noted.ok ? ok(noted.value.order) : refuse(refused(request, noted.error))
}
