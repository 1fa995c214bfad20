import type { CheckoutError } from '../errors.js'
import type { LineItemId } from '../ids.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, LineItem } from './cart.js'

/** A line by its id, or by what makes it up (a dialect's own key). */
export type LineRef = { readonly id: LineItemId } | { readonly matches: (line: LineItem) => boolean }

/** The line that `ref` names. */
export function findLine(cart: Cart, ref: LineRef): Result<LineItem, CheckoutError> {
  const line = 'id' in ref ? cart.lineItems.find(item => item.id === ref.id) : cart.lineItems.find(ref.matches)
  return line === undefined ? refuse({ code: 'line_not_found', lineItemId: 'id' in ref ? ref.id : '' }) : ok(line)
}
