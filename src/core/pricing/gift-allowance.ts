import type { LineItem } from '../cart/cart.js'
import type { GiftChoice, GrantedGift } from './priced-cart.js'

type Gift = Pick<LineItem, 'giftOf' | 'sku' | 'quantity'>

/**
 * Tells line by line, in the order in which they are asked about, whether a promotion leaves the shopper to choose it: one
 * of its list, and no more pieces than may be had altogether.
 */
export function choiceAllowance(choices: readonly GiftChoice[]): (line: Gift) => boolean {
  const left = new Map<string, number>(choices.map(({ promotionId, quantity }) => [promotionId, quantity]))
  return ({ giftOf = '', sku, quantity }) => {
    const isListed = choices.some(({ promotionId, skus }) => promotionId === giftOf && skus.includes(sku))
    const rest = left.get(giftOf) ?? 0
    if (!isListed || rest < quantity) return false
    left.set(giftOf, rest - quantity)
    return true
  }
}

/** As `choiceAllowance`, for all that promotions give away. */
export function giftAllowance(gifts: readonly GrantedGift[], choices: readonly GiftChoice[]): (line: Gift) => boolean {
  const keyOf = (promotionId: string, sku: string) => JSON.stringify([promotionId, sku])
  const left = new Map<string, number>()
  for (const { promotionId, sku, quantity } of gifts) {
    const key = keyOf(promotionId, sku)
    left.set(key, quantity + (left.get(key) ?? 0))
  }
  const isChosen = choiceAllowance(choices)
  return line => {
    const key = keyOf(line.giftOf ?? '', line.sku)
    const granted = left.get(key) ?? 0
    left.set(key, granted - line.quantity)
    return granted >= line.quantity || isChosen(line)
  }
}
