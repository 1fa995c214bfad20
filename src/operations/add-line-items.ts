import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import type { NewLine } from '../core/cart/changes.js'
import { addLine } from '../core/cart/line-items.js'
import type { CheckoutError } from '../core/errors.js'
import { ok, type Result, refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { linePriceFault } from './line-limits.js'
import type { Answer, CartSource, CartView } from './operations.js'

/** Adds lines, all or none. A line that holds the same thing gets the pieces, or its quantity set, or a neighbor. */
export async function addLineItems(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartSource; readonly since?: number; readonly lines: readonly NewLine[] },
): Answer<CartView> {
  const fault = linePriceFault(caller, input.lines)
  if (fault !== undefined) return refuse(fault)
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    skus: input.lines.map(line => line.sku),
    stock: true,
    decide: (cart, context) => {
      let next: Result<Cart, CheckoutError> = ok(cart)
      for (const line of input.lines) {
        if (next.ok) next = addLine(next.value, line, context)
      }
      return next
    },
  })
}
