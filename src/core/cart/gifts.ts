import type { Facts } from '../pricing/facts.js'
import { priceCart } from '../pricing/price-cart.js'
import type { GrantedGift, PricedCart } from '../pricing/priced-cart.js'
import type { Cart, LineItem } from './cart.js'
import type { DecisionContext } from './decision.js'
import { nextSequence } from './line-items.js'

/** A cart that holds the gifts it has earned, and its figures. */
export interface CartWithGifts {
  readonly cart: Cart
  readonly priced: PricedCart
}

/**
 * Prices the cart and brings its free gifts into line: those that a promotion grants are added, those that none grants
 * any longer leave. A gift that is sold out or unknown is left out, also one that was there when it was promised: else
 * the cart could never be ordered. The same cart object where nothing changed, so that a cart without gifts is priced
 * once.
 */
export function priceWithGifts(cart: Cart, context: DecisionContext): CartWithGifts {
  const priced = priceCart(cart, context.facts)
  const granted = priced.gifts ?? []
  const given = granted.filter(gift => isToBeHad(cart, gift, context.facts))
  const isHeld = (gift: GrantedGift) =>
    cart.lineItems.some(line => isGiftOf(line, gift) && line.quantity === gift.quantity)
  const kept = cart.lineItems.filter(
    line => line.giftOf === undefined || given.some(gift => isGiftOf(line, gift) && line.quantity === gift.quantity),
  )
  const missing = given.filter(gift => !isHeld(gift))
  if (kept.length === cart.lineItems.length && missing.length === 0) return { cart, priced }
  const added = giftLines(cart, missing, context)
  const lastSequence = added.at(-1)?.sequence ?? cart.lastSequence
  const next: Cart = {
    ...cart,
    lineItems: [...kept, ...added],
    ...(lastSequence === undefined ? {} : { lastSequence }),
  }
  return { cart: next, priced: priceCart(next, context.facts) }
}

function isGiftOf(line: LineItem, gift: GrantedGift): boolean {
  return line.giftOf === gift.promotionId && line.sku === gift.sku
}

/** Pieces that the shopper pays for come first. */
function isToBeHad(cart: Cart, gift: GrantedGift, { variants, stock, giftStock }: Facts): boolean {
  if (variants.get(gift.sku)?.isActive !== true) return false
  const known = stock ?? giftStock
  if (known === undefined) return true
  const bought = cart.lineItems.reduce(
    (sum, line) => (line.sku === gift.sku && line.giftOf === undefined ? sum + line.quantity : sum),
    0,
  )
  return (known.get(gift.sku) ?? 0) - bought >= gift.quantity
}

function giftLines(cart: Cart, gifts: readonly GrantedGift[], { facts, newId }: DecisionContext): readonly LineItem[] {
  const first = nextSequence(cart)
  return gifts.map((gift, index) => ({
    id: newId(),
    sequence: first + index,
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
