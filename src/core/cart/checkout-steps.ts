import type { CheckoutError } from '../errors.js'
import type { PaymentMethod } from '../pricing/facts.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Address } from './address.js'
import { type AddressRules, addressProblems, addressRefusal, isEmail } from './address-rules.js'
import type { Cart, CheckoutStep } from './cart.js'

/** What a store asks of a checkout that is walked step by step. */
export interface StepRules {
  /** `kept_instruments`: only where a chosen payment's instrument is kept by a gateway, to be charged at the end. */
  readonly confirms: 'always' | 'kept_instruments'
  readonly address: AddressRules
}

const order: readonly CheckoutStep[] = ['cart', 'address', 'delivery', 'payment', 'confirm', 'complete']

/** Whether `step` comes no later than `other`. */
export function isReached(step: CheckoutStep, other: CheckoutStep): boolean {
  return order.indexOf(step) <= order.indexOf(other)
}

/** Whether a gateway keeps what such a method is paid with, and charges it when the order is placed. */
export function keepsInstrument(method: PaymentMethod): boolean {
  return method.kind === 'card'
}

/**
 * Where the checkout stands: the stored cursor, but never beyond what the contents bear out. The contents decide; the
 * cursor only remembers that somebody went back.
 */
export function currentStep(priced: PricedCart): CheckoutStep {
  const furthest = furthestStep(priced)
  return isReached(priced.cart.step, furthest) ? priced.cart.step : furthest
}

function furthestStep(priced: PricedCart): CheckoutStep {
  if (priced.cart.lineItems.length === 0) return 'cart'
  const isUnshipped = priced.problems.some(({ code }) => code === 'line_unassigned' || code === 'not_deliverable')
  if (isUnshipped || isWithoutDestination(priced)) return 'address'
  return priced.totals.amountDue > 0n ? 'confirm' : 'delivery'
}

function isWithoutDestination({ consignments }: PricedCart): boolean {
  return consignments.some(({ items, consignment }) => items.length > 0 && consignment.destination.kind === 'unknown')
}

/** Steps that this cart goes through as it stands now, behind the cart itself; the last one is `complete`. */
export function checkoutSteps(priced: PricedCart, rules: StepRules): readonly CheckoutStep[] {
  const isPaid = priced.totals.amountDue > 0n
  // Whoever is at it stays there when the payment is declined, and chooses another one.
  const isThere = currentStep(priced) === 'confirm'
  const isConfirmed = rules.confirms === 'always' || (isPaid && (isThere || hasKeptInstrument(priced)))
  return [
    'address',
    'delivery',
    ...(isPaid ? ['payment' as const] : []),
    ...(isConfirmed ? ['confirm' as const] : []),
    'complete',
  ]
}

function hasKeptInstrument(priced: PricedCart): boolean {
  return priced.payments.some(({ method }) => keepsInstrument(method))
}

/**
 * The step that comes next, or why it cannot be taken. `delivery` still needs its consignments, `complete` an order: those
 * who take the step see to it.
 *
 * @returns `cart_empty`, `email_missing`, `invalid_input`, `address_incomplete`, `country_unknown`, `payment_missing`
 */
export function nextStep(priced: PricedCart, rules: StepRules): Result<CheckoutStep, CheckoutError> {
  const { cart, totals } = priced
  switch (currentStep(priced)) {
    case 'cart':
      return cart.lineItems.length === 0 ? refuse({ code: 'cart_empty' }) : ok('address')
    case 'address': {
      const fault = addressFault(cart, rules)
      return fault === undefined ? ok('delivery') : refuse(fault)
    }
    case 'delivery':
      return ok(totals.amountDue > 0n ? 'payment' : 'complete')
    case 'payment':
      return checkoutSteps(priced, rules).includes('confirm') && priced.payments.length > 0
        ? ok('confirm')
        : completion(priced)
    default:
      return completion(priced)
  }
}

function completion(priced: PricedCart): Result<CheckoutStep, CheckoutError> {
  return priced.totals.amountDue > 0n && priced.payments.length === 0
    ? refuse({ code: 'payment_missing' })
    : ok('complete')
}

/** What is missing before goods can be sent: whom to write to, and where to send them. */
function addressFault(cart: Cart, rules: StepRules): CheckoutError | undefined {
  const { email } = cart.buyer
  if (email === undefined || email === '') return { code: 'email_missing' }
  if (!isEmail(email)) return { code: 'invalid_input', field: 'email', rule: 'invalid' }
  const shipping = shippingAddressOf(cart)
  const refused = (address: Address | undefined, part: 'billing' | 'shipping') =>
    address === undefined ? undefined : addressRefusal(address, addressProblems(address, rules.address), part)
  return refused(cart.billingAddress, 'billing') ?? refused(shipping, 'shipping')
}

/** What marks the shipping address among the addresses of a cart that has no consignments yet. */
const shippingKind = 'shipping'

/** Where the goods shall go: the first consignment's address; before there are any, the one that was filled in. */
export function shippingAddressOf(cart: Cart): Address | undefined {
  for (const { destination } of cart.consignments) {
    if (destination.kind === 'address') return destination.address
  }
  return cart.addresses.find(address => address.kind === shippingKind)
}

/** The cart with another shipping address, or none; consignments to another place are given up, and the checkout goes back. */
export function withShippingAddress(cart: Cart, address: Address | undefined): Cart {
  const others = cart.addresses.filter(known => known.kind !== shippingKind)
  const addresses = address === undefined ? others : [...others, { ...address, kind: shippingKind }]
  const known = shippingAddressOf(cart)
  if (known !== undefined && address !== undefined && isSamePlace(known, address)) return cart
  const moved = restarted({ ...cart, addresses })
  // Where the delivery that is given up was to go is no address of this checkout any more.
  return { ...moved, addresses }
}

function isSamePlace(a: Address, b: Address): boolean {
  const text = ({ id: _id, kind: _kind, ...rest }: Address) => JSON.stringify(Object.entries(rest).sort())
  return text(a) === text(b)
}

/** Back to the address, where the checkout was beyond it: what was planned for delivery no longer holds. */
export function restarted(cart: Cart): Cart {
  const kept = shippingAddressOf(cart)
  const isKnown = kept === undefined || cart.addresses.some(address => address.kind === shippingKind)
  const addresses = isKnown ? cart.addresses : [...cart.addresses, { ...kept, kind: shippingKind }]
  const isBeyond = !isReached(cart.step, 'address')
  const step = cart.lineItems.length === 0 ? 'cart' : isBeyond || cart.consignments.length > 0 ? 'address' : cart.step
  return { ...cart, addresses, consignments: [], step }
}
