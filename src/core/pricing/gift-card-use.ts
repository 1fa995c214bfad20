import type { LineItem } from '../cart/cart.js'
import type { ErrorOf } from '../errors.js'
import type { Instant } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { GiftCard } from './facts.js'

type Unusable = ErrorOf<'gift_card_disabled' | 'gift_card_expired' | 'gift_card_currency'>

/** Money that was paid earlier, on a card or an account, buys neither gift certificates nor subscriptions. */
export function mayPayByGiftCard(items: readonly Pick<LineItem, 'origin' | 'subscription'>[]): boolean {
  return items.every(({ origin, subscription }) => origin.kind !== 'gift_certificate' && subscription === undefined)
}

/** Whether a gift card may be used at all now. */
export function giftCardState(card: GiftCard, now: Instant): 'valid' | 'disabled' | 'expired' {
  if (!card.isActive || (card.startsAt !== undefined && now < card.startsAt)) return 'disabled'
  return card.expiresAt !== undefined && now >= card.expiresAt ? 'expired' : 'valid'
}

/**
 * Why a card pays nothing now in that currency, whatever it holds; undefined where it may.
 *
 * @param giftCardCode  as it was typed
 */
export function whyNotUsable(
  card: GiftCard,
  giftCardCode: string,
  currency: CurrencyCode,
  now: Instant,
): Unusable | undefined {
  const state = giftCardState(card, now)
  if (state === 'disabled') return { code: 'gift_card_disabled', giftCardCode }
  if (state === 'expired') return { code: 'gift_card_expired', giftCardCode }
  const isOther = card.currency !== '' && card.currency !== currency
  return isOther ? { code: 'gift_card_currency', giftCardCode } : undefined
}

/** Why this amount cannot be taken off the card; undefined where it can. */
export function whyNotSpendable(
  card: GiftCard,
  amount: Minor,
  currency: CurrencyCode,
  now: Instant,
): Unusable | ErrorOf<'gift_card_empty' | 'invalid_input'> | undefined {
  const giftCardCode = card.code
  const unusable = whyNotUsable(card, giftCardCode, currency, now)
  if (unusable !== undefined) return unusable
  if (amount <= 0n) return { code: 'invalid_input', field: 'amount', rule: 'positive' }
  return card.balance < amount ? { code: 'gift_card_empty', giftCardCode } : undefined
}
