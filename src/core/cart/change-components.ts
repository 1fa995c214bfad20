import type { CheckoutError } from '../errors.js'
import type { LineItemId } from '../ids.js'
import { limits } from '../limits.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart } from './cart.js'
import { type ComponentUse, componentLinesOf, componentsOf, compositionFault, linesOfComponents } from './components.js'
import type { DecisionContext } from './decision.js'
import { hasPrice, nextSequence, removeLine, setQuantity } from './line-items.js'

/**
 * Puts a line together from these components instead of its own. A component that stays keeps its line; each costs its own
 * price. Refused: what the goods do not have or is not sold here (`option_not_found`), and numbers of pieces that the goods
 * do not allow (`quantity_invalid`).
 */
export function setComponents(
  cart: Cart,
  lineItemId: LineItemId,
  wanted: readonly ComponentUse[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const line = cart.lineItems.find(item => item.id === lineItemId)
  if (line === undefined) return refuse({ code: 'line_not_found', lineItemId })
  const variant = context.facts.variants.get(line.sku)
  if (variant === undefined) return refuse({ code: 'product_not_found', sku: line.sku })
  const fault = compositionFault(variant, wanted)
  if (fault !== undefined) return refuse(fault)
  const unsold = wanted.find(use => !isSold(cart, use, context) && !isHeld(componentsOf(cart, line), use))
  if (unsold !== undefined) return refuse({ code: 'option_not_found', sku: line.sku, option: unsold.sku })
  let next: Result<Cart, CheckoutError> = ok(cart)
  const fresh: ComponentUse[] = [...wanted]
  for (const child of componentLinesOf(cart, lineItemId)) {
    if (!next.ok) return next
    const place = fresh.findIndex(use => use.group === child.componentOf && use.sku === child.sku)
    const [kept] = place < 0 ? [] : fresh.splice(place, 1)
    next =
      kept === undefined
        ? removeLine(next.value, child.id)
        : setQuantity(next.value, child.id, kept.quantity * line.quantity, context, 'composed')
  }
  if (!next.ok || fresh.length === 0) return next
  const { lineItems } = next.value
  if (lineItems.length + fresh.length > limits.linesPerCart) {
    return refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerCart })
  }
  const added = linesOfComponents(line, fresh, nextSequence(next.value), context)
  const lastSequence = added.at(-1)?.sequence ?? nextSequence(next.value)
  return ok({ ...next.value, lineItems: [...lineItems, ...added], lastSequence })
}

function isHeld(uses: readonly ComponentUse[], { group, sku }: ComponentUse): boolean {
  return uses.some(use => use.group === group && use.sku === sku)
}

function isSold({ channel, currency, priceMode }: Cart, { sku }: ComponentUse, { facts }: DecisionContext): boolean {
  const variant = facts.variants.get(sku)
  return variant?.isActive === true && hasPrice(variant.prices, channel, currency, priceMode)
}
