import type { Caller } from '../core/access/caller.js'
import { addCoupon } from '../core/cart/codes.js'
import { type CodeInput, changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/** Adds a coupon code that takes something off this cart; one that does not apply is refused, not stored. */
export async function applyCoupon(deps: Deps, caller: Caller, input: CodeInput): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) => addCoupon(cart, input.code, context))
}
