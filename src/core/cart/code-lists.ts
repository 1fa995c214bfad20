import type { CheckoutError } from '../errors.js'
import { limits } from '../limits.js'
import { priceCart } from '../pricing/price-cart.js'
import type { PricedCoupon, PricedGiftCard } from '../pricing/priced-cart.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, GiftCardUse, Notice } from './cart.js'
import { codeKey } from './code-key.js'
import type { DecisionContext } from './decision.js'
import { withNotices } from './problem-notices.js'
import { isUsedAccount, withoutStoreCredit } from './store-credit.js'

/** Codes that stay on the cart though they take nothing off now. */
const kept: readonly PricedCoupon['status'][] = ['applied', 'not_applicable', 'beaten']

/** Each once, in order, as it was first typed. */
function distinct(codes: readonly string[]): readonly string[] {
  return [...new Map(codes.map(code => [codeKey(code), code] as const)).values()]
}

/**
 * The cart with these codes instead of its own. A code that is unknown, over or used up is left out, with a notice; one
 * whose promotion does not apply, or that a better one beats, stays.
 */
export function setCouponCodes(
  cart: Cart,
  codes: readonly string[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const wanted = distinct(codes)
  const { max, whenFull } = context.facts.channel.policy.coupons
  const room = Math.min(max, limits.couponsPerCart)
  if (wanted.length > room && whenFull === 'refuse') return refuse({ code: 'coupons_full', maximum: room })
  const couponCodes = wanted
    .slice(Math.max(0, wanted.length - room))
    .map(code => context.facts.coupons.get(codeKey(code))?.code ?? code)
  const priced = priceCart({ ...cart, couponCodes }, context.facts).coupons
  const isKept = (code: string) => kept.includes(priced.find(one => one.code === code)?.status ?? 'unknown')
  const notices = priced
    .filter(one => !kept.includes(one.status))
    .map(
      (one): Notice => ({
        code: one.status === 'expired' ? 'coupon_expired' : 'coupon_invalid',
        level: 'warning',
        data: { code: one.code, reason: one.status },
        at: context.facts.now,
      }),
    )
  const known = couponCodes.filter(isKept)
  const before = withoutNotices(cart, ['coupon_invalid', 'coupon_expired'], known)
  return ok(withNotices({ ...before, couponCodes: known }, notices))
}

/**
 * The cart with these gift cards instead of its own, each to pay at most its limit. One that cannot pay, or is not needed
 * since others cover everything, is left out, with a notice. The owner's store credit, which clients see among them, stays
 * where it is named again.
 */
export function setGiftCardUses(
  cart: Cart,
  cards: readonly GiftCardUse[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const isCredit = (card: GiftCardUse) => isUsedAccount(cart, card.code)
  const before = cards.some(isCredit) ? cart : withoutStoreCredit(cart)
  const others = cards.filter(card => !isCredit(card))
  const wanted = [...new Map(others.map(card => [codeKey(card.code), card] as const)).values()]
  const room = Math.min(context.facts.channel.policy.giftCards.max, limits.giftCardsPerCart)
  if (wanted.length > room) return refuse({ code: 'gift_cards_full', maximum: room })
  const uses = wanted.map(card => ({
    ...card,
    code: context.facts.giftCards.get(codeKey(card.code))?.code ?? card.code,
  }))
  const priced = priceCart({ ...before, giftCards: uses }, context.facts).giftCards.slice(0, uses.length)
  const faults = priced.map(faultOf)
  const notices = priced.flatMap((card, index): readonly Notice[] => {
    const reason = faults[index]
    if (reason === undefined) return []
    return [{ code: 'gift_card_invalid', level: 'error', data: { code: card.code, reason }, at: context.facts.now }]
  })
  const giftCards = uses.filter((_, index) => faults[index] === undefined)
  const codes = giftCards.map(({ code }) => code)
  return ok(withNotices({ ...withoutNotices(before, ['gift_card_invalid'], codes), giftCards }, notices))
}

/** What was said of these codes before, and holds no longer. */
function withoutNotices(cart: Cart, kinds: readonly Notice['code'][], codes: readonly string[]): Cart {
  const good = new Set(codes.map(codeKey))
  const notices = cart.notices.filter(({ code, data }) => !(kinds.includes(code) && good.has(codeKey(data.code ?? ''))))
  return notices.length === cart.notices.length ? cart : { ...cart, notices }
}

function faultOf({ status, used }: PricedGiftCard): string | undefined {
  if (status !== 'applied') return status
  return used > 0n ? undefined : 'unused'
}
