import type { CartRevision } from '../../../core/cart/revision.js'
import type { CartRef, CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answers.js'
import { actorOf } from '../auth.js'
import {
  estimateRevision,
  leftOut,
  locationFault,
  ownerlessAddress,
  readCartRevision,
  toCheckoutRevision,
} from '../cart-input.js'
import { termsFor } from '../checkout-input.js'
import { respondError, respondRefusal } from '../errors.js'
import { withExtras } from '../extras.js'
import { lineFields, readLines, readQuantities, readRemovals } from '../line-input.js'
import { renderCart } from '../render/cart.js'
import { renderEstimate } from '../render/estimate.js'
import type { WixCall } from '../request.js'
import { guid, optional, textAt } from '../validation.js'

/** Body of a call that adds items to a cart. */
export const addToCartFields = { ...lineFields(100), businessLocationId: optional(guid) }

/** What the calls of the current cart and of any cart have in common. */
type CartCall = (call: WixCall, operations: Operations, cart: CartRef) => Promise<WireResponse>

export const readOne: CartCall = async (call, operations, cart) => {
  const read = await operations.readCart(call.caller, cart, { stock: true })
  if (!read.ok) return respondRefusal(call.wire, read.error, call.place)
  // A finished cart is emptied, that is to say: gone.
  if (read.value.cart.cart.status === 'closed') return respondRefusal(call.wire, { code: 'cart_not_found' }, call.place)
  return respondCart(call, read.value)
}

export const addLines: CartCall = async (call, operations, cart) => {
  const lines = await readLines(call, operations)
  if (!lines.ok) return respondError(call.wire, lines.error)
  const location = textAt(call.body, 'businessLocationId')
  return revise(call, operations, cart, {
    guard: before => locationFault(before, call.body),
    lines: lines.value,
    ...(location === undefined
      ? {}
      : { changes: before => ({ extras: withExtras(before, { businessLocationId: location }) }) }),
  })
}

export const updateOne: CartCall = async (call, operations, cart) => {
  const revision = await readCartRevision(call, operations)
  return revision.ok ? revise(call, operations, cart, revision.value) : respondError(call.wire, revision.error)
}

export const setQuantities: CartCall = (call, operations, cart) =>
  revise(call, operations, cart, { quantities: readQuantities(call.body) })

export const removeLines: CartCall = (call, operations, cart) =>
  revise(call, operations, cart, { removed: readRemovals(call.body) })

export const removeCoupon: CartCall = (call, operations, cart) => revise(call, operations, cart, { coupon: null })

export const removeLocation: CartCall = (call, operations, cart) =>
  revise(call, operations, cart, {
    changes: before => ({ extras: withExtras(before, { businessLocationId: undefined }) }),
  })

export const estimateOne: CartCall = async (call, operations, cart) => {
  const quoted = await operations.quoteRevision(call.caller, {
    cart,
    revision: estimateRevision(call),
    leavesOut: leftOut(call.body),
    clientAddress: call.wire.clientAddress,
  })
  return quoted.ok
    ? respondJson(call.wire, renderEstimate(call, quoted.value))
    : respondRefusal(call.wire, quoted.error, call.place)
}

export const toCheckout: CartCall = async (call, operations, cart) => {
  const violations = ownerlessAddress(call)
  if (violations.length > 0) return respondError(call.wire, { violations })
  const made = await operations.reviseCart(call.caller, {
    cart,
    revision: toCheckoutRevision(call, actorOf(call.identity)),
    clientAddress: call.wire.clientAddress,
  })
  return made.ok
    ? respondJson(call.wire, { checkoutId: made.value.cart.cart.id })
    : respondRefusal(call.wire, made.error, call.place)
}

export const deleteOne: CartCall = async (call, operations, cart) => {
  const deleted = await operations.deleteCart(call.caller, { cart })
  return deleted.ok ? respondJson(call.wire, {}) : respondRefusal(call.wire, deleted.error, call.place)
}

async function revise(
  call: WixCall,
  operations: Operations,
  cart: CartRef,
  revision: CartRevision,
): Promise<WireResponse> {
  const revised = await operations.reviseCart(call.caller, {
    cart,
    revision: { terms: termsFor({}, 'drop'), ...revision },
    clientAddress: call.wire.clientAddress,
  })
  return revised.ok ? respondCart(call, revised.value) : respondRefusal(call.wire, revised.error, call.place)
}

export function respondCart(call: WixCall, view: CartView): WireResponse {
  return respondJson(call.wire, { cart: renderCart(call, view) })
}
