import type { Caller } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import { setQuantity } from '../core/cart/line-items.js'
import { findLine, type LineRef } from '../core/cart/line-reference.js'
import type { CheckoutError } from '../core/errors.js'
import { ok, type Result } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Sets quantities, all or none; 0 removes the line. */
export async function changeLineItems(
  deps: Deps,
  caller: Caller,
  input: {
    readonly cart: CartRef
    readonly since?: number
    readonly changes: readonly { readonly lineItem: LineRef; readonly quantity: number }[]
  },
): Answer<CartView> {
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: true,
    decide: (cart, context) => {
      let next: Result<Cart, CheckoutError> = ok(cart)
      for (const { lineItem, quantity } of input.changes) {
        if (!next.ok) return next
        const line = findLine(next.value, lineItem)
        next = line.ok ? setQuantity(next.value, line.value.id, quantity, context) : line
      }
      return next
    },
  })
}
