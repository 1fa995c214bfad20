import type { ErrorOf } from '../errors.js'
import type { Instant } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { GiftCard } from './facts.js'

type WhyNot = ErrorOf<
  'gift_card_disabled' | 'gift_card_expired' | 'gift_card_currency' | 'gift_card_empty' | 'invalid_input'
>

/** Whether a gift card may be used at all now. */
export function giftCardState(card: GiftCard, now: Instant): 'valid' | 'disabled' | 'expired' {
  if (!card.isActive || (card.startsAt !== undefined && now < card.startsAt)) return 'disabled'
  return card.expiresAt !== undefined && now >= card.expiresAt ? 'expired' : 'valid'
}

/** Why this amount cannot be taken off the card; undefined where it can. */
export function whyNotSpendable(
  card: GiftCard,
  amount: Minor,
  currency: CurrencyCode,
  now: Instant,
): WhyNot | undefined {
  const giftCardCode = card.code
  const state = giftCardState(card, now)
  if (state === 'disabled') return { code: 'gift_card_disabled', giftCardCode }
  if (state === 'expired') return { code: 'gift_card_expired', giftCardCode }
  if (card.currency !== '' && card.currency !== currency) return { code: 'gift_card_currency', giftCardCode }
  if (amount <= 0n) return { code: 'invalid_input', field: 'amount', rule: 'positive' }
  return card.balance < amount ? { code: 'gift_card_empty', giftCardCode } : undefined
}
