import type { Caller } from '../core/access/caller.js'
import { addCode } from '../core/cart/codes.js'
import { type CodeInput, changeCodes } from './change-codes.js'
import type { Deps } from './deps.js'
import type { Answer, CartView } from './operations.js'

/** Adds a code of either kind: see `addCode`. */
export async function applyCode(deps: Deps, caller: Caller, input: CodeInput): Answer<CartView> {
  return changeCodes(deps, caller, input, (cart, context) => addCode(cart, input.code, context))
}
