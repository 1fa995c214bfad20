import type { Caller } from '../core/access/caller.js'
import { useStoreCredit as used } from '../core/cart/store-credit.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Lets the store credit of the cart's owner pay what gift cards leave, or no longer. */
export async function useStoreCredit(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly uses: boolean },
): Answer<CartView> {
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    storeCredit: input.uses,
    stock: false,
    decide: (cart, context) => used(cart, input.uses, context),
  })
}
