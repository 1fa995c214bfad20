import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import { removeLine } from '../core/cart/line-items.js'
import { findLine, type LineRef } from '../core/cart/line-reference.js'
import type { CheckoutError } from '../core/errors.js'
import { ok, type Result } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Takes lines out, all or none. */
export async function removeLineItems(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly lineItems: readonly LineRef[] },
): Answer<CartView> {
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: false,
    decide: cart => {
      let next: Result<Cart, CheckoutError> = ok(cart)
      for (const ref of input.lineItems) {
        if (!next.ok) return next
        const line = findLine(next.value, ref)
        next = line.ok ? removeLine(next.value, line.value.id) : line
      }
      return next
    },
  })
}
