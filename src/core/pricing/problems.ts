import type { Cart } from '../cart/cart.js'
import { sumOf } from '../money.js'
import type { AssignedPieces } from './assign-lines.js'
import type { CartProblem, PricedCart, PricedConsignment, PricedLine } from './priced-cart.js'

/** Everything of the priced cart that can stand in the way of ordering it. */
export type Judged = Pick<
  PricedCart,
  'cart' | 'lines' | 'consignments' | 'coupons' | 'giftCards' | 'thresholds' | 'totals' | 'payments'
> & { readonly unassigned: readonly AssignedPieces[] }

/**
 * What keeps a cart from being ordered as it is. A coupon that merely does not apply now, or that a better one beats, is
 * no problem; one that is unknown, over, or used up is.
 */
export function problemsOf(judged: Judged): readonly CartProblem[] {
  return [
    ...judged.lines.flatMap(lineProblems),
    ...judged.unassigned.map(
      ({ lineItemId, quantity }): CartProblem => ({ code: 'line_unassigned', lineItemId, quantity }),
    ),
    ...judged.consignments.flatMap(shippingProblems),
    ...codeProblems(judged),
    ...paymentProblems(judged),
    ...thresholdProblems(judged),
    ...subscriptionProblems(judged.cart, judged),
  ]
}

function lineProblems({ item, availability, available }: PricedLine): readonly CartProblem[] {
  const about = { lineItemId: item.id, sku: item.sku }
  switch (availability) {
    case 'available':
      return []
    case 'not_found':
      return [{ code: 'line_not_found', ...about }]
    case 'no_price':
      return [{ code: 'line_no_price', ...about }]
    case 'partial':
    case 'out_of_stock':
      return [{ code: 'line_out_of_stock', ...about, available: available ?? 0 }]
  }
}

function shippingProblems({ consignment, items, selected, problem }: PricedConsignment): readonly CartProblem[] {
  if (items.length === 0) return []
  const consignmentId = consignment.id
  const optionId = consignment.selectedOption
  if (selected !== undefined) {
    const isAsked = optionId === undefined || selected.id === optionId
    return isAsked ? [] : [{ code: 'shipping_option_gone', consignmentId, optionId }]
  }
  const problems: CartProblem[] = []
  if (problem === 'no_zone' || problem === 'not_deliverable') problems.push({ code: 'not_deliverable', consignmentId })
  if (optionId !== undefined) problems.push({ code: 'shipping_option_gone', consignmentId, optionId })
  else if (problems.length === 0) problems.push({ code: 'shipping_option_missing', consignmentId })
  return problems
}

function codeProblems({ coupons, giftCards }: Judged): readonly CartProblem[] {
  const harmless = ['applied', 'not_applicable', 'beaten']
  return [
    ...coupons
      .filter(coupon => !harmless.includes(coupon.status))
      .map(({ code, status }): CartProblem => ({ code: 'coupon_invalid', couponCode: code, status })),
    ...giftCards
      .filter(card => card.status !== 'applied')
      .map(({ code, status }): CartProblem => ({ code: 'gift_card_invalid', giftCardCode: code, status })),
  ]
}

/** No payment chosen yet is not judged here: when one is needed is the business of whoever places the order. */
function paymentProblems({ cart, payments, totals }: Judged): readonly CartProblem[] {
  const known = new Set(payments.map(payment => payment.selection))
  const unknown = cart.payments.filter(selection => !known.has(selection))
  const missing = totals.amountDue - sumOf(payments.map(payment => payment.amount))
  const problems = unknown.map(({ method }): CartProblem => ({ code: 'payment_method_unknown', method }))
  if (cart.payments.length > 0 && missing > 0n) problems.push({ code: 'payment_short', missing })
  return problems
}

/** Soft thresholds cost a fee and stop nobody. */
function thresholdProblems({ thresholds }: Judged): readonly CartProblem[] {
  return thresholds
    .filter(threshold => threshold.kind === 'hard_minimum' || threshold.kind === 'hard_maximum')
    .map(threshold => ({ code: 'threshold', threshold }))
}

/** A subscription stands alone in its cart, is not paid by gift card, and costs something. */
function subscriptionProblems(cart: Cart, { totals }: Judged): readonly CartProblem[] {
  if (cart.lineItems.every(item => item.subscription === undefined)) return []
  const problems: CartProblem[] = []
  if (cart.lineItems.length > 1) problems.push({ code: 'subscription_terms', reason: 'one_line_only' })
  if (cart.giftCards.length > 0) problems.push({ code: 'subscription_terms', reason: 'no_gift_card' })
  if (totals.grandTotal === 0n) problems.push({ code: 'subscription_terms', reason: 'total_above_zero' })
  return problems
}
