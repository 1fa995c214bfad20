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
 * must wait (`too_many_attempts`), and more codes than a cart holds are not looked up. A code that is good takes nothing off the
 * count of guesses: else one known code would buy endless ones.
 *
 * @param run  calls `look` with the facts in which the codes were looked up
 */
export async function guardCodes<T>(
  deps: Deps,
  caller: Caller,
  attempt: TriedCodes,
  run: (look: (facts: Facts) => void) => Answer<T>,
): Answer<T> {
  const { codes = [] } = attempt
  if (codes.length > mostCodes && new Set(codes.map(codeKey)).size > mostCodes) {
    return refuse({ code: 'coupons_full', maximum: limits.couponsPerCart })
  }
  if (codes.length === 0) return run(() => undefined)
  const tried = await deps.limiter.watch(guessersOf(caller, attempt), async () => {
    let isFailure = false
    const answer = await run(({ coupons, giftCards }) => {
      isFailure = codes.some(code => !coupons.has(codeKey(code)) && !giftCards.has(codeKey(code)))
    })
    return { answer, isFailure }
  })
  return 'answer' in tried ? tried.answer : refuse({ code: 'too_many_attempts', ...tried })
}

/** Whose failures count: those on the cart, where there is one, and those from the address. */
function guessersOf(caller: Caller, { cart, clientAddress }: TriedCodes): readonly Attempt[] {
  const guessers: Attempt[] = []
  if ('key' in cart) guessers.push({ kind: 'code', key: JSON.stringify(cart.key) })
  if ('own' in cart) guessers.push({ kind: 'code', key: JSON.stringify([caller, cart.own]) })
  if (clientAddress !== undefined) guessers.push({ kind: 'code_client', key: clientAddress })
  return guessers
}
