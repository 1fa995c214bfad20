import type { Caller } from '../core/access/caller.js'
import { codeKey } from '../core/cart/code-key.js'
import { removeCoupon, removeGiftCard } from '../core/cart/codes.js'
import { isUsedAccount } from '../core/cart/store-credit.js'
import { changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Takes a code of either kind off. */
export async function removeCode(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
): Answer<CartView> {
  return changeCodes(deps, caller, input, cart =>
    isUsedAccount(cart, input.code) || cart.giftCards.some(use => codeKey(use.code) === codeKey(input.code))
      ? removeGiftCard(cart, input.code)
      : removeCoupon(cart, input.code),
  )
}
