import type { Caller } from '../core/access/caller.js'
import { removeGiftCard as withoutGiftCard } from '../core/cart/codes.js'
import { changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Takes a gift card off. */
export async function removeGiftCard(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
): Answer<CartView> {
  return changeCodes(deps, caller, input, cart => withoutGiftCard(cart, input.code))
}
