import type { Caller } from '../core/access/caller.js'
import type { Decide } from '../core/cart/decision.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** A code for a cart. */
export interface CodeInput {
  readonly cart: CartRef
  readonly since?: number
  /** As typed; its facts are loaded for the decision. */
  readonly code: string
  /** Of whoever typed it. */
  readonly clientAddress?: string
}

/** Changes the codes on a cart. */
export function changeCodes(deps: Deps, caller: Caller, input: CodeInput, decide: Decide): Answer<CartView> {
  const { cart, since, code, clientAddress } = input
  return changeCart(deps, caller, {
    cart,
    since,
    permission: 'carts:write',
    codes: [code],
    clientAddress,
    stock: false,
    decide,
  })
}
