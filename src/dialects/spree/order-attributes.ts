import type { Address } from '../../core/cart/address.js'
import { isEmail } from '../../core/cart/address-rules.js'
import type { CheckoutStep } from '../../core/cart/cart.js'
import { currentStep, shippingAddressOf } from '../../core/cart/checkout-steps.js'
import type { CheckoutError } from '../../core/errors.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { CartDesk, CartView, WalkChanges } from '../../operations/operations.js'
import { addressErrors, readAddress } from './address-fields.js'
import { type FieldErrors, texts } from './errors.js'
import { extrasOf, type PastPayment, type SpreeExtras, withPastPayments, withTracking } from './extras.js'
import { addressId, rateId, selectionKey, shipmentId } from './ids.js'
import { type LineWishes, lineChanges } from './line-wishes.js'
import { either, flagOf, integerText, isTree, listOf, type Tree, textOf } from './params.js'
import type { PaymentChoice } from './payment-choice.js'
import { displayOf } from './render/payment.js'
import { shipmentsOf } from './render/shipment.js'
import type { SpreeSettings } from './settings.js'

/** Names that may stand in `order`; without that key they may stand at the top. */
const names = new Set([
  'email',
  'special_instructions',
  'bill_address',
  'bill_address_attributes',
  'ship_address',
  'ship_address_attributes',
  'use_billing',
  'shipments',
  'shipments_attributes',
  'payments',
  'payments_attributes',
  'line_items',
  'line_items_attributes',
  'coupon_code',
  'shipping_method_id',
  'existing_card',
  'user_id',
  'channel',
])

/** What a request says about the order: under `order`, or at the top level. Null says nothing. */
export function orderTree(tree: Tree): Tree {
  const nested = isTree(tree.order) ? tree.order : undefined
  const source = nested ?? Object.fromEntries(Object.entries(tree).filter(([name]) => names.has(name)))
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null))
}

/** Whether it says anything at all that could change the order. */
export function saysAnything(order: Tree): boolean {
  return Object.keys(order).some(name => names.has(name) || name === 'payment_source')
}

const steps: readonly CheckoutStep[] = ['cart', 'address', 'delivery', 'payment', 'confirm', 'complete']

/** The step that `state` names; undefined for anything else. */
export function stepNamed(value: unknown): CheckoutStep | undefined {
  return steps.find(step => step === textOf(value))
}

/** What is known before the cart is looked at. */
export interface OrderWish {
  readonly order: Tree
  readonly settings: SpreeSettings
  readonly lines: LineWishes
  readonly payment?: PaymentChoice
  readonly backTo?: CheckoutStep
  /** Whether a step shall be taken: a user's default addresses come in with the first one. */
  readonly takesStep: boolean
  readonly isAdmin: boolean
  /** The user who asks. */
  readonly customerId?: string | undefined
  /** Whom an administrator gives the order to. */
  readonly user?: { readonly customerId: string; readonly integerId: number; readonly email: string }
  readonly now: string
}

/** Why an order's attributes are refused: fields that are wrong, or something that is not there. */
export type WishFault = { readonly kind: 'invalid'; readonly errors: FieldErrors } | { readonly kind: 'not_found' }

/** What to change of the cart at hand; all or nothing. */
export function planChanges(wish: OrderWish, desk: CartDesk): Result<WalkChanges, WishFault> {
  const quoted = desk.quote({})
  if (!quoted.ok) return refuse(invalid({ base: [texts.isInvalid] }))
  const view = quoted.value
  const { order } = wish
  const email = filled(order.email)
  const addresses = readAddresses(wish, view)
  const lines = lineChanges(wish.lines, view)
  const errors = { ...emailErrors(email, wish.backTo ?? currentStep(view.cart)), ...addresses.errors, ...lines.errors }
  if (Object.keys(errors).length > 0) return refuse(invalid(errors))
  const options = readOptions(order, view)
  if (!options.ok) return options
  const note = filled(order.special_instructions)
  const buyer = buyerChanges(wish, view, email)
  const payment = paymentChanges(wish, view)
  const marks = { ...buyer.marks, ...payment.marks, ...options.value.marks }
  return ok({
    ...buyer.changes,
    ...addressesFromBook(wish, view),
    ...addresses.changes,
    ...(note === undefined ? {} : { customerNote: note === '' ? null : note }),
    ...(lines.changes.length === 0 ? {} : { lines: lines.changes }),
    ...(options.value.chosen.length === 0 ? {} : { shippingOptions: options.value.chosen }),
    ...payment.changes,
    ...(Object.keys(marks).length === 0 ? {} : { extras: { spree: { ...extrasOf(view.cart.cart), ...marks } } }),
    ...(wish.backTo === undefined ? {} : { backTo: wish.backTo }),
  })
}

/** A text that was filled in; empty where it was emptied, undefined where nothing was said of it. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : textOf(value)
}

/** What is wrong with an e-mail address at that step: it may be missing until the order leaves `address`. */
export function emailErrors(email: string | undefined, step: CheckoutStep): FieldErrors {
  if (email === undefined || isEmail(email)) return {}
  const mayMiss = step === 'cart' || step === 'address'
  return email !== '' ? { email: [texts.isInvalid] } : mayMiss ? {} : { email: [texts.blank] }
}

/** Changes of the cart, and what this dialect alone keeps with it. */
interface Marked<Changes> {
  readonly changes: Changes
  readonly marks: SpreeExtras
}

function invalid(errors: FieldErrors): WishFault {
  return { kind: 'invalid', errors }
}

/** Whose order it is: a user who works on an order that is nobody's makes it theirs; an administrator gives it away. */
function buyerChanges(
  wish: OrderWish,
  { cart: { cart }, customer }: CartView,
  email: string | undefined,
): Marked<Pick<WalkChanges, 'buyer' | 'owner'>> {
  const { user, customerId } = wish
  const isNobodys = cart.owner.kind === 'holder' && cart.buyer.email === undefined
  const own = isNobodys && customerId !== undefined && customer !== undefined ? customer : undefined
  const given =
    user ?? (own === undefined ? undefined : { customerId: own.id, integerId: own.integerId, email: own.email })
  const channel = wish.isAdmin ? textOf(wish.order.channel) : undefined
  const marks = {
    ...(given === undefined ? {} : { userId: given.integerId }),
    ...(channel === undefined ? {} : { channel }),
  }
  const address = email ?? given?.email
  const buyer = {
    ...(address === undefined ? {} : { email: address }),
    ...(given === undefined ? {} : { customerId: given.customerId }),
  }
  return {
    changes: {
      ...(Object.keys(buyer).length === 0 ? {} : { buyer }),
      ...(given === undefined ? {} : { owner: { kind: 'member', customerId: given.customerId } }),
    },
    marks,
  }
}

interface ReadAddresses {
  readonly changes: Pick<WalkChanges, 'billingAddress' | 'shippingAddress'>
  readonly errors: FieldErrors
}

function readAddresses({ order, settings }: OrderWish, { cart: { cart } }: CartView): ReadAddresses {
  const rules = settings.rules.address
  const read = (value: unknown, known: Address | undefined, role: 'bill' | 'ship'): Address | undefined => {
    if (!isTree(value) || Object.keys(value).length === 0) return undefined
    const isEdited = known !== undefined && integerText(value.id) === addressId(cart, known, role)
    return readAddress(value, isEdited ? known : undefined)
  }
  const billing = read(either(order, 'bill_address'), cart.billingAddress, 'bill')
  const given = read(either(order, 'ship_address'), shippingAddressOf(cart), 'ship')
  const copied = flagOf(order.use_billing) ? (billing ?? cart.billingAddress) : undefined
  const shipping = copied === undefined ? given : { ...copied, id: `${copied.id ?? cart.id}-ship` }
  return {
    changes: {
      ...(billing === undefined ? {} : { billingAddress: billing }),
      ...(shipping === undefined ? {} : { shippingAddress: shipping }),
    },
    errors: {
      ...(billing === undefined ? {} : addressErrors(billing, rules, 'bill_address.')),
      ...(given === undefined || copied !== undefined ? {} : addressErrors(given, rules, 'ship_address.')),
    },
  }
}

/** A user's default addresses, for an order that is about to get its first ones. */
function addressesFromBook(wish: OrderWish, view: CartView): ReadAddresses['changes'] {
  const { customer, cart: priced } = view
  const { cart } = priced
  if (!wish.takesStep || customer === undefined || currentStep(priced) !== 'cart') return {}
  if (cart.billingAddress !== undefined || shippingAddressOf(cart) !== undefined) return {}
  const { addresses } = customer
  const book = (isDefault: (entry: (typeof addresses)[number]) => boolean) => {
    const found = addresses.find(isDefault)
    if (found === undefined) return undefined
    const { integerId: _integer, isDefaultBilling: _billing, isDefaultShipping: _shipping, ...address } = found
    return Object.keys(addressErrors(address, wish.settings.rules.address, '')).length === 0 ? address : undefined
  }
  const billing = book(({ isDefaultBilling }) => isDefaultBilling)
  const shipping = book(({ isDefaultShipping }) => isDefaultShipping)
  return {
    ...(billing === undefined ? {} : { billingAddress: billing }),
    ...(shipping === undefined ? {} : { shippingAddress: shipping }),
  }
}

interface ReadOptions {
  readonly chosen: NonNullable<WalkChanges['shippingOptions']>
  readonly marks: SpreeExtras
}

/** Rates, notes and tracking numbers by shipment; or one method for all of them, as the oldest clients choose. */
function readOptions(order: Tree, { cart: priced }: CartView): Result<ReadOptions, WishFault> {
  const shipments = shipmentsOf(priced)
  const chosen: { consignmentId: string; optionId: string; note?: string }[] = []
  let marks: SpreeExtras = {}
  for (const wanted of listOf(either(order, 'shipments')) ?? []) {
    const rate = integerText(wanted.selected_shipping_rate_id)
    const entry = shipments.find(({ consignment }) => shipmentId(priced.cart, consignment) === integerText(wanted.id))
    const offer =
      rate === undefined ? entry?.selected : entry?.offers.find(({ id }) => rateId(entry.consignment, id) === rate)
    if (rate !== undefined && offer === undefined) return refuse({ kind: 'not_found' })
    if (entry === undefined) continue
    const { id } = entry.consignment
    const note = textOf(wanted.special_instructions)
    const tracking = textOf(wanted.tracking)
    if (offer !== undefined && (rate !== undefined || note !== undefined)) {
      chosen.push({ consignmentId: id, optionId: offer.id, ...(note === undefined ? {} : { note }) })
    }
    if (tracking !== undefined) marks = withTracking({ ...extrasOf(priced.cart), ...marks }, id, tracking)
  }
  const method = integerText(order.shipping_method_id)
  if (method === undefined || chosen.length > 0) return ok({ chosen, marks })
  for (const entry of shipments) {
    const offer = entry.offers.find(({ integerId }) => integerId === method)
    if (offer === undefined) return refuse(invalid({ shipping_method_id: [texts.isInvalid] }))
    chosen.push({ consignmentId: entry.consignment.id, optionId: offer.id })
  }
  return ok({ chosen, marks })
}

/** A new payment takes the place of all others that were merely chosen. */
export function paymentChanges(
  { payment, now }: Pick<OrderWish, 'payment' | 'now'>,
  { cart: priced }: CartView,
): Marked<Pick<WalkChanges, 'payments'>> {
  if (payment === undefined) return { changes: {}, marks: {} }
  const past = chosenAsPast(priced, now)
  return {
    changes: { payments: [payment.selection] },
    marks: past.length === 0 ? {} : withPastPayments(priced.cart, past),
  }
}

/** The payments that are merely chosen, as what they are once they no longer are: invalid, under the numbers that they had. */
export function chosenAsPast(priced: PricedCart, now: string): readonly PastPayment[] {
  return priced.cart.payments.map(selection => ({
    id: selectionKey(selection),
    state: 'invalid',
    method: selection.method,
    amount: priced.payments.find(({ selection: { id } }) => id === selection.id)?.amount ?? 0n,
    display: displayOf(selection),
    at: typeof selection.data?.at === 'string' ? selection.data.at : now,
  }))
}

/** Stands for a fault that the handler words itself. */
export const wishRefused: CheckoutError = { code: 'invalid_input', field: 'base', rule: 'wish' }
