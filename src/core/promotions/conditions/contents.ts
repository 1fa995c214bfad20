import { selects } from '../line-selector.js'
import type { Condition } from '../promotion.js'
import type { CartFacts, ConditionOf } from './cart-facts.js'

/** A currency that the bounds do not list never qualifies. */
export function subtotalHolds(condition: ConditionOf<'subtotal', Condition>, { cart, subtotal }: CartFacts): boolean {
  const { atLeast, atMost } = condition
  if (atLeast !== undefined) {
    const bound = atLeast[cart.currency]
    if (bound === undefined || subtotal < bound) return false
  }
  if (atMost !== undefined) {
    const bound = atMost[cart.currency]
    if (bound === undefined || subtotal > bound) return false
  }
  return true
}

/** Pieces of the selected lines; gifts do not count. */
export function quantityHolds(condition: ConditionOf<'quantity', Condition>, { lines }: CartFacts): boolean {
  let pieces = 0
  for (const line of lines) {
    if (line.item.giftOf === undefined && selects(condition.of, line)) pieces += line.item.quantity
  }
  return pieces >= condition.atLeast
}

/** One of the products is in the cart, and not as a gift. */
export function productsHold(condition: ConditionOf<'products', Condition>, { lines }: CartFacts): boolean {
  return lines.some(line => line.item.giftOf === undefined && condition.skus.includes(line.item.sku))
}

/** Something of one of the categories is in the cart, and not as a gift. */
export function categoriesHold(condition: ConditionOf<'categories', Condition>, { lines }: CartFacts): boolean {
  return lines.some(line => line.item.giftOf === undefined && selects({ categories: condition.categories }, line))
}
