import { unreachable } from '../assert.js'
import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import type { Minor } from '../money.js'
import type { GiftCard } from '../pricing/facts.js'
import { mayPayByGiftCard, whyNotUsable } from '../pricing/gift-card-use.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCoupon } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart } from './cart.js'
import { codeKey } from './code-key.js'
import type { DecisionContext } from './decision.js'
import { isUsedAccount, withoutStoreCredit } from './store-credit.js'

/**
 * Adds a coupon code that takes something off this very cart; one that does not apply is refused, not stored, unless
 * `idle` says to keep it until it does. A full cart refuses or replaces the oldest code, by the channel's policy.
 */
export function addCoupon(
  cart: Cart,
  code: string,
  context: DecisionContext,
  idle: 'refuse' | 'keep' = 'refuse',
): Result<Cart, CheckoutError> {
  const coupon = context.facts.coupons.get(codeKey(code))
  if (coupon === undefined) return refuse({ code: 'coupon_unknown', couponCode: code })
  if (cart.couponCodes.some(present => codeKey(present) === codeKey(code))) {
    return refuse({ code: 'coupon_present', couponCode: code })
  }
  const { max, whenFull } = context.facts.channel.policy.coupons
  const room = Math.min(max, limits.couponsPerCart)
  const isFull = cart.couponCodes.length >= room
  // Where there is room for none, no place is to be had by taking one off.
  if (isFull && (whenFull === 'refuse' || room === 0)) return refuse({ code: 'coupons_full', maximum: room })
  const kept = cart.couponCodes.slice(Math.max(0, cart.couponCodes.length - (room - 1)))
  const changed: Cart = { ...cart, couponCodes: [...kept, coupon.code] }
  const outcome = priceCart(changed, context.facts).coupons.find(priced => codeKey(priced.code) === codeKey(code))
  if (outcome === undefined) return refuse({ code: 'coupon_unknown', couponCode: code })
  const isIdle = outcome.status === 'not_applicable' || outcome.status === 'beaten'
  const fault = idle === 'keep' && isIdle ? undefined : couponFault(outcome)
  return fault === undefined ? ok(changed) : refuse(fault)
}

/** Why a coupon does nothing; undefined when it applies. */
export function couponFault(coupon: PricedCoupon): CheckoutError | undefined {
  const couponCode = coupon.code
  switch (coupon.status) {
    case 'applied':
      return undefined
    case 'unknown':
      return { code: 'coupon_unknown', couponCode }
    case 'expired':
      return { code: 'coupon_expired', couponCode, ...(coupon.endsAt === undefined ? {} : { endedAt: coupon.endsAt }) }
    case 'not_started':
      return { code: 'coupon_not_started', couponCode }
    case 'used_up':
      return {
        code: 'coupon_used_up',
        couponCode,
        ...(coupon.isUsedUpByCustomer === true ? { isByCustomer: true } : {}),
      }
    case 'beaten':
      return { code: 'coupon_beaten', couponCode }
    case 'not_applicable':
      return {
        code: 'coupon_not_applicable',
        couponCode,
        ...(coupon.condition === undefined ? {} : { condition: coupon.condition }),
        ...(coupon.bound === undefined ? {} : { bound: coupon.bound }),
      }
    default:
      return unreachable(coupon.status)
  }
}

/** Takes a coupon code off. */
export function removeCoupon(cart: Cart, code: string): Result<Cart, CheckoutError> {
  const couponCodes = cart.couponCodes.filter(present => codeKey(present) !== codeKey(code))
  if (couponCodes.length === cart.couponCodes.length) return refuse({ code: 'coupon_absent', couponCode: code })
  return ok({ ...cart, couponCodes })
}

/** Lets a gift card pay a part. Its money is held when the order is placed, not now. */
export function addGiftCard(
  cart: Cart,
  code: string,
  limit: Minor | undefined,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const card = context.facts.giftCards.get(codeKey(code))
  const fault = giftCardFault(cart, code, card, context)
  if (fault !== undefined) return refuse(fault)
  const { max, whenFull } = context.facts.channel.policy.giftCards
  const room = Math.min(max, limits.giftCardsPerCart)
  if (cart.giftCards.length >= room && (whenFull === 'refuse' || room === 0)) {
    return refuse({ code: 'gift_cards_full', maximum: room })
  }
  const kept = cart.giftCards.slice(Math.max(0, cart.giftCards.length - (room - 1)))
  const use = { code: card?.code ?? code, ...(limit === undefined ? {} : { limit }) }
  return ok({ ...cart, giftCards: [...kept, use] })
}

/**
 * Adds a code of either kind: a gift card where one has it, else a coupon. Where nothing is in the cart, a gift card is
 * refused as a coupon is: one field takes both, and a code that does nothing is not stored.
 */
export function addCode(cart: Cart, code: string, context: DecisionContext): Result<Cart, CheckoutError> {
  if (!context.facts.giftCards.has(codeKey(code))) return addCoupon(cart, code, context)
  return cart.lineItems.length === 0 ? refuse({ code: 'cart_empty' }) : addGiftCard(cart, code, undefined, context)
}

function giftCardFault(
  cart: Cart,
  code: string,
  card: GiftCard | undefined,
  { facts }: DecisionContext,
): CheckoutError | undefined {
  const giftCardCode = code
  if (card === undefined) return { code: 'gift_card_unknown', giftCardCode }
  const unusable = whyNotUsable(card, giftCardCode, cart.currency, facts.now)
  if (unusable !== undefined) return unusable
  if (card.balance <= 0n) return { code: 'gift_card_empty', giftCardCode }
  if (cart.giftCards.some(use => codeKey(use.code) === codeKey(code)))
    return { code: 'gift_card_present', giftCardCode }
  return mayPayByGiftCard(cart.lineItems) ? undefined : { code: 'gift_card_not_allowed', giftCardCode }
}

/** Takes a gift card off; by the name of the owner's store credit, that. */
export function removeGiftCard(cart: Cart, code: string): Result<Cart, CheckoutError> {
  if (isUsedAccount(cart, code)) return ok(withoutStoreCredit(cart))
  const giftCards = cart.giftCards.filter(use => codeKey(use.code) !== codeKey(code))
  if (giftCards.length === cart.giftCards.length) return refuse({ code: 'gift_card_absent', giftCardCode: code })
  return ok({ ...cart, giftCards })
}
