import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import { toDecimal } from '../../../core/money.js'
import type { GiftCard } from '../../../core/pricing/facts.js'
import { isStoreCredit } from '../../../core/pricing/store-credit.js'
import { channelOf, type FieldsOf, form, minorOf, mustFollow } from '../form.js'
import * as written from '../written.js'

/** What a card's currency is when it holds the same number in every currency; its amount is written with two digits. */
const EVERY_CURRENCY = ''
const TWO_DIGITS = 'EUR'

const giftCardSchema = z.strictObject({
  code: written.code.refine(code => !isStoreCredit(code), 'is how accounts of store credit are called'),
  integerId: written.integerId,
  name: written.name,
  channels: z.array(written.code).min(1, 'must name at least one channel'),
  currency: written.currency.exactOptional(),
  amount: written.amount,
  isActive: z.boolean().default(true),
  startsAt: written.instant.exactOptional(),
  expiresAt: written.instant.exactOptional(),
} satisfies FieldsOf<GiftCard, 'initial' | 'balance'>)

export const giftCardForm = form(giftCardSchema, ({ channels, amount, currency, ...rest }, reading) => {
  channels.forEach((id, index) => {
    channelOf(id, ['channels', index], reading)
  })
  mustFollow({ start: rest.startsAt, end: rest.expiresAt }, ['expiresAt'], reading)
  const initial = minorOf(amount, currency ?? TWO_DIGITS, ['amount'], reading)
  return [{ kind: 'gift_card', channels, value: { ...rest, currency: currency ?? EVERY_CURRENCY, initial } }]
})

export function writeGiftCard(
  channels: readonly string[],
  { initial, currency, ...rest }: Omit<GiftCard, 'balance'>,
): Readonly<Record<string, Json>> {
  return {
    ...rest,
    channels,
    ...(currency === EVERY_CURRENCY ? {} : { currency }),
    amount: toDecimal(initial, currency === EVERY_CURRENCY ? TWO_DIGITS : currency),
  }
}
