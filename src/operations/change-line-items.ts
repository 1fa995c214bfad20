import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { setQuantity, setUnitPrice } from '../core/cart/line-items.js'
import { findLine, type LineRef } from '../core/cart/line-reference.js'
import type { CheckoutError } from '../core/errors.js'
import type { Minor } from '../core/money.js'
import { ok, type Result, refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** A new quantity, a new price, or both. */
export interface LineChange {
  readonly lineItem: LineRef
  readonly quantity?: number
  /** Replaces the catalog's, minor units in the cart's price mode; for keys that administer carts. */
  readonly unitPrice?: Minor
}

/** Sets quantities and prices, all or none; quantity 0 removes the line. */
export async function changeLineItems(
  deps: Deps,
  caller: Caller,
  input: {
    readonly cart: CartRef
    readonly since?: number
    readonly changes: readonly LineChange[]
  },
): Answer<CartView> {
  if (input.changes.some(change => change.unitPrice !== undefined) && !hasPermission(caller, 'carts:admin')) {
    return refuse({ code: 'forbidden', permission: 'carts:admin' })
  }
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: true,
    decide: (cart, context) => {
      let next: Result<Cart, CheckoutError> = ok(cart)
      for (const change of input.changes) {
        if (!next.ok) return next
        next = changedLine(next.value, change, context)
      }
      return next
    },
  })
}

function changedLine(cart: Cart, change: LineChange, context: DecisionContext): Result<Cart, CheckoutError> {
  const line = findLine(cart, change.lineItem)
  if (!line.ok) return line
  const { id } = line.value
  const { quantity, unitPrice } = change
  const priced = unitPrice === undefined ? ok(cart) : setUnitPrice(cart, id, unitPrice)
  if (!priced.ok || quantity === undefined) return priced
  return setQuantity(priced.value, id, quantity, context)
}
