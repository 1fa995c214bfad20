import type { Caller } from '../core/access/caller.js'
import type { CheckoutError } from '../core/errors.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { type Result, refuse } from '../core/result.js'
import { nothingAsked, withTaxes } from './ask-taxes.js'
import { cartDesk } from './cart-desk.js'
import { factsFor, frozenFault, reachCart } from './change-cart.js'
import type { Deps } from './deps.js'
import { readMember } from './member-of.js'
import type { Answer, CartDesk, CartRef } from './operations.js'

/** What the cart would cost with changes; nothing is stored. The same function prices the purchase. */
export async function quoteCart<T>(
  deps: Deps,
  caller: Caller,
  input: { readonly cart: CartRef; readonly plan: (desk: CartDesk) => Result<T, CheckoutError> },
): Answer<T> {
  const [reached, customer] = await Promise.all([
    reachCart(deps, caller, input.cart, 'carts:read'),
    readMember(deps, caller),
  ])
  if (!reached.ok) return reached
  const { cart, epoch } = reached.value
  const frozen = frozenFault(cart)
  if (frozen !== undefined) return refuse(frozen)
  const facts = await factsFor(deps, cart, epoch, { stock: false, gifts: true })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  let last: PricedCart | undefined
  return withTaxes(
    deps,
    facts,
    nothingAsked(),
    known =>
      input.plan(
        cartDesk(deps, cart, known, customer, priced => {
          last = priced
        }),
      ),
    () => last,
  )
}
