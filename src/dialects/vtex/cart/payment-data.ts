import type { GiftCardUse, PaymentSelection } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Json } from '../../../core/ids.js'
import { limits } from '../../../core/limits.js'
import type { Minor } from '../../../core/money.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, type VtexError } from '../answer.js'
import { type Fields, isObject, isTrue, objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { extrasOf } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { parseAmount } from '../money.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'

interface SentPayment {
  readonly system: number
  readonly amount: Minor
  readonly installments: number
  readonly data: Readonly<Record<string, Json>>
}

interface SentGiftCard {
  readonly use: GiftCardUse
  readonly kept: Readonly<Record<string, Json>>
}

/**
 * POST .../attachments/paymentData: 200, payments and gift cards instead of those before. 400 CHK0152 for a system that is
 * not offered, ORD020 without an amount, CHK0019 for a number of installments that is not offered, CHK0106 for too many gift cards. A gift card that cannot
 * pay is told by a message.
 */
export async function setPaymentData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const payments = readPayments(body.payments)
  if (!payments.ok) return respondError(payments.error)
  const giftCards = readGiftCards(body.giftCards)
  if (!giftCards.ok) return respondError(giftCards.error)
  const codes = (giftCards.value ?? []).map(({ use }) => use.code)
  return changeOrderForm(request, operations, desk => chosen(desk, payments.value, giftCards.value), { codes })
}

function chosen(
  desk: EditDesk,
  payments: readonly SentPayment[] | undefined,
  giftCards: readonly SentGiftCard[] | undefined,
): Result<EditDesk, CheckoutError> {
  const carded = giftCards === undefined ? ok(desk) : desk.edit(giftCardEdits(desk, giftCards))
  if (!carded.ok || payments === undefined) return carded
  const priced = carded.value.price()
  const selections: Omit<PaymentSelection, 'id'>[] = []
  const due = priced.totals.amountDue
  for (const { system, amount, installments, data } of payments) {
    const method = priced.paymentMethods.find(one => one.integerId === system)
    // Nothing is left to pay: clients still send what they had.
    if (method === undefined && due === 0n) continue
    if (method === undefined) return refuseWith(fixed.invalidPaymentSystem)
    const counts = method.installments?.map(({ count }) => count) ?? [1]
    if (!counts.includes(installments)) return refuseWith(fixed.installmentsMissing)
    selections.push({ method: method.id, amount, installments, data })
  }
  return carded.value.edit([{ kind: 'fill_in', changes: { payments: fitted(selections, due) } }])
}

/** Payments above the total are cut to it, the last ones first; one that covers it all follows it from now on. */
function fitted(
  selections: readonly Omit<PaymentSelection, 'id'>[],
  due: Minor,
): readonly Omit<PaymentSelection, 'id'>[] {
  const [only] = selections
  if (only !== undefined && selections.length === 1 && (only.amount ?? due) >= due) {
    const { amount: _whole, ...rest } = only
    return [rest]
  }
  let left = due
  return selections.flatMap(selection => {
    const wanted = selection.amount ?? left
    const isWithin = wanted < left
    const amount = isWithin ? wanted : left
    left -= amount
    return amount === 0n && due > 0n ? [] : [{ ...selection, amount }]
  })
}

function giftCardEdits({ cart }: EditDesk, sent: readonly SentGiftCard[]): readonly CartEdit[] {
  const giftCards = Object.fromEntries(sent.map(({ use, kept }) => [use.code, kept]))
  const vtex = { ...extrasOf(cart), giftCards }
  return [
    { kind: 'set_gift_cards', cards: sent.map(({ use }) => use) },
    { kind: 'fill_in', changes: { extras: { vtex } } },
  ]
}

function readPayments(value: unknown): Result<readonly SentPayment[] | undefined, VtexError> {
  if (value === undefined || value === null) return ok(undefined)
  const entries = objectsOf(value)
  if (entries === undefined || entries.length > paymentsAtMost) return refuse(fixed.badRequest)
  const payments: SentPayment[] = []
  for (const entry of entries) {
    const system = wholeOf(entry.paymentSystem)
    if (system === undefined) return refuse(fixed.invalidPaymentSystem)
    const amount = parseAmount(entry.referenceValue)
    if (amount === undefined) return refuse(fixed.invalidPayment)
    const installments =
      entry.installments === undefined || entry.installments === null ? 1 : wholeOf(entry.installments)
    if (installments === undefined) return refuse(fixed.installmentsMissing)
    payments.push({ system, amount, installments, data: keptData(entry) })
  }
  return ok(payments)
}

const paymentsAtMost = 20

/** What a client wants to see again; never a card number. */
function keptData(entry: Fields): Readonly<Record<string, Json>> {
  const kept = ['accountId', 'tokenId', 'bin'] as const
  return Object.fromEntries(
    kept.flatMap(name => {
      const text = textOf(entry[name])
      const isCard = text !== undefined && /^\d{9,}$/.test(text.replace(/[\s-]/g, ''))
      return text === undefined || isCard || text.length > 128 ? [] : [[name, text]]
    }),
  )
}

function readGiftCards(value: unknown): Result<readonly SentGiftCard[] | undefined, VtexError> {
  if (value === undefined || value === null) return ok(undefined)
  const entries = objectsOf(value)
  if (entries === undefined) return refuse(fixed.badRequest)
  if (entries.length > limits.giftCardsPerCart) return refuse(fixed.tooManyGiftCards)
  const cards: SentGiftCard[] = []
  for (const entry of entries) {
    const code = textOf(entry.redemptionCode)
    if (code === undefined || code.length > 128) return refuse(fixed.invalidPayment)
    if (entry.inUse === false) continue
    const limit = parseAmount(entry.value)
    const id = textOf(entry.id)
    const provider = textOf(entry.provider)
    cards.push({
      use: { code, ...(limit === undefined || limit === 0n ? {} : { limit }) },
      kept: {
        ...(id === undefined || id.length > 128 ? {} : { id }),
        ...(provider === undefined || provider.length > 128 ? {} : { provider }),
        ...(isTrue(entry.isSpecialCard) ? { isSpecialCard: true } : {}),
      },
    })
  }
  return ok(cards)
}

/** POST .../paymentAccount/{accountId}/remove: 200, payments by that saved card leave the cart. */
export async function removePaymentAccount(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeOrderForm(request, operations, desk => {
    const payments = desk.cart.payments.filter(({ data }) => data?.accountId !== request.params.accountId)
    if (payments.length === desk.cart.payments.length) return ok(desk)
    return desk.edit([{ kind: 'fill_in', changes: { payments: payments.map(({ id: _id, ...rest }) => rest) } }])
  })
}
