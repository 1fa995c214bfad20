import type { Facts } from '../pricing/facts.js'
import { priceCart } from '../pricing/price-cart.js'
import type { GrantedGift, PricedCart } from '../pricing/priced-cart.js'
import type { Cart, LineItem } from './cart.js'
import type { DecisionContext } from './decision.js'

/** A cart that holds the gifts it has earned, and its figures. */
export interface CartWithGifts {
  readonly cart: Cart
  readonly priced: PricedCart
}

/**
 * Prices the cart and brings its free gifts into line: those that a promotion grants are added, those that none grants
 * any longer leave. A gift that is sold out or unknown is left out. The same cart object where nothing
 * changed, so that a cart without gifts is priced once.
 */
export function priceWithGifts(cart: Cart, context: DecisionContext): CartWithGifts {
  const priced = priceCart(cart, context.facts)
  const granted = priced.gifts ?? []
  const isHeld = (gift: GrantedGift) =>
    cart.lineItems.some(line => isGiftOf(line, gift) && line.quantity === gift.quantity)
  const kept = cart.lineItems.filter(
    line => line.giftOf === undefined || granted.some(gift => isGiftOf(line, gift) && line.quantity === gift.quantity),
  )
  const missing = granted.filter(gift => !isHeld(gift))
  const given = missing.filter(gift => isToBeHad(gift, context.facts))
  if (kept.length === cart.lineItems.length && given.length === 0) return { cart, priced }
  const next: Cart = { ...cart, lineItems: [...kept, ...giftLines(kept, given, context)] }
  return { cart: next, priced: priceCart(next, context.facts) }
}

function isGiftOf(line: LineItem, gift: GrantedGift): boolean {
  return line.giftOf === gift.promotionId && line.sku === gift.sku
}

function isToBeHad(gift: GrantedGift, { variants, stock }: Facts): boolean {
  const variant = variants.get(gift.sku)
  return variant?.isActive === true && (stock === undefined || (stock.get(gift.sku) ?? 0) >= gift.quantity)
}

function giftLines(
  lines: readonly LineItem[],
  gifts: readonly GrantedGift[],
  { facts, newId }: DecisionContext,
): readonly LineItem[] {
  const highest = lines.reduce((sequence, line) => Math.max(sequence, line.sequence), 0)
  return gifts.map((gift, index) => ({
    id: newId(),
    sequence: highest + index + 1,
    sku: gift.sku,
    seller: facts.variants.get(gift.sku)?.seller ?? '',
    quantity: gift.quantity,
    options: [],
    origin: { kind: 'catalog' },
    attachments: [],
    isGift: true,
    giftOf: gift.promotionId,
    addedAt: facts.now,
  }))
}
