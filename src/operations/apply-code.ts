import type { Caller } from '../core/access/caller.js'
import { codeKey } from '../core/cart/code-key.js'
import { addCoupon, addGiftCard } from '../core/cart/codes.js'
import { refuse } from '../core/result.js'
import { type CodeInput, changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/**
 * Adds a code of either kind: a gift card where one has it, else a coupon. Where nothing is in the cart, a gift card is
 * refused as a coupon is: one field takes both, and a code that does nothing is not stored.
 */
export async function applyCode(deps: Deps, caller: Caller, input: CodeInput): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) => {
    if (!context.facts.giftCards.has(codeKey(input.code))) return addCoupon(cart, input.code, context)
    if (cart.lineItems.length === 0) return refuse({ code: 'cart_empty' })
    return addGiftCard(cart, input.code, undefined, context)
  })
}
