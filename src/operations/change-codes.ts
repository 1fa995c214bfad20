import type { Caller } from '../core/access/caller.js'
import type { Decide } from '../core/cart/decision.js'
import { refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** A code as somebody typed it, and from where. */
export interface CodeInput {
  readonly cart: CartRef
  readonly since?: number
  readonly code: string
  readonly clientAddress?: string
}

/** Codes are worth guessing: refusals that tell nothing else than "no such code" count as failed attempts. */
const guesses = new Set(['coupon_unknown', 'gift_card_unknown'])

/**
 * Changes the codes on a cart; whoever guesses unknown codes too often, on one cart or from one address, must wait.
 *
 * @param code  as typed; its facts are loaded for the decision
 */
export async function changeCodes(deps: Deps, caller: Caller, input: CodeInput, decide: Decide): Answer<CartView> {
  return guardGuesses(deps, caller, input, () =>
    changeCart(deps, caller, {
      cart: input.cart,
      since: input.since,
      permission: 'carts:write',
      codes: [input.code],
      stock: false,
      decide,
    }),
  )
}

/**
 * Runs what looks at a code that somebody typed. A code that is good takes nothing off the count of guesses: else one
 * known code would buy endless ones.
 */
export async function guardGuesses<T>(
  deps: Deps,
  caller: Caller,
  input: Pick<CodeInput, 'cart' | 'clientAddress'>,
  run: () => Answer<T>,
): Answer<T> {
  const guessers = guessersOf(caller, input)
  const wait = Math.max(...guessers.map(({ kind, key }) => deps.limiter.tooMany(kind, key) ?? 0))
  if (wait > 0) return refuse({ code: 'too_many_attempts', retryAfterSeconds: wait })
  const answer = await run()
  if (!answer.ok && guesses.has(answer.error.code)) {
    for (const { kind, key } of guessers) deps.limiter.failed(kind, key)
  }
  return answer
}

/** Whose failures count: those on the cart, and those from the address. */
export function guessersOf(caller: Caller, { cart, clientAddress }: Pick<CodeInput, 'cart' | 'clientAddress'>) {
  const key = JSON.stringify('key' in cart ? cart.key : [caller, cart.own])
  const byCart = { kind: 'code' as const, key }
  return clientAddress === undefined ? [byCart] : [byCart, { kind: 'code_client' as const, key: clientAddress }]
}
