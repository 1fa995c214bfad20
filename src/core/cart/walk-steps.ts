import type { CheckoutError } from '../errors.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, CheckoutStep } from './cart.js'
import { currentStep, isReached, nextStep, type StepRules } from './checkout-steps.js'
import type { DecisionContext } from './decision.js'
import { planDelivery } from './plan-delivery.js'

/** How far a cart got. */
export interface Walk {
  readonly cart: Cart
  /** Why the step that was asked for is not taken. */
  readonly fault?: CheckoutError
  /** What comes next is the order itself. */
  readonly completes: boolean
}

/**
 * Takes steps: none, one, or as many as can be taken. The cart is never without what was changed before: a step that
 * cannot be taken leaves it as it is, with the reason.
 *
 * @param before  as it was when the request came: how its goods were to go is kept where what was changed allows it
 */
export function walkSteps(
  cart: Cart,
  steps: 'none' | 'one' | 'all',
  rules: StepRules,
  context: DecisionContext,
  before: Cart = cart,
): Walk {
  let now = cart.payments.length === 0 ? cart : withSeenTotals(cart, priceCart(cart, context.facts), 'new')
  for (let left = steps === 'none' ? 0 : steps === 'one' ? 1 : 6; left > 0; left -= 1) {
    const priced = priceCart(now, context.facts)
    const next = nextStep(priced, rules)
    if (!next.ok) return { cart: seen(now, context), fault: next.error, completes: false }
    if (next.value === 'complete') return completing(now, priced, context)
    const isGivenUp = now.consignments.length === 0 && before.consignments.length > 0
    const former = () => (isGivenUp ? priceCart(before, context.facts) : priced)
    const taken = enter(now, next.value, former, context)
    if (!taken.ok) return { cart: seen(now, context), fault: taken.error, completes: false }
    now = taken.value
  }
  return { cart: seen(now, context), completes: false }
}

/** Whoever gets this cart as the answer sees its total. */
function seen(cart: Cart, { facts }: DecisionContext): Cart {
  return cart.payments.length === 0 ? cart : withSeenTotals(cart, priceCart(cart, facts), 'all')
}

/** The cart at a step that it has reached before; `invalid_input` for one that it has not. */
export function backTo(cart: Cart, step: CheckoutStep, context: DecisionContext): Result<Cart, CheckoutError> {
  const isPassed = step === 'cart' || isReached(step, currentStep(priceCart(cart, context.facts)))
  return isPassed ? ok({ ...cart, step }) : refuse({ code: 'invalid_input', field: 'state', rule: 'not_reached' })
}

function enter(
  cart: Cart,
  step: CheckoutStep,
  former: () => PricedCart,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  if (step === 'delivery') {
    const planned = planDelivery(cart, former(), context)
    return planned.ok ? ok({ ...planned.value, step }) : planned
  }
  return ok({ ...cart, step })
}

/** Nobody pays another total than the one that was shown when it was agreed to; a coupon that is over leaves, and is told of. */
function completing(cart: Cart, priced: PricedCart, context: DecisionContext): Walk {
  const gone = priced.problems.filter(problem => problem.code === 'coupon_invalid')
  if (gone.length > 0) {
    const codes = new Set(gone.map(({ couponCode }) => couponCode))
    const left = { ...cart, couponCodes: cart.couponCodes.filter(code => !codes.has(code)) }
    return { cart: seen(left, context), fault: { code: 'cart_invalid', problems: gone }, completes: false }
  }
  const due = priced.totals.amountDue
  const stale = cart.payments.find(({ data }) => data?.seenTotal !== undefined && data.seenTotal !== String(due))
  if (stale === undefined) return { cart, completes: true }
  const expected = BigInt(String(stale.data?.seenTotal))
  return {
    cart: withSeenTotals(cart, priced, 'all'),
    fault: { code: 'total_changed', expected, actual: due },
    completes: false,
  }
}

/** Notes on payments that shall cover everything what everything came to when the shopper was told. */
export function withSeenTotals(cart: Cart, { totals }: PricedCart, which: 'new' | 'all'): Cart {
  const seenTotal = String(totals.amountDue)
  const isMeant = (payment: Cart['payments'][number]) =>
    payment.amount === undefined &&
    payment.data?.seenTotal !== seenTotal &&
    (which === 'all' || payment.data?.seenTotal === undefined)
  if (!cart.payments.some(isMeant)) return cart
  const payments = cart.payments.map(payment =>
    isMeant(payment) ? { ...payment, data: { ...payment.data, seenTotal } } : payment,
  )
  return { ...cart, payments }
}
