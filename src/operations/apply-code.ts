import type { Caller } from '../core/access/caller.js'
import { codeKey } from '../core/cart/code-key.js'
import { addCoupon, addGiftCard } from '../core/cart/codes.js'
import { type CodeInput, changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/** Adds a code of either kind: a gift card where one has it, else a coupon. */
export async function applyCode(deps: Deps, caller: Caller, input: CodeInput): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) =>
    context.facts.giftCards.has(codeKey(input.code))
      ? addGiftCard(cart, input.code, undefined, context)
      : addCoupon(cart, input.code, context),
  )
}
