import type { Caller, CartOwner } from '../core/access/caller.js'
import { releasedCart } from '../core/cart/released-cart.js'
import { ok, refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/**
 * A member signs out at a browser that goes on with the cart: it becomes that guest's, without anything personal. Only the
 * member who owns the cart may do that; `cart_not_found` for anybody else.
 */
export async function releaseCart(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly to: CartOwner },
): Answer<CartView> {
  return changeCart(deps, caller, {
    cart: input.cart,
    permission: 'carts:write',
    stock: false,
    decide: cart => {
      const isOwn =
        caller.kind === 'member' && cart.owner.kind === 'member' && cart.owner.customerId === caller.customerId
      return isOwn ? ok(releasedCart(cart, input.to)) : refuse({ code: 'cart_not_found' })
    },
  })
}
