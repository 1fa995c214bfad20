import type { Caller } from '../core/access/caller.js'
import { removeCoupon as withoutCoupon } from '../core/cart/codes.js'
import { changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Takes a coupon code off. */
export async function removeCoupon(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
): Answer<CartView> {
  return changeCodes(deps, caller, input, cart => withoutCoupon(cart, input.code))
}
