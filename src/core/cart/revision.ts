import type { Customer } from '../customers/customer.js'
import type { CheckoutError } from '../errors.js'
import type { Minor } from '../money.js'
import type { Facts } from '../pricing/facts.js'
import { priceCart } from '../pricing/price-cart.js'
import type { ShippingOffer } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, Consignment } from './cart.js'
import type { CheckoutChanges, NewLine } from './changes.js'
import { applyChanges } from './checkout-changes.js'
import { codeKey } from './code-key.js'
import { addCoupon, addGiftCard } from './codes.js'
import type { DecisionContext } from './decision.js'
import { addLine, removeLine, setQuantity } from './line-items.js'
import { findLine, type LineRef } from './line-reference.js'

/** Several changes of one cart as one step: all or none. Done in the order of the members. */
export interface CartRevision {
  /** What speaks against the whole of it, as the cart stands; asked before anything else. */
  readonly guard?: (cart: Cart, facts: Facts) => CheckoutError | undefined
  /** Lines to take out; those that are not there are no fault. */
  readonly removed?: readonly LineRef[]
  readonly quantities?: readonly { readonly lineItem: LineRef; readonly quantity: number }[]
  readonly lines?: readonly NewLine[]
  /** What people filled in, also as a function of what the cart holds. */
  readonly changes?: CheckoutChanges | ((cart: Cart) => CheckoutChanges)
  /** The one coupon code that the cart shall have; null: none. Having it already is no fault. */
  readonly coupon?: string | null
  /** The one gift card that shall pay; null: none. */
  readonly giftCard?: { readonly code: string; readonly limit?: Minor } | null
  readonly terms?: RevisionTerms
}

/** How strict a revision is. */
export interface RevisionTerms {
  /** A good coupon that takes nothing off this very cart: refused (absent), or kept until it does. */
  readonly idleCoupon?: 'refuse' | 'keep'
  /** A chosen shipping option that is not on offer: kept as a soft problem (absent), refused, or not kept. */
  readonly unofferedOption?: 'keep' | 'refuse' | 'drop'
  /** What the client said of the chosen option besides its id, e.g. its carrier; `invalid_input` where that is wrong. */
  readonly isOptionMeant?: (offer: ShippingOffer) => boolean
  /** A cart that breaks the terms of a subscription: kept as a soft problem (absent), or refused. */
  readonly subscriptionTerms?: 'keep' | 'refuse'
  /** Lines that a cart may have once some were added; absent: as many as any cart. */
  readonly mostLines?: number
}

/** The cart after a revision, or the first refusal. */
export function reviseCart(
  cart: Cart,
  revision: CartRevision,
  customer: Customer | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const fault = revision.guard?.(cart, context.facts)
  if (fault !== undefined) return refuse(fault)
  const steps: readonly ((cart: Cart) => Result<Cart, CheckoutError>)[] = [
    ...(revision.removed ?? []).map(ref => (before: Cart) => withoutLine(before, ref)),
    ...(revision.quantities ?? []).map(change => (before: Cart) => withQuantity(before, change, context)),
    ...(revision.lines ?? []).map(line => (before: Cart) => addLine(before, line, context)),
    before => withinLines(before, cart, revision.terms),
    before => withChanges(before, revision.changes, customer, context),
    before => withCoupon(before, revision, context),
    before => withGiftCard(before, revision, context),
    before => keepingTerms(before, revision, context),
    before => withOfferedOption(before, revision.terms, context),
  ]
  let next: Result<Cart, CheckoutError> = ok(cart)
  for (const step of steps) if (next.ok) next = step(next.value)
  return next
}

function withoutLine(cart: Cart, ref: LineRef): Result<Cart, CheckoutError> {
  const line = findLine(cart, ref)
  return line.ok ? removeLine(cart, line.value.id) : ok(cart)
}

function withQuantity(
  cart: Cart,
  change: { readonly lineItem: LineRef; readonly quantity: number },
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const line = findLine(cart, change.lineItem)
  if (!line.ok) return line
  if (line.value.hasFixedQuantity === true && change.quantity !== line.value.quantity) {
    const { quantity } = line.value
    return refuse({ code: 'quantity_invalid', quantity: change.quantity, minimum: quantity, maximum: quantity })
  }
  return setQuantity(cart, line.value.id, change.quantity, context)
}

/** A cart that was filled elsewhere may have more already, and may shrink. */
function withinLines(cart: Cart, before: Cart, { mostLines }: RevisionTerms = {}): Result<Cart, CheckoutError> {
  const isOver = mostLines !== undefined && cart.lineItems.length > mostLines
  return isOver && cart.lineItems.length > before.lineItems.length
    ? refuse({ code: 'limit_reached', limit: 'lines', maximum: mostLines })
    : ok(cart)
}

function withChanges(
  cart: Cart,
  changes: CartRevision['changes'],
  customer: Customer | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  if (changes === undefined) return ok(cart)
  return applyChanges(cart, typeof changes === 'function' ? changes(cart) : changes, customer, context)
}

function withCoupon(
  cart: Cart,
  { coupon, terms }: CartRevision,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  if (coupon === undefined) return ok(cart)
  if (coupon === null) return ok({ ...cart, couponCodes: [] })
  const others = { ...cart, couponCodes: cart.couponCodes.filter(code => codeKey(code) !== codeKey(coupon)) }
  const idle = terms?.idleCoupon === 'keep' ? 'keep' : 'refuse'
  return addCoupon(others, coupon, context, idle)
}

function withGiftCard(
  cart: Cart,
  { giftCard, terms }: CartRevision,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  if (giftCard === undefined) return ok(cart)
  if (giftCard === null) return ok({ ...cart, giftCards: [] })
  if (terms?.subscriptionTerms === 'refuse' && cart.lineItems.some(line => line.subscription !== undefined)) {
    return refuse({ code: 'cart_invalid', problems: [{ code: 'subscription_terms', reason: 'no_gift_card' }] })
  }
  const others = { ...cart, giftCards: cart.giftCards.filter(use => codeKey(use.code) !== codeKey(giftCard.code)) }
  return addGiftCard(others, giftCard.code, giftCard.limit, context)
}

/** A total of zero may still change; what stands beside a subscription does not go away by itself. */
function keepingTerms(
  cart: Cart,
  { terms, lines }: CartRevision,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  if (terms?.subscriptionTerms !== 'refuse' || lines === undefined || lines.length === 0) return ok(cart)
  if (cart.lineItems.every(line => line.subscription === undefined)) return ok(cart)
  const problems = priceCart(cart, context.facts).problems.filter(
    problem => problem.code === 'subscription_terms' && problem.reason !== 'total_above_zero',
  )
  return problems.length === 0 ? ok(cart) : refuse({ code: 'cart_invalid', problems })
}

function withOfferedOption(
  cart: Cart,
  terms: RevisionTerms | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const handling = terms?.unofferedOption ?? 'keep'
  if (handling === 'keep' || cart.consignments.every(one => one.selectedOption === undefined)) return ok(cart)
  const consignments: Consignment[] = []
  for (const { consignment, offers } of priceCart(cart, context.facts).consignments) {
    const { selectedOption, ...others } = consignment
    const offer = offers.find(one => one.id === selectedOption)
    const isMeant = offer === undefined || (terms?.isOptionMeant?.(offer) ?? true)
    if (selectedOption === undefined || (offer !== undefined && isMeant)) consignments.push(consignment)
    else if (handling === 'drop') consignments.push(others)
    else if (offer === undefined) return refuse({ code: 'shipping_option_not_found', optionId: selectedOption })
    else return refuse({ code: 'invalid_input', field: 'shippingOption', rule: 'mismatch' })
  }
  return ok({ ...cart, consignments })
}
