import type { Cart } from '../cart/cart.js'
import { codeKey } from '../cart/code-key.js'
import type { Minor } from '../money.js'
import type { Coupon, Facts, GiftCard, PromotionUses } from '../pricing/facts.js'
import { codeFault, isUsedUp } from '../pricing/screening.js'
import { usedAccount } from '../pricing/store-credit.js'
import type { Holds, Order } from './order.js'

/** An order that waits for its payment while its cart stays open: what it holds, the cart itself still has. */
export function isBesideItsCart({ status, keepsCartOpen }: Order): boolean {
  return status === 'pending' && keepsCartOpen === true
}

/** Whether what the standing order of this purchase holds is the cart's own: always, once the cart is frozen for it. */
export function holdsForCart(order: Order, { status }: Pick<Cart, 'status'>): boolean {
  return status !== 'open' || isBesideItsCart(order)
}

/**
 * Whether something that the cart has may be held by an order of its own. Nothing is ordered before somebody said whom to
 * write to, and so few of those carts lack anything that the others need not ask for their orders.
 */
export function mayLackOwnHolds(cart: Cart, facts: Facts): boolean {
  if (cart.status === 'open' && cart.buyer.email === undefined) return false
  return lacksPieces(cart, facts) || lacksUses(cart, facts) || lacksBalance(cart, facts)
}

function lacksPieces({ lineItems }: Cart, { stock, giftStock, variants }: Facts): boolean {
  const wanted = new Map<string, number>()
  for (const { sku, quantity } of lineItems) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  return [...wanted].some(([sku, quantity]) => {
    const pieces = stock === undefined ? giftStock?.get(sku) : (stock.get(sku) ?? 0)
    return variants.has(sku) && pieces !== undefined && pieces < quantity
  })
}

function lacksUses({ couponCodes }: Cart, facts: Facts): boolean {
  const isOver = (code: string) => {
    const coupon = facts.coupons.get(codeKey(code))
    const promotion = facts.promotions.find(({ id }) => id === coupon?.promotionId)
    return coupon !== undefined && promotion !== undefined && codeFault(coupon, promotion, facts) === 'used_up'
  }
  const counted = facts.promotionUses
  return couponCodes.some(isOver) || facts.promotions.some(one => counted?.has(one.id) === true && isUsedUp(one, facts))
}

/** What was granted as store credit is not known, so that any may be held. */
function lacksBalance(cart: Cart, facts: Facts): boolean {
  if (usedAccount(cart) !== undefined) return true
  const cards = cart.giftCards.flatMap(({ code }) => facts.giftCards.get(codeKey(code)) ?? [])
  return cards.some(({ balance, initial }) => balance < initial)
}

/**
 * The facts as if that order held nothing, for its own cart: whoever went to pay and looks or comes back finds everything
 * there.
 *
 * @param holder  by whom uses of coupons are counted now; those of another one are not the buyer's
 */
export function withOwnHolds(facts: Facts, { holds }: Pick<Order, 'holds'>, holder: string | undefined): Facts {
  const { stock, giftStock, promotionUses, storeCredit } = facts
  const isOwn = holder !== undefined && holds.couponHolder === holder
  return {
    ...facts,
    ...(stock === undefined ? {} : { stock: withPieces(stock, holds) }),
    ...(giftStock === undefined ? {} : { giftStock: withPieces(giftStock, holds) }),
    ...(promotionUses === undefined ? {} : { promotionUses: withoutUses(promotionUses, holds, isOwn) }),
    coupons: withoutCouponUses(facts.coupons, holds, isOwn),
    giftCards: withBalances(facts.giftCards, holds),
    ...(storeCredit === undefined ? {} : { storeCredit: withCredit(storeCredit, holds) }),
  }
}

function withPieces(stock: ReadonlyMap<string, number>, holds: Holds): ReadonlyMap<string, number> {
  const pieces = new Map(stock)
  for (const { sku, quantity } of holds.stock) {
    const left = pieces.get(sku)
    if (left !== undefined) pieces.set(sku, left + quantity)
  }
  return pieces
}

function withoutUses(
  counted: ReadonlyMap<string, PromotionUses>,
  { coupons }: Holds,
  isOwn: boolean,
): ReadonlyMap<string, PromotionUses> {
  const uses = new Map(counted)
  for (const id of new Set(coupons.map(({ promotionId }) => promotionId))) {
    const one = uses.get(id)
    if (one === undefined) continue
    uses.set(id, { used: less(one.used), usedByCustomer: isOwn ? less(one.usedByCustomer) : one.usedByCustomer })
  }
  return uses
}

function withoutCouponUses(
  known: ReadonlyMap<string, Coupon>,
  { coupons }: Holds,
  isOwn: boolean,
): ReadonlyMap<string, Coupon> {
  const all = new Map(known)
  for (const key of new Set(coupons.map(({ code }) => codeKey(code)))) {
    const coupon = all.get(key)
    if (coupon === undefined) continue
    const { used, usedByCustomer } = coupon
    const ofBuyer = isOwn && usedByCustomer !== undefined ? { usedByCustomer: less(usedByCustomer) } : {}
    all.set(key, { ...coupon, used: less(used), ...ofBuyer })
  }
  return all
}

function less(used: number): number {
  return Math.max(used - 1, 0)
}

/** Never more than was on the card at first: the order may have given back what it held since. */
function withBalances(known: ReadonlyMap<string, GiftCard>, holds: Holds): ReadonlyMap<string, GiftCard> {
  const cards = new Map(known)
  for (const { code, amount } of holds.giftCards) {
    const card = cards.get(codeKey(code))
    if (card === undefined || card.balance >= card.initial) continue
    const isMore = card.balance + amount > card.initial
    cards.set(codeKey(code), { ...card, balance: isMore ? card.initial : card.balance + amount })
  }
  return cards
}

function withCredit(known: ReadonlyMap<string, Minor>, { giftCards }: Holds): ReadonlyMap<string, Minor> {
  const accounts = new Map(known)
  for (const { code, amount } of giftCards) {
    const balance = accounts.get(code)
    if (balance !== undefined) accounts.set(code, balance + amount)
  }
  return accounts
}
