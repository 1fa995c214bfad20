import type { CheckoutError } from '../errors.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart } from './cart.js'
import { codeKey } from './code-key.js'
import type { DecisionContext } from './decision.js'
import { hasPrice, removeLine } from './line-items.js'

/**
 * The cart in another currency of its channel: lines without a price there leave with a notice, gift cards of other currencies and
 * payments of a stated amount leave without one.
 *
 * @returns `currency_unsupported`; `invalid_input` (rule `amounts_set_by_hand`) where somebody typed amounts that would stay
 */
export function inCurrency(cart: Cart, currency: string, context: DecisionContext): Result<Cart, CheckoutError> {
  if (!context.facts.channel.currencies.includes(currency)) return refuse({ code: 'currency_unsupported', currency })
  if (currency === cart.currency) return ok(cart)
  if (hasTypedAmounts(cart)) return refuse({ code: 'invalid_input', field: 'currency', rule: 'amounts_set_by_hand' })
  const payments = cart.payments.filter(payment => payment.amount === undefined)
  return ok(withoutUnpriced(withoutForeignCards({ ...cart, currency, payments }, context), context))
}

/** Amounts that somebody typed in the old currency mean something else in the new one. */
function hasTypedAmounts({ manualDiscounts, fees, lineItems, consignments, giftCards }: Cart): boolean {
  return (
    manualDiscounts.length > 0 ||
    fees.length > 0 ||
    lineItems.some(line => line.origin.kind !== 'catalog') ||
    consignments.some(consignment => consignment.customOption !== undefined) ||
    giftCards.some(card => card.limit !== undefined)
  )
}

/** Gift cards of another currency leave; they can pay for nothing here. */
function withoutForeignCards(cart: Cart, { facts }: DecisionContext): Cart {
  const own = cart.giftCards.filter(({ code }) => {
    const card = facts.giftCards.get(codeKey(code))
    return card === undefined || card.currency === '' || card.currency === cart.currency
  })
  return own.length === cart.giftCards.length ? cart : { ...cart, giftCards: own }
}

/** With a line goes what hangs on it, and what consignments say of it. */
function withoutUnpriced(cart: Cart, { facts }: DecisionContext): Cart {
  const isSold = (sku: string) =>
    hasPrice(facts.variants.get(sku)?.prices ?? [], cart.channel, cart.currency, cart.priceMode)
  const gone = cart.lineItems.filter(line => !isSold(line.sku))
  if (gone.length === 0) return cart
  const notices = gone.map(line => ({
    code: 'line_removed' as const,
    level: 'warning' as const,
    data: { sku: line.sku, currency: cart.currency },
    at: facts.now,
  }))
  let next: Cart = { ...cart, notices: [...cart.notices, ...notices] }
  for (const { id } of gone) {
    const removed = removeLine(next, id)
    if (removed.ok) next = removed.value
  }
  return next
}
