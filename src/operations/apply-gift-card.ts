import type { Caller } from '../core/access/caller.js'
import { addGiftCard } from '../core/cart/codes.js'
import type { Minor } from '../core/money.js'
import { changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Lets a gift card pay a part of the cart, at most `limit`. */
export async function applyGiftCard(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly code: string; readonly limit?: Minor },
): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) => addGiftCard(cart, input.code, input.limit, context))
}
