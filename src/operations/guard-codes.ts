import type { Caller } from '../core/access/caller.js'
import { codeKey } from '../core/cart/code-key.js'
import { limits } from '../core/limits.js'
import type { Facts } from '../core/pricing/facts.js'
import { refuse } from '../core/result.js'
import type { Attempt, Deps } from './deps.js'
import type { Answer, CartSource } from './operations.js'

/** Codes that one request may try. */
const mostCodes = limits.couponsPerCart + limits.giftCardsPerCart

/** Codes that somebody typed, and where they are tried. */
export interface TriedCodes {
  readonly cart: CartSource
  readonly codes?: readonly string[]
  readonly clientAddress?: string | undefined
}

/**
 * Runs what looks at codes that somebody typed: whoever tries too many that do not exist, on one cart or from one address,
 * must wait (`too_many_attempts`), and more codes than a cart holds are not looked up. A code that is good takes nothing off the count of guesses: else one known code would
 * buy endless ones.
 *
 * @param run  calls `look` with the facts in which the codes were looked up
 */
export async function guardCodes<T>(
  deps: Deps,
  caller: Caller,
  tried: TriedCodes,
  run: (look: (facts: Facts) => void) => Answer<T>,
): Answer<T> {
  const { codes = [] } = tried
  if (codes.length > mostCodes && new Set(codes.map(codeKey)).size > mostCodes) {
    return refuse({ code: 'coupons_full', maximum: limits.couponsPerCart })
  }
  const guessers = codes.length === 0 ? [] : guessersOf(caller, tried)
  const retryAfterSeconds = await deps.limiter.tooMany(guessers)
  if (retryAfterSeconds !== undefined) return refuse({ code: 'too_many_attempts', retryAfterSeconds })
  let isGuess = false
  const answer = await run(({ coupons, giftCards }) => {
    isGuess = codes.some(code => !coupons.has(codeKey(code)) && !giftCards.has(codeKey(code)))
  })
  if (isGuess) await deps.limiter.count(guessers)
  return answer
}

/** Whose failures count: those on the cart, where there is one, and those from the address. */
function guessersOf(caller: Caller, { cart, clientAddress }: TriedCodes): readonly Attempt[] {
  const guessers: Attempt[] = []
  if ('key' in cart) guessers.push({ kind: 'code', key: JSON.stringify(cart.key) })
  if ('own' in cart) guessers.push({ kind: 'code', key: JSON.stringify([caller, cart.own]) })
  if (clientAddress !== undefined) guessers.push({ kind: 'code_client', key: clientAddress })
  return guessers
}
