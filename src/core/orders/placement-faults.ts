import type { Address } from '../cart/address.js'
import { type AddressProblem, addressProblems } from '../cart/address-rules.js'
import { componentsOf, compositionFault } from '../cart/components.js'
import type { CheckoutError } from '../errors.js'
import { isKnownCountry } from '../geography/countries.js'
import { limits } from '../limits.js'
import type { CartProblem, PricedCart } from '../pricing/priced-cart.js'
import { boughtGiftCardCount } from './bought-gift-cards.js'

/** What must be there before an order may be placed; what a dialect does not ask for, it does not name. */
export type Requirement =
  | 'billing_address'
  /** Only where something is left to pay. */
  | 'billing_address_if_due'
  | 'shipping_address'
  /** Billing address and every place where goods go, with all that a parcel needs; files need no place. */
  | 'complete_addresses'
  | 'shipping_option'
  | 'payment'
  | 'email'

/**
 * Why this cart cannot be ordered as it is; undefined when it can. Problems of the cart come together in one answer.
 * A coupon that merely takes nothing off now does not stand in the way.
 */
export function placementFault(priced: PricedCart, requires: readonly Requirement[]): CheckoutError | undefined {
  const { cart } = priced
  if (cart.lineItems.length === 0) return { code: 'cart_empty' }
  if (priced.totals.grandTotal > limits.orderMinor) {
    return { code: 'limit_reached', limit: 'order_total', maximum: Number(limits.orderMinor) }
  }
  if (boughtGiftCardCount(priced) > limits.giftCardsPerOrder) {
    return { code: 'limit_reached', limit: 'gift_cards_bought', maximum: limits.giftCardsPerOrder }
  }
  const incomplete = incompleteGoods(priced)
  if (incomplete !== undefined) return incomplete
  const problems = [...countryProblems(priced), ...priced.problems.filter(problem => blocks(problem, priced, requires))]
  if (problems.length > 0) return { code: 'cart_invalid', problems }
  if (requires.includes('email') && cart.buyer.email === undefined) return { code: 'email_missing' }
  const needsBilling =
    requires.includes('billing_address') ||
    (requires.includes('billing_address_if_due') && priced.totals.amountDue > 0n)
  if (needsBilling && !namesPlace(cart.billingAddress ?? {})) {
    return { code: 'address_incomplete', part: 'billing', fields: [] }
  }
  const isUnaddressed = priced.consignments.some(
    entry => entry.items.length > 0 && entry.consignment.destination.kind === 'unknown',
  )
  if (requires.includes('shipping_address') && (isUnaddressed || priced.consignments.length === 0)) {
    return { code: 'address_incomplete', part: 'shipping', fields: [] }
  }
  if (requires.includes('complete_addresses')) {
    const fault = incompleteAddress(priced)
    if (fault !== undefined) return fault
  }
  if (requires.includes('payment') && cart.payments.length === 0 && priced.totals.amountDue > 0n) {
    return { code: 'payment_missing' }
  }
  return undefined
}

const placeFields = ['line1', 'city', 'postalCode', 'subdivision', 'subdivisionName', 'country'] as const

/** Whether an address says where, and not merely who. */
function namesPlace(address: Address): boolean {
  return placeFields.some(field => address[field] !== undefined)
}

/** Goods that are put together from others need what the catalog says, whatever was taken out of the cart. */
function incompleteGoods({ cart, lines }: PricedCart): CheckoutError | undefined {
  for (const { item, variant } of lines) {
    if (variant?.componentGroups === undefined) continue
    const fault = compositionFault(variant, componentsOf(cart, item))
    if (fault !== undefined) return fault
  }
  return undefined
}

/** What somebody must be told to fill in, billing first. */
function incompleteAddress({ cart, consignments, problems }: PricedCart): CheckoutError | undefined {
  // Whoever is signed in, or told an address before, can be written to.
  const isReachable = cart.owner.kind === 'member' || cart.buyer.email !== undefined
  const requires = isReachable ? parcelFields : (['email', ...parcelFields] as const)
  const billing = addressProblems(cart.billingAddress ?? {}, { requires })
  if (billing.length > 0) return lacking('billing', billing)
  if (problems.some(problem => problem.code === 'line_unassigned')) return lacking('shipping', [])
  for (const { consignment, items } of consignments) {
    const { destination } = consignment
    if (items.length === 0 || destination.kind === 'pickup') continue
    const address = destination.kind === 'address' ? destination.address : {}
    const shipping = addressProblems(address, { requires: parcelFields })
    if (shipping.length > 0) return lacking('shipping', shipping)
  }
  return undefined
}

const parcelFields = ['firstName', 'lastName', 'line1', 'city', 'postalCode', 'subdivision', 'country'] as const

function lacking(part: 'billing' | 'shipping', problems: readonly AddressProblem[]): CheckoutError {
  return { code: 'address_incomplete', part, fields: problems.map(problem => problem.field) }
}

function blocks(problem: CartProblem, priced: PricedCart, requires: readonly Requirement[]): boolean {
  if (problem.code === 'coupon_invalid') return problem.status !== 'not_applicable' && problem.status !== 'beaten'
  if (problem.code === 'shipping_option_missing') return requires.includes('shipping_option')
  // Goods without any consignment lack an address, which is required or not; beside consignments they were forgotten.
  if (problem.code === 'line_unassigned') return priced.consignments.length > 0
  if (problem.code === 'payment_short') return requires.includes('payment')
  return true
}

function countryProblems({ cart }: PricedCart): readonly CartProblem[] {
  const shipping = cart.consignments.map(consignment =>
    consignment.destination.kind === 'address' ? consignment.destination.address.country : undefined,
  )
  const problem = (part: 'billing' | 'shipping', country: string | undefined): readonly CartProblem[] =>
    country === undefined || isKnownCountry(country) ? [] : [{ code: 'country_unknown', part, country }]
  return [
    ...problem('billing', cart.billingAddress?.country),
    ...[...new Set(shipping)].flatMap(country => problem('shipping', country)),
  ]
}
