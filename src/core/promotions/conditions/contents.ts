import { selects } from '../line-selector.js'
import type { Condition } from '../promotion.js'
import type { CartFacts, ConditionOf, MissedBound } from './cart-facts.js'

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

/** The bound that a subtotal misses; undefined where none is meant in its currency. */
export function missedBound(
  { atLeast, atMost }: ConditionOf<'subtotal', Condition>,
  { cart: { currency }, subtotal }: CartFacts,
): MissedBound | undefined {
  const [least, most] = [atLeast?.[currency], atMost?.[currency]]
  if (least !== undefined && subtotal < least) return { side: 'below', amount: { minor: least, currency } }
  return most !== undefined && subtotal > most ? { side: 'above', amount: { minor: most, currency } } : undefined
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
