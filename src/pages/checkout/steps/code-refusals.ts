import type { CheckoutError } from '../../../core/errors.js'
import type { Words } from '../words/en.js'

/** Why a code cannot be used, as the shopper who typed it is told. */
export function wordCodeRefusal(error: CheckoutError, typed: string, { errors, notice }: Words): string {
  const { code: words } = errors
  if (typed === '') return words.missing
  switch (error.code) {
    case 'coupon_expired':
    case 'gift_card_expired':
      return words.expired(typed)
    case 'coupon_not_started':
      return words.notStarted(typed)
    case 'coupon_used_up':
      return words.usedUp(typed)
    case 'coupon_not_applicable':
    case 'gift_card_currency':
    case 'gift_card_not_allowed':
      return words.notApplicable(typed)
    case 'coupon_beaten':
      return words.beaten(typed)
    case 'coupon_present':
    case 'gift_card_present':
      return words.present(typed)
    case 'coupons_full':
    case 'gift_cards_full':
      return words.full
    case 'gift_card_empty':
      return words.empty(typed)
    case 'too_many_attempts':
      return notice.tooMany
    case 'busy':
      return notice.busy
    default:
      return words.unknown(typed)
  }
}
