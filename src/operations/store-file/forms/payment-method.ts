import { z } from 'zod'
import type { ChannelId, Json } from '../../../core/ids.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { channelOf, type FieldsOf, form, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import { writePercentage } from '../write-amounts.js'
import * as written from '../written.js'

export const paymentMethodSchema = z.strictObject({
  id: written.code,
  integerId: written.integerId,
  name: written.name,
  providerName: written.name,
  provider: written.name,
  paymentKind: z.enum(['invoice', 'check', 'cash_on_delivery', 'bank_transfer', 'card', 'free', 'gift_card', 'other']),
  position: written.wholeNumber.default(0),
  isActive: z.boolean().default(true),
  requiredData: z.array(written.name).default([]),
  enforcesRequiredData: z.boolean().default(false),
  installments: z
    .array(z.strictObject({ count: written.positiveNumber, interestRate: written.percentage }))
    .exactOptional(),
  instructions: written.text.exactOptional(),
  storedCards: z.strictObject({ requiresSecurityCode: z.boolean().default(false) }).exactOptional(),
} satisfies FieldsOf<PaymentMethod, 'kind'>)

type Written = z.output<typeof paymentMethodSchema>

/** A way to pay in one channel. In a file its kind is called `paymentKind`: `kind` says what an entry is. */
export function paymentMethodRecord(
  channel: ChannelId,
  { paymentKind, ...rest }: Written,
  path: Path,
  reading: Reading,
): StoreRecord {
  reading.usesProvider(rest.provider, [...path, 'provider'])
  return { kind: 'payment_method', channel, value: { ...rest, kind: paymentKind } }
}

export const paymentMethodForm = form(
  paymentMethodSchema.extend({ channel: written.code }),
  ({ channel, ...method }, reading) => {
    channelOf(channel, ['channel'], reading)
    return [paymentMethodRecord(channel, method, [], reading)]
  },
)

export function writePaymentMethod({ installments, kind, ...rest }: PaymentMethod): Readonly<Record<string, Json>> {
  const value = { ...rest, paymentKind: kind }
  if (installments === undefined) return value
  return {
    ...value,
    installments: installments.map(one => ({ count: one.count, interestRate: writePercentage(one.interestRate) })),
  }
}
