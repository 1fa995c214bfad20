import type { Instant } from '../ids.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import type { Cart } from './cart.js'
import { withNotices } from './problem-notices.js'

/**
 * The cart with what an outside provider said of its taxes, so that nobody is asked again before something changes. A
 * failure is told once, and taken back when it is over. The same cart object where nothing is new.
 */
export function withKeptTaxes(cart: Cart, priced: PricedCart, now: Instant): Cart {
  const { taxQuote } = priced
  if (taxQuote === cart.taxQuote) return cart
  const { taxQuote: _former, ...rest } = cart
  const notices = cart.notices.filter(({ code }) => code !== 'taxes_unknown')
  const bare: Cart = { ...rest, notices: notices.length === cart.notices.length ? cart.notices : notices }
  if (taxQuote === undefined) return bare
  const kept = { ...bare, taxQuote }
  if (taxQuote.fault === undefined) return kept
  return withNotices(kept, [{ code: 'taxes_unknown', level: 'error', data: { reason: taxQuote.fault }, at: now }])
}
