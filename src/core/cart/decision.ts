import type { CheckoutError } from '../errors.js'
import type { Facts } from '../pricing/facts.js'
import type { Result } from '../result.js'
import type { Cart } from './cart.js'

/** What a decision about a cart may use besides the cart. `newId` gives a fresh UUID at each call. */
export interface DecisionContext {
  readonly facts: Facts
  readonly newId: () => string
}

/** A pure change of a cart: the cart after it, or why not. May run more than once; each time on the newest cart. */
export type Decide = (cart: Cart, context: DecisionContext) => Result<Cart, CheckoutError>
