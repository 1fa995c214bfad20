import { z } from 'zod'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CardToPayBy, TenderForDraft } from '../../../operations/operations.js'
import { problemOf } from '../errors.js'
import { invalid, type Problem } from '../problem.js'

const cardSchema = z.object({
  type: z.literal('card'),
  number: z.string(),
  cardholder_name: z.string().nullish(),
  expiry_month: z.int().min(1).max(12),
  expiry_year: z.int(),
  verification_value: z.string().nullish(),
})
const storedCardSchema = z.object({
  type: z.literal('stored_card'),
  token: z.string().length(64),
  verification_value: z.string().min(3).max(4).nullish(),
})
const certificateSchema = z.object({
  type: z.literal('gift_certificate'),
  gift_certificate_code: z.string().trim().min(1).max(50),
})

/** The body of a payment. Source: bigcommerce-process_payments.yml. */
export const paymentSchema = z.object({
  payment: z.object({
    payment_method_id: z.string(),
    instrument: z.union([cardSchema, storedCardSchema, z.looseObject({ type: z.string() })]).nullish(),
    save_instrument: z.boolean().nullish(),
  }),
})
type Wanted = z.output<typeof paymentSchema>['payment']

/** What a payment names: money that was paid earlier, a card, or a method that needs nothing more. */
export type ChosenPayment =
  | { readonly tender: TenderForDraft['tender'] }
  | { readonly method: string; readonly card: CardToPayBy }
  | { readonly method: string }

/** Which of them a body names; what is no instrument that its method takes is refused (10001). */
export function chosenPayment(wanted: Wanted, offersOffline: boolean): Result<ChosenPayment, Problem> {
  const { payment_method_id: id, instrument } = wanted
  if (id.startsWith('offline.') && offersOffline) return ok({ method: id.slice('offline.'.length) })
  if (id === 'bigcommerce.store_credit') return ok({ tender: 'store_credit' })
  if (id === 'bigcommerce.gift_certificate') {
    const certificate = certificateSchema.safeParse(instrument)
    if (certificate.success) return ok({ tender: { giftCardCode: certificate.data.gift_certificate_code } })
    return refuse({ ...invalid({ 'payment.instrument.gift_certificate_code': 'required' }), paymentCode: 10_001 })
  }
  if (!id.endsWith('.card')) return refuse(problemOf({ code: 'payment_method_unknown', method: id }))
  const card = chosenCard(wanted)
  if (card !== undefined) return ok({ method: id.slice(0, -'.card'.length), card })
  return refuse({ ...invalid({ 'payment.instrument': 'must be a card' }), paymentCode: 10_001 })
}

/** One that the customer stored, or one that may be stored once it has paid. */
function chosenCard({ instrument, save_instrument: keeps }: Wanted): CardToPayBy | undefined {
  const stored = storedCardSchema.safeParse(instrument)
  if (stored.success) {
    const { token, verification_value: securityCode } = stored.data
    return { kind: 'stored', token, ...(typeof securityCode === 'string' ? { securityCode } : {}) }
  }
  const card = cardSchema.safeParse(instrument)
  if (!card.success) return undefined
  const { number, cardholder_name, expiry_month, expiry_year, verification_value } = card.data
  return {
    kind: 'given',
    instrument: {
      number,
      expiryMonth: expiry_month,
      expiryYear: expiry_year,
      ...(typeof cardholder_name === 'string' ? { holder: cardholder_name } : {}),
      ...(typeof verification_value === 'string' ? { securityCode: verification_value } : {}),
    },
    ...(keeps === true ? { keeps: { isDefault: false } } : {}),
  }
}
