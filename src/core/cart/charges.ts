import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import { priceCart } from '../pricing/price-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, ManualDiscount, ManualFee } from './cart.js'
import type { DecisionContext } from './decision.js'

/** Charges and discounts that somebody sets by hand. */
export interface ChargeChanges {
  readonly addFees?: readonly Omit<ManualFee, 'id'>[]
  /** Each replaces the fee of its id as a whole. */
  readonly replaceFees?: readonly ManualFee[]
  readonly removeFees?: readonly string[]
  /** How many fees there may be; absent: as many as payments. */
  readonly mostFees?: number
  /** Instead of those that there are. */
  readonly discounts?: readonly Omit<ManualDiscount, 'id'>[]
}

/**
 * The cart with other fees and discounts by hand. A discount on a line that promotions or coupons have reduced already is
 * refused.
 */
export function changeCharges(
  cart: Cart,
  changes: ChargeChanges,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const fees = changedFees(cart, changes, context)
  if (!fees.ok) return fees
  const base: Cart = { ...cart, fees: fees.value }
  if (changes.discounts === undefined) return ok(base)
  const bare: Cart = { ...base, manualDiscounts: [] }
  const discounted = setDiscounts(bare, changes.discounts, context)
  if (!discounted.ok) return discounted
  const priced = priceCart(bare, context.facts)
  for (const { lineItemId } of changes.discounts) {
    const line = priced.lines.find(one => one.item.id === lineItemId)
    if (line !== undefined && line.fullDiscount > 0n)
      return refuse({ code: 'invalid_input', field: 'line_items', rule: 'reduced already' })
  }
  return discounted
}

/** The cart with these discounts by hand instead of those that it has. */
export function setDiscounts(
  cart: Cart,
  discounts: readonly Omit<ManualDiscount, 'id'>[],
  { newId }: Pick<DecisionContext, 'newId'>,
): Result<Cart, CheckoutError> {
  for (const { lineItemId, amount } of discounts) {
    if (amount <= 0n) return refuse({ code: 'invalid_input', field: 'discounted_amount', rule: 'must be above zero' })
    const isThere = lineItemId === undefined || cart.lineItems.some(({ id }) => id === lineItemId)
    if (!isThere) return refuse({ code: 'line_not_found', lineItemId })
  }
  return ok({ ...cart, manualDiscounts: discounts.map(one => ({ ...one, id: newId() })) })
}

function changedFees(
  cart: Cart,
  { addFees = [], replaceFees = [], removeFees = [], mostFees = limits.paymentsPerCart }: ChargeChanges,
  { newId }: DecisionContext,
): Result<Cart['fees'], CheckoutError> {
  const named = [...replaceFees.map(fee => fee.id), ...removeFees]
  const unknown = named.find(id => !cart.fees.some(fee => fee.id === id))
  if (unknown !== undefined) return refuse({ code: 'invalid_input', field: 'fees', rule: 'unknown id' })
  const replaced = cart.fees.map(fee => replaceFees.find(one => one.id === fee.id) ?? fee)
  const kept = replaced.filter(fee => !removeFees.includes(fee.id))
  const fees = [...kept, ...addFees.map(fee => ({ ...fee, id: newId() }))]
  return fees.length > mostFees ? refuse({ code: 'limit_reached', limit: 'fees', maximum: mostFees }) : ok(fees)
}
