import type { Customer } from '../customers/customer.js'
import type { CheckoutError } from '../errors.js'
import { accountOf } from '../pricing/store-credit.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart } from './cart.js'
import type { LineChange, WalkChanges } from './changes.js'
import { applyChanges } from './checkout-changes.js'
import { restarted, withShippingAddress } from './checkout-steps.js'
import { removeCoupon } from './codes.js'
import type { DecisionContext } from './decision.js'
import { addLine, setQuantity } from './line-items.js'
import { findLine } from './line-reference.js'
import { withoutStoreCredit } from './store-credit.js'

/** The cart with everything that one request asks for, all or none; other contents send the checkout back to the address. */
export function applyWalkChanges(
  cart: Cart,
  changes: WalkChanges,
  customer: Customer | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const {
    lines = [],
    clears,
    shippingAddress,
    shippingOptions = [],
    owner,
    removeCoupon: code,
    backTo: _step,
    ...rest
  } = changes
  const cleared = clears === true ? withoutContents(cart) : cart
  let next: Result<Cart, CheckoutError> = ok(cleared)
  for (const change of lines) {
    if (next.ok) next = applyLine(next.value, change, context)
  }
  if (!next.ok) return next
  const isRefilled = clears === true || !holdsSame(next.value, cart)
  const refilled = isRefilled ? restarted(next.value) : next.value
  const filled = applyChanges(refilled, rest, customer, context)
  if (!filled.ok) return filled
  const addressed =
    shippingAddress === undefined ? filled.value : withShippingAddress(filled.value, shippingAddress ?? undefined)
  const owned = owner === undefined ? addressed : ownedBy(addressed, owner)
  const uncoupled = code === undefined ? ok(owned) : removeCoupon(owned, code)
  return uncoupled.ok ? withOptions(uncoupled.value, shippingOptions) : uncoupled
}

/** What was charged or taken off by hand was for goods that are gone. */
function withoutContents(cart: Cart): Cart {
  return { ...cart, lineItems: [], couponCodes: [], payments: [], fees: [], manualDiscounts: [] }
}

/** Whether both hold the same pieces: a line that is sent as it stands changes nothing. */
function holdsSame(a: Cart, b: Cart): boolean {
  return (
    a.lineItems.length === b.lineItems.length &&
    a.lineItems.every((line, index) => {
      const other = b.lineItems[index]
      return line.id === other?.id && line.quantity === other.quantity
    })
  )
}

/** The cart of that owner. Whose store credit pays is for them to say: another one's does not. */
function ownedBy(cart: Cart, owner: Cart['owner']): Cart {
  const owned = { ...cart, owner }
  return accountOf(cart) === accountOf(owned) ? owned : withoutStoreCredit(owned)
}

function applyLine(cart: Cart, change: LineChange, context: DecisionContext): Result<Cart, CheckoutError> {
  if ('add' in change) return addLine(cart, change.add, context)
  const line = findLine(cart, change.lineItem)
  return line.ok ? setQuantity(cart, line.value.id, change.quantity, context) : line
}

function withOptions(cart: Cart, options: NonNullable<WalkChanges['shippingOptions']>): Result<Cart, CheckoutError> {
  const unknown = options.find(({ consignmentId }) => !cart.consignments.some(({ id }) => id === consignmentId))
  if (unknown !== undefined) return refuse({ code: 'consignment_not_found', consignmentId: unknown.consignmentId })
  if (options.length === 0) return ok(cart)
  return ok({
    ...cart,
    consignments: cart.consignments.map(consignment => {
      const chosen = options.find(({ consignmentId }) => consignmentId === consignment.id)
      if (chosen === undefined) return consignment
      const { note = consignment.note } = chosen
      return { ...consignment, selectedOption: chosen.optionId, ...(note === undefined ? {} : { note }) }
    }),
  })
}
