import type { Channel } from '../../../core/catalog/channel.js'
import { readOutInteger } from '../../../core/orders/order-number.js'
import type { KnownGiftCard } from '../../../operations/operations.js'
import { toText } from '../money.js'
import { mailTime } from '../time.js'

/** A gift certificate itself, as v2 shows it. One that came with a store file knows nobody. Source: dialects/bigcommerce.md 3.9. */
export function giftCertificate({ card, details, state }: KnownGiftCard, channel: Channel) {
  // A card without a currency holds the same number in each.
  const currency = card.currency === '' ? channel.currency : card.currency
  return {
    id: card.integerId,
    to_name: details?.recipient.name ?? '',
    to_email: details?.recipient.email ?? '',
    from_name: details?.sender.name ?? '',
    from_email: details?.sender.email ?? '',
    amount: toText(card.initial, currency),
    balance: toText(card.balance, currency),
    code: card.code,
    status: statusOf({ card, state, ...(details === undefined ? {} : { details }) }),
    purchase_date: details === undefined ? '' : mailTime(details.purchasedAt),
    expiry_date: card.expiresAt === undefined ? '' : mailTime(card.expiresAt),
    template: details?.design ?? 'general.html',
    message: details?.message ?? '',
    customer_id: details?.customerIntegerId ?? 0,
    order_id: details?.order === undefined ? 0 : readOutInteger(details.order),
    currency_code: currency,
  }
}

function statusOf({ details, state }: KnownGiftCard): 'active' | 'pending' | 'disabled' | 'expired' {
  if (state === 'valid') return 'active'
  if (state === 'expired') return 'expired'
  return details?.isPending === true ? 'pending' : 'disabled'
}
