import type { Caller } from '../core/access/caller.js'
import type { Decide } from '../core/cart/decision.js'
import { refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** Codes are worth guessing: refusals that tell nothing else than "no such code" count as failed attempts. */
const guesses = new Set(['coupon_unknown', 'gift_card_unknown'])

/**
 * Changes the codes on a cart; whoever guesses unknown codes on one cart too often must wait.
 *
 * @param code  as typed; its facts are loaded for the decision
 */
export async function changeCodes(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  decide: Decide,
): Answer<CartView> {
  const guesser = JSON.stringify('key' in input.cart ? input.cart.key : [caller, input.cart.own])
  const wait = deps.limiter.tooMany('code', guesser)
  if (wait !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds: wait })
  const answer = await changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    codes: [input.code],
    stock: false,
    decide,
  })
  if (answer.ok) deps.limiter.succeeded('code', guesser)
  else if (guesses.has(answer.error.code)) deps.limiter.failed('code', guesser)
  return answer
}
