import type { Caller } from '../core/access/caller.js'
import type { Cart, PriceMode } from '../core/cart/cart.js'
import { codeKey } from '../core/cart/code-key.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { hasPrice } from '../core/cart/line-items.js'
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
  const { channel } = context.facts
  const currency = update.currency ?? cart.currency
  const priceMode = update.priceMode ?? cart.priceMode
  if (!channel.currencies.includes(currency)) return refuse({ code: 'currency_unsupported', currency })
  if (currency !== cart.currency && hasTypedAmounts(cart)) {
    return refuse({ code: 'invalid_input', field: 'currency', rule: 'amounts_set_by_hand' })
  }
  if (priceMode !== cart.priceMode && cart.lineItems.length > 0) return refuse({ code: 'price_mode_locked' })
  const named = update.name === undefined ? cart : { ...cart, name: update.name }
  const next: Cart = {
    ...named,
    currency,
    priceMode,
    locale: update.locale ?? cart.locale,
    isDefault: update.isDefault ?? cart.isDefault,
  }
  return ok(currency === cart.currency ? next : withoutUnpriced(withoutForeignCards(next, context), context))
}

/** Amounts that somebody typed in the old currency mean something else in the new one. */
function hasTypedAmounts({ manualDiscounts, fees, lineItems }: Cart): boolean {
  const isTyped = lineItems.some(line => line.origin.kind !== 'catalog')
  return isTyped || manualDiscounts.length > 0 || fees.length > 0
}

/** Gift cards of another currency leave; they can pay for nothing here. */
function withoutForeignCards(cart: Cart, { facts }: DecisionContext): Cart {
  const own = cart.giftCards.filter(({ code }) => {
    const card = facts.giftCards.get(codeKey(code))
    return card === undefined || card.currency === '' || card.currency === cart.currency
  })
  return own.length === cart.giftCards.length ? cart : { ...cart, giftCards: own }
}

function withoutUnpriced(cart: Cart, { facts }: DecisionContext): Cart {
  const isSold = (sku: string) =>
    hasPrice(facts.variants.get(sku)?.prices ?? [], cart.channel, cart.currency, cart.priceMode)
  const gone = cart.lineItems.filter(line => line.origin.kind === 'catalog' && !isSold(line.sku))
  if (gone.length === 0) return cart
  const notices = gone.map(line => ({
    code: 'line_removed' as const,
    level: 'warning' as const,
    data: { sku: line.sku, currency: cart.currency },
    at: facts.now,
  }))
  return {
    ...cart,
    lineItems: cart.lineItems.filter(line => !gone.includes(line)),
    notices: [...cart.notices, ...notices],
  }
}
