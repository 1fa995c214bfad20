import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { WalkChanges } from '../core/cart/changes.js'
import { restarted, type StepRules } from '../core/cart/checkout-steps.js'
import { removeCoupon } from '../core/cart/codes.js'
import type { Decide } from '../core/cart/decision.js'
import { storable } from '../core/cart/personal-data.js'
import { applyWalkChanges } from '../core/cart/walk-changes.js'
import { backTo, type Walk, walkSteps, withSeenTotals } from '../core/cart/walk-steps.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { Sku } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Minor } from '../core/money.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { ok, type Result, refuse } from '../core/result.js'
import { applyCoupon } from './apply-coupon.js'
import { cartDesk } from './cart-desk.js'
import { changeCart, queueKey } from './change-cart.js'
import type { Deps } from './deps.js'
import { linePriceFault } from './line-limits.js'
import { readMember } from './member-of.js'
import type { Answer, CartDesk, CartRef, CartView, Placed } from './operations.js'
import { attemptPlacement } from './place-order.js'
import type { Purchase } from './price-placement.js'
import type { PurchaseView } from './read-purchase.js'
import { walkPaidOrder } from './walk-paid-order.js'

/** What one request asks of a checkout that is walked step by step. */
export interface WalkCheckout {
  readonly cart: CartRef
  readonly rules: StepRules
  readonly steps: 'none' | 'one' | 'all'
  /** What to change first; looks at the newest cart, and may be asked more than once. What it refuses changes nothing. */
  readonly plan?: (desk: CartDesk) => Result<WalkChanges, CheckoutError>
  /** SKUs that the plan may bring in. */
  readonly skus?: readonly Sku[]
  /** Refuse with `insufficient_stock`, before anything else, while a line cannot be had. */
  readonly needsStock?: boolean
  /** Applied after the plan; a refusal takes no step, but what the plan changed stays. Without a plan it changes nothing. */
  readonly coupon?: { readonly code: string; readonly clientAddress: string }
  readonly expectedTotal?: Minor
  readonly capture?: boolean
  readonly returnUrl?: string
  /** See `Placement.standsUnpaid`. */
  readonly standsUnpaid?: boolean
  /** Whoever is declined too often from one address has to wait. */
  readonly clientAddress?: string
}

/** How far it got. What was changed is saved also where a step could not be taken. */
export interface Walked {
  readonly view: CartView
  /** Why the step, or the coupon, was refused. */
  readonly fault?: CheckoutError
  /** The order, where the last step was taken; it may still wait for its payment. */
  readonly placed?: Placed
  /** The purchase, where its payment was sent ahead and stays. */
  readonly purchase?: PurchaseView
}

/**
 * Changes a cart and takes steps of its checkout in one write: an order is placed when the last step is taken. The
 * cart's own rules decide which steps there are; whatever cannot be taken is told, and everything before it stays.
 */
export async function walkCheckout(deps: Deps, caller: Caller, input: WalkCheckout): Answer<Walked> {
  const customer = await readMember(deps, caller)
  const walked = await walkOpen(deps, caller, customer, input)
  if (walked.ok || walked.error.code !== 'cart_locked') return walked
  const paid = await walkPaidOrder(deps, caller, customer, input)
  if (paid === 'again') return walkOpen(deps, caller, customer, input)
  return paid ?? walked
}

async function walkOpen(
  deps: Deps,
  caller: Caller,
  customer: Customer | undefined,
  input: WalkCheckout,
): Answer<Walked> {
  if (input.coupon === undefined) return walk(deps, caller, customer, input)
  if (input.plan === undefined) {
    const alone = await applyCoupon(deps, caller, { cart: input.cart, ...input.coupon })
    return alone.ok ? walk(deps, caller, customer, input) : alone
  }
  const changed = await change(deps, caller, customer, { ...input, steps: 'none' })
  if (!changed.ok) return changed
  const applied = await applyCoupon(deps, caller, { cart: input.cart, ...input.coupon })
  if (!applied.ok) return ok({ view: changed.value.view, fault: applied.error })
  const { plan: _done, ...rest } = input
  return walk(deps, caller, customer, rest)
}

async function walk(deps: Deps, caller: Caller, customer: Customer | undefined, input: WalkCheckout): Answer<Walked> {
  let wish = input
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const changed = await change(deps, caller, customer, wish)
    if (!changed.ok) return changed
    const { view, walk } = changed.value
    if (!walk.completes) return ok({ view, ...(walk.fault === undefined ? {} : { fault: walk.fault }) })
    const placed = await place(deps, caller, view, wish)
    if (placed.ok) return ok({ view, placed: placed.value })
    if (placed.error.code === 'cart_already_ordered' || placed.error.code === 'cart_locked') return placed
    if (placed.error.code !== 'version_conflict') return afterRefusal(deps, caller, input, view, placed.error)
    // Somebody changed the cart in between: look again whether it still may be ordered. What the plan said is saved.
    const { plan: _done, ...rest } = input
    wish = rest
  }
  return refuse({ code: 'busy' })
}

async function change(
  deps: Deps,
  caller: Caller,
  customer: Customer | undefined,
  input: WalkCheckout,
): Answer<{ readonly view: CartView; readonly walk: Walk }> {
  let walk: Walk | undefined
  const changed = await changeCart(deps, caller, {
    cart: input.cart,
    permission: 'carts:write',
    skus: input.skus ?? [],
    stock: true,
    decide: (cart, context) => {
      if (input.needsStock === true) {
        const short = priceCart(cart, context.facts).lines.find(({ availability }) => availability !== 'available')
        if (short !== undefined) return refuse({ code: 'insufficient_stock', ...namesOf(short) })
      }
      const planned = input.plan?.(cartDesk(deps, cart, context.facts, customer)) ?? ok<WalkChanges>({})
      if (!planned.ok) return planned
      const fault = changeFault(caller, planned.value)
      if (fault !== undefined) return refuse(fault)
      const step = planned.value.backTo
      const back = step === undefined ? ok(cart) : backTo(cart, step, context)
      if (!back.ok) return back
      const next = input.plan === undefined ? back : applyWalkChanges(back.value, planned.value, customer, context)
      if (!next.ok) return next
      walk = walkSteps(next.value, input.steps, input.rules, context, cart)
      return ok(walk.cart)
    },
  })
  if (!changed.ok) return changed
  return ok({ view: changed.value, walk: walk ?? { cart: changed.value.cart.cart, completes: false } })
}

function namesOf(line: CartView['cart']['lines'][number]) {
  return { sku: line.item.sku, name: line.name, available: line.available ?? 0 }
}

function changeFault(caller: Caller, changes: WalkChanges): CheckoutError | undefined {
  if (changes.owner !== undefined && !hasPermission(caller, 'carts:admin') && !isOwn(caller, changes.owner)) {
    return { code: 'forbidden', permission: 'carts:admin' }
  }
  const added = (changes.lines ?? []).flatMap(line => ('add' in line ? [line.add] : []))
  return linePriceFault(caller, added)
}

/** A member may take over what nobody owns and they hold the secret of. */
function isOwn(caller: Caller, owner: NonNullable<WalkChanges['owner']>): boolean {
  return caller.kind === 'member' && owner.kind === 'member' && caller.customerId === owner.customerId
}

/** Places the cart as the walk left it; it is not read again, so whoever changed it since makes this lose. */
async function place(deps: Deps, caller: Caller, view: CartView, input: WalkCheckout): Answer<Placed> {
  const { cart, totals } = view.cart
  if (caller.kind === 'key' && !hasPermission(caller, 'orders:place')) {
    return refuse({ code: 'forbidden', permission: 'orders:place' })
  }
  const purchase: Purchase = {
    placement: {
      requires: ['email', 'shipping_option', 'payment'],
      expectedVersion: cart.version,
      expectedTotal: input.expectedTotal ?? totals.grandTotal,
      ...(input.clientAddress === undefined ? {} : { clientAddress: input.clientAddress }),
      ...(input.capture === undefined ? {} : { capture: input.capture }),
      ...(input.standsUnpaid === true ? { standsUnpaid: true } : {}),
      paysOnce: true,
      ...(input.returnUrl === undefined ? {} : { returnUrl: input.returnUrl }),
    },
    plan: ({ cart: { payments } }) =>
      ok({ instruments: payments.map(({ token }): { token?: string } => (token === undefined ? {} : { token })) }),
  }
  const reached = { cart: storable(cart, view.channel), since: cart.version, epoch: oldestEpoch, isSole: false }
  const outcome = await deps.queue.run(queueKey(caller, input.cart), () =>
    attemptPlacement(deps, caller, reached, purchase),
  )
  return outcome === 'lost' ? refuse({ code: 'version_conflict', current: cart.version }) : outcome
}

/** Facts as new as those that the walk itself was decided by, whatever their epoch. */
const oldestEpoch = 0n

/** Takes off the cart what stood in the way of the order, so that the shopper sees what can be bought; then says why. */
async function afterRefusal(
  deps: Deps,
  caller: Caller,
  input: WalkCheckout,
  view: CartView,
  fault: CheckoutError,
): Answer<Walked> {
  const mend = mendingOf(fault)
  if (mend === undefined) return ok({ view, fault })
  const mended = await changeCart(deps, caller, {
    cart: input.cart,
    permission: 'carts:write',
    stock: true,
    decide: mend,
  })
  return ok({ view: mended.ok ? mended.value : view, fault })
}

function mendingOf(fault: CheckoutError): Decide | undefined {
  switch (fault.code) {
    case 'insufficient_stock':
      return cart => ok(restarted(cart))
    case 'payment_declined':
      return cart => ok({ ...cart, payments: [] })
    case 'coupon_used_up':
      return withoutCoupons([fault.couponCode])
    case 'total_changed':
      return withoutCoupons([])
    case 'cart_invalid': {
      const codes = fault.problems.flatMap(problem => (problem.code === 'coupon_invalid' ? [problem.couponCode] : []))
      if (codes.length > 0) return withoutCoupons(codes)
      const isContents = fault.problems.some(
        ({ code }) => code !== 'payment_short' && code !== 'payment_method_unknown' && code !== 'taxes_unknown',
      )
      return isContents ? cart => ok(restarted(cart)) : undefined
    }
    default:
      return undefined
  }
}

function withoutCoupons(codes: readonly string[]): Decide {
  return (cart, { facts }) => {
    let next = cart
    for (const code of codes) {
      const removed = removeCoupon(next, code)
      if (removed.ok) next = removed.value
    }
    return ok(withSeenTotals(next, priceCart(next, facts), 'all'))
  }
}
