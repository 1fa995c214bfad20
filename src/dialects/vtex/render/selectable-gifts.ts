import { offeredGift } from '../../../core/pricing/offered-gift.js'
import type { GiftChoice } from '../../../core/pricing/priced-cart.js'
import { digestOf } from '../ids.js'
import type { RenderContext } from './context.js'
import { renderItem, skuIdOf } from './item.js'

/** Lists of gifts that the shopper may choose from, each by the id of its promotion. */
export function renderSelectableGifts(context: RenderContext) {
  return (context.priced.giftChoices ?? []).map(choice => ({
    id: choice.promotionId,
    availableQuantity: choice.quantity,
    availableGifts: renderGifts(choice, context),
  }))
}

function renderGifts({ promotionId, skus }: GiftChoice, context: RenderContext) {
  const { priced, facts } = context
  return skus.flatMap(sku => {
    const variant = facts.variants?.get(sku)
    if (variant?.isActive !== true) return []
    const known = facts.stock ?? facts.giftStock
    const available = known === undefined ? undefined : (known.get(sku) ?? 0)
    const line = offeredGift(priced.cart, variant, { promotionId, available })
    const isSelected = priced.lines.some(({ item }) => item.giftOf === promotionId && item.sku === sku)
    const uniqueId = digestOf({ promotionId, id: skuIdOf(line) }).toUpperCase()
    return [{ ...renderItem(line, -1, context), uniqueId, isSelected }]
  })
}
