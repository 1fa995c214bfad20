import type { CheckoutError } from '../errors.js'
import type { PromotionId, Sku } from '../ids.js'
import type { Facts } from '../pricing/facts.js'
import { choiceAllowance } from '../pricing/gift-allowance.js'
import { priceCart } from '../pricing/price-cart.js'
import type { GiftChoice, GrantedGift, PricedCart } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
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
  const given = (priced.gifts ?? []).filter(gift => isToBeHad(cart, gift, context.facts))
  const isHeld = (gift: GrantedGift) =>
    cart.lineItems.some(line => isGiftOf(line, gift) && line.quantity === gift.quantity)
  const isAllowed = choiceAllowance(priced.giftChoices ?? [])
  const isChosen = (line: LineItem) => isAllowed(line) && isToBeHad(cart, line, context.facts)
  const kept = cart.lineItems.filter(
    line =>
      line.giftOf === undefined ||
      given.some(gift => isGiftOf(line, gift) && line.quantity === gift.quantity) ||
      isChosen(line),
  )
  const missing = given.filter(gift => !isHeld(gift))
  if (kept.length === cart.lineItems.length && missing.length === 0) return { cart, priced }
  const next = withGiftLines({ ...cart, lineItems: kept }, missing, context)
  return { cart: next, priced: priceCart(next, context.facts) }
}

/** What the shopper chooses of a promotion's gifts. */
export interface ChosenGift {
  readonly sku: Sku
  readonly quantity: number
}

/**
 * The cart with these gifts of a promotion instead of those that were chosen of it before. Refused: what its list does not
 * have or nobody has any longer, and more pieces than it gives.
 */
export function chooseGifts(
  cart: Cart,
  promotionId: PromotionId,
  chosen: readonly ChosenGift[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const choice = priceCart(cart, context.facts).giftChoices?.find(one => one.promotionId === promotionId)
  if (choice === undefined) return refuse({ code: 'invalid_input', field: 'promotionId', rule: 'offers no choice' })
  const bare = { ...cart, lineItems: cart.lineItems.filter(line => !isOfChoice(line, choice)) }
  const wrong = chosen.find(gift => !choice.skus.includes(gift.sku) || !isToBeHad(bare, gift, context.facts))
  if (wrong !== undefined) return refuse({ code: 'product_not_found', sku: wrong.sku })
  const quantity = chosen.reduce((sum, gift) => sum + gift.quantity, 0)
  if (chosen.some(gift => !Number.isInteger(gift.quantity) || gift.quantity < 1) || quantity > choice.quantity) {
    return refuse({ code: 'quantity_invalid', quantity, minimum: 0, maximum: choice.quantity })
  }
  const isSame = chosen.every(gift =>
    cart.lineItems.some(line => isOfChoice(line, choice) && line.sku === gift.sku && line.quantity === gift.quantity),
  )
  const isUnchanged = isSame && cart.lineItems.length === bare.lineItems.length + chosen.length
  return ok(
    isUnchanged
      ? cart
      : withGiftLines(
          bare,
          chosen.map(gift => ({ ...gift, promotionId })),
          context,
        ),
  )
}

function isOfChoice(line: LineItem, { promotionId, skus }: GiftChoice): boolean {
  return line.giftOf === promotionId && skus.includes(line.sku)
}

function withGiftLines(cart: Cart, gifts: readonly GrantedGift[], context: DecisionContext): Cart {
  const added = giftLines(cart, gifts, context)
  const lastSequence = added.at(-1)?.sequence ?? cart.lastSequence
  return {
    ...cart,
    lineItems: [...cart.lineItems, ...added],
    ...(lastSequence === undefined ? {} : { lastSequence }),
  }
}

function isGiftOf(line: LineItem, gift: GrantedGift): boolean {
  return line.giftOf === gift.promotionId && line.sku === gift.sku
}

/** Pieces that the shopper pays for come first. */
function isToBeHad(cart: Cart, gift: ChosenGift, { variants, stock, giftStock }: Facts): boolean {
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
