import type { Caller } from '../core/access/caller.js'
import { addGiftCard } from '../core/cart/codes.js'
import type { Minor } from '../core/money.js'
import { type CodeInput, changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/** Lets a gift card pay a part of the cart, at most `limit`. */
export async function applyGiftCard(
  deps: Deps,
  caller: Caller,
  input: CodeInput & { readonly limit?: Minor },
): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) => addGiftCard(cart, input.code, input.limit, context))
}
