import type { CheckoutError } from '../errors.js'
import type { LineItemId } from '../ids.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, LineItem } from './cart.js'
import { componentLinesOf } from './components.js'
import type { DecisionContext } from './decision.js'
import { nextSequence } from './line-items.js'

/**
 * The line becomes as many lines, in its place; each takes its pieces of the components along, and they stay where they
 * are sent to.
 *
 * @returns `quantity_invalid` unless the parts are pieces that add up to the line's, and for a component alone
 */
export function splitLine(
  cart: Cart,
  lineItemId: LineItemId,
  quantities: readonly number[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const item = cart.lineItems.find(line => line.id === lineItemId)
  if (item === undefined) return refuse({ code: 'line_not_found', lineItemId })
  const wrong = quantities.find(quantity => !Number.isInteger(quantity) || quantity < 1)
  const sum = quantities.reduce((total, quantity) => total + quantity, 0)
  if (wrong !== undefined || sum !== item.quantity || item.componentOf !== undefined) {
    return refuse({ code: 'quantity_invalid', quantity: wrong ?? sum, minimum: 1, maximum: item.quantity })
  }
  const hanging = componentLinesOf(cart, lineItemId)
  if (cart.lineItems.length + (quantities.length - 1) * (1 + hanging.length) > limits.linesPerCart) {
    return refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerCart })
  }
  let sequence = nextSequence(cart) - 1
  const partsOf = (line: LineItem, pieces: readonly number[], parents: readonly LineItem[] = []) =>
    pieces.map((quantity, index): LineItem => {
      if (index > 0) sequence += 1
      const parent = parents[index]
      const own = { ...line, id: context.newId(), sequence: index === 0 ? line.sequence : sequence, quantity }
      return parent === undefined ? { ...own, separate: context.newId() } : { ...own, parent: parent.id }
    })
  const whole = partsOf(item, quantities)
  const parts = new Map<LineItemId, readonly LineItem[]>([[lineItemId, whole]])
  for (const line of hanging) {
    const perPiece = Math.floor(line.quantity / item.quantity)
    const pieces = quantities.map(quantity => quantity * perPiece)
    parts.set(line.id, partsOf(line, pieces, whole))
  }
  return ok({
    ...cart,
    lastSequence: sequence,
    lineItems: cart.lineItems.flatMap(line => parts.get(line.id) ?? [line]),
    consignments: cart.consignments.map(consignment => ({
      ...consignment,
      items: consignment.items.flatMap(
        entry => parts.get(entry.lineItemId)?.map(({ id, quantity }) => ({ lineItemId: id, quantity })) ?? [entry],
      ),
    })),
  })
}
