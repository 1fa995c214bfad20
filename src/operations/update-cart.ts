import type { Caller } from '../core/access/caller.js'
import { inCurrency } from '../core/cart/another-currency.js'
import type { Cart, PriceMode } from '../core/cart/cart.js'
import type { DecisionContext } from '../core/cart/decision.js'
import type { CheckoutError } from '../core/errors.js'
import { ok, type Result, refuse } from '../core/result.js'
import { changeCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer, CartRef, CartView } from './operations.js'

/** What a cart is sold in and called. */
export interface CartUpdate {
  readonly currency?: string
  readonly priceMode?: PriceMode
  readonly locale?: string
  readonly name?: string
  readonly isDefault?: boolean
}

/**
 * Changes currency, price mode, locale or name. Another currency reprices every line; lines without a price there leave
 * with a notice. The price mode is locked while lines are in the cart.
 */
export async function updateCart(
  deps: Deps,
  caller: Caller,
  input: CartUpdate & { readonly cart: CartRef; readonly since?: number },
): Answer<CartView> {
  return changeCart(deps, caller, {
    cart: input.cart,
    since: input.since,
    permission: 'carts:write',
    stock: false,
    decide: (cart, context) => updated(cart, input, context),
  })
}

function updated(cart: Cart, update: CartUpdate, context: DecisionContext): Result<Cart, CheckoutError> {
  const exchanged = inCurrency(cart, update.currency ?? cart.currency, context)
  if (!exchanged.ok) return exchanged
  const priceMode = update.priceMode ?? cart.priceMode
  if (priceMode !== cart.priceMode && cart.lineItems.length > 0) return refuse({ code: 'price_mode_locked' })
  return ok({
    ...exchanged.value,
    ...(update.name === undefined ? {} : { name: update.name }),
    priceMode,
    locale: update.locale ?? cart.locale,
    isDefault: update.isDefault ?? cart.isDefault,
  })
}
