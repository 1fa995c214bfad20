import type { LineItem } from '../../../core/cart/cart.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'

/** The lines that a whole order named, in its order: without what goods are put together from, and without gifts. */
export function orderedLines(lines: readonly LineItem[]): readonly LineItem[] {
  return lines.filter(isOrdered)
}

/** The same with their figures. */
export function orderedPricedLines({ lines }: Pick<PricedCart, 'lines'>): readonly PricedLine[] {
  return lines.filter(({ item }) => isOrdered(item))
}

function isOrdered({ componentOf, giftOf }: LineItem): boolean {
  return componentOf === undefined && giftOf === undefined
}
