import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import { type Minor, sumOf } from '../../../core/money.js'
import type { Order } from '../../../core/orders/order.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import { transactionIdOf } from '../order-token.js'
import { paymentSystemOf } from '../render/payment-data.js'

/** Why payments are not taken. */
export type PaymentsFault =
  | 'unreadable'
  /** Of another transaction. */
  | 'transaction'
  /** Not the amounts, methods or installments that the order was placed with. */
  | 'value'

const amount = z.union([z.int(), z.string().regex(/^\d{1,15}$/)]).transform(BigInt)
const text = z.union([z.string().max(255), z.number()]).transform(String)

const fields = z
  .object({
    holderName: text.nullish(),
    cardNumber: text.nullish(),
    validationCode: text.nullish(),
    dueDate: text.nullish(),
  })
  .nullish()

const payment = z.object({
  paymentSystem: text,
  value: amount,
  referenceValue: amount.nullish(),
  installments: z
    .union([z.int(), z.string().regex(/^\d{1,3}$/)])
    .transform(Number)
    .nullish(),
  fields,
  transaction: z.object({ id: z.string().max(64) }).nullish(),
  groupName: z.string().nullish(),
  group: z.string().nullish(),
})

type SentPayment = z.output<typeof payment>

const sentPayments = z.array(payment).min(1).max(50)

/**
 * What the gateway needs for each payment of the order, in its order. Card data in it is handed on and nowhere kept.
 * Gift cards are spent when an order is placed: entries about them are passed over.
 * Source: dialects/vtex.md 3.28.
 */
export function readPayments(
  body: unknown,
  order: Pick<Order, 'id' | 'snapshot'>,
): Result<readonly Readonly<Record<string, Json>>[], PaymentsFault> {
  const parsed = sentPayments.safeParse(body)
  if (!parsed.success) return refuse('unreadable')
  const sent = parsed.data.filter(entry => !isGiftCard(entry))
  const transactionId = transactionIdOf(order.id)
  const isOther = sent.some(({ transaction }) => (transaction?.id ?? transactionId).toUpperCase() !== transactionId)
  if (isOther) return refuse('transaction')
  const left = [...sent]
  const instruments: Readonly<Record<string, Json>>[] = []
  for (const { selection, method, amount: due, interest } of order.snapshot.payments) {
    if (due + interest === 0n) {
      instruments.push({})
      continue
    }
    const wanted = { method: paymentSystemOf(method), value: due + interest, installments: selection.installments ?? 1 }
    const taken = takeMatching(left, wanted)
    if (taken === undefined) return refuse('value')
    instruments.push(instrumentOf(taken))
  }
  return left.length === 0 ? ok(instruments) : refuse('value')
}

/** A payment may be sent in several entries, one per merchant: the first one that has card data speaks for all. */
function takeMatching(
  left: SentPayment[],
  wanted: { readonly method: string; readonly value: Minor; readonly installments: number },
): SentPayment | undefined {
  const fits = ({ paymentSystem, installments }: SentPayment) =>
    paymentSystem === wanted.method && (installments ?? wanted.installments) === wanted.installments
  const whole = left.find(entry => fits(entry) && entry.value === wanted.value)
  const group = whole === undefined ? left.filter(fits) : [whole]
  if (sumOf(group.map(entry => entry.value)) !== wanted.value) return undefined
  for (const entry of group) left.splice(left.indexOf(entry), 1)
  return group.find(entry => entry.fields !== undefined && entry.fields !== null) ?? group[0]
}

function isGiftCard({ group, groupName }: SentPayment): boolean {
  return [group, groupName].some(name => name?.startsWith('giftCard') === true)
}

/** The card in the gateway's neutral words; `dueDate` is mm/yy or mm/yyyy. */
function instrumentOf({ fields: sent }: SentPayment): Readonly<Record<string, Json>> {
  if (sent === undefined || sent === null) return {}
  const [month = '', year = ''] = (sent.dueDate ?? '').split('/').map(part => part.trim())
  return {
    ...(given(sent.cardNumber) ? { number: sent.cardNumber } : {}),
    ...(given(sent.holderName) ? { holder: sent.holderName } : {}),
    ...(given(sent.validationCode) ? { securityCode: sent.validationCode } : {}),
    ...(month === '' && year === '' ? {} : { expiryMonth: month, expiryYear: year }),
  }
}

function given(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== ''
}
