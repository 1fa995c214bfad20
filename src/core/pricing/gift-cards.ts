import type { Cart } from '../cart/cart.js'
import { codeKey } from '../cart/code-key.js'
import type { Minor } from '../money.js'
import { least } from './amounts.js'
import type { Facts, GiftCard } from './facts.js'
import { giftCardState, mayPayByGiftCard } from './gift-card-use.js'
import type { PricedGiftCard, PricedLine } from './priced-cart.js'
import { payByStoreCredit } from './store-credit.js'

/** Lets each gift card, in the order of adding, pay what it may of what is left to pay; then the owner's store credit. */
export function payByGiftCard(
  cart: Cart,
  facts: Facts,
  lines: readonly Pick<PricedLine, 'kind' | 'item'>[],
  grandTotal: Minor,
): readonly PricedGiftCard[] {
  const isAllowed = mayPayByGiftCard(lines.map(({ item }) => item))
  const seen = new Set<string>()
  let left = grandTotal
  const cards = cart.giftCards.map(use => {
    const card = facts.giftCards.get(codeKey(use.code))
    if (card === undefined || seen.has(card.code)) return unknownCard(use.code)
    seen.add(card.code)
    const about = { code: use.code, integerId: card.integerId, name: card.name }
    const amounts = { initial: card.initial, balance: card.balance }
    const status = statusOf(card, cart, facts, isAllowed)
    if (status !== 'applied') return { ...about, ...amounts, status, used: 0n, remaining: card.balance }
    const used = least(card.balance, left, use.limit ?? left)
    left -= used
    return { ...about, ...amounts, status, used, remaining: card.balance - used }
  })
  return [...cards, ...payByStoreCredit(cart, facts, isAllowed, left)]
}

function unknownCard(code: string): PricedGiftCard {
  return { code, integerId: 0, name: '', status: 'unknown', initial: 0n, balance: 0n, used: 0n, remaining: 0n }
}

/** Gift cards buy neither gift certificates nor subscriptions. */
function statusOf(card: GiftCard, cart: Cart, facts: Facts, isAllowed: boolean): PricedGiftCard['status'] {
  const state = giftCardState(card, facts.now)
  if (state !== 'valid') return state
  if (card.currency !== '' && card.currency !== cart.currency) return 'other_currency'
  if (card.balance <= 0n) return 'empty'
  return isAllowed ? 'applied' : 'not_allowed'
}
