import { randomUUID } from 'node:crypto'
import type { Minor } from '../../core/money.js'
import { sumOf } from '../../core/money.js'
import { amountOutstanding } from '../../core/orders/amount-owed.js'
import type { Order } from '../../core/orders/order.js'
import { isSecured } from '../../core/payments/payment.js'
import { ok } from '../../core/result.js'
import type { Operations, PurchaseView } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { respondInvalid, respondJson, respondNotFound, respondUnauthorized, texts } from './errors.js'
import { type LaterPayment, laterPayments, withLaterPayments } from './extras.js'
import { parseAmount } from './money.js'
import { integerText, type Tree } from './params.js'
import { type FoundPayment, respondPayment, withPayment } from './payment-named.js'
import { offersOf } from './purchase-answer.js'
import { paymentsOf, renderPayment } from './render/payment.js'
import { refused, type SpreeRequest } from './request.js'

type Completed = PurchaseView & { readonly order: Order }

/** What a completed order still lacks, and nobody promised or reserved. */
function lackingOf({ order, payments }: Completed): Minor {
  const own = payments.filter(({ orderId }) => orderId === order.id)
  const reserved = sumOf(
    own.flatMap(({ state, captured, amount }) => (isSecured(state) && captured === 0n ? [amount] : [])),
  )
  const lacking = amountOutstanding(order, own) - reserved
  return lacking > 0n ? lacking : 0n
}

/**
 * A further payment of a completed order, such as the rest of one that was captured in part: received by hand, since a card
 * pays an order while it is walked. 201; 422 beyond what is left to pay; 401 for all but administrators.
 */
export async function addLaterPayment(
  request: SpreeRequest,
  operations: Operations,
  view: Completed,
  wanted: Tree,
): Promise<WireResponse> {
  if (!request.isAdmin) return respondUnauthorized()
  const { currency } = view.cart
  const offers = await offersOf(view, operations)
  const id = integerText(wanted.payment_method_id)
  const method = offers.paymentMethods.find(({ integerId, isActive }) => isActive && integerId === id)
  if (method === undefined) return respondNotFound()
  if (method.provider !== 'manual') return respondInvalid({ base: [texts.methodUnsupported] })
  const lacking = lackingOf(view)
  const amount = (wanted.amount ?? undefined) === undefined ? lacking : parseAmount(wanted.amount, currency)
  if (amount === undefined || amount < 0n) return respondInvalid({ amount: ['is not a number'] })
  if (view.order.status !== 'confirmed' || amount === 0n || amount > lacking) {
    return respondInvalid({ amount: [texts.isInvalid] })
  }
  const fresh: LaterPayment = {
    key: randomUUID(),
    method: method.id,
    amount,
    at: new Date().toISOString(),
    state: 'checkout',
  }
  const noted = await note(request, operations, view.order, all => [
    ...all.map(one => (isAwaited(one) ? { ...one, state: 'invalid' as const } : one)),
    fresh,
  ])
  if (!noted.ok) return refused(request, noted.error)
  const made = paymentsOf({ ...view, order: noted.value.order }, offers).find(({ later }) => later?.key === fresh.key)
  return made === undefined ? refused(request, { code: 'busy' }) : respondJson(201, renderPayment(made, currency))
}

/** The money came in. However often that is said, no more is taken down than the order lacks. */
export async function receiveLater(
  request: SpreeRequest,
  operations: Operations,
  found: FoundPayment,
): Promise<WireResponse> {
  const { view, payment } = found
  const { later } = payment
  if (view.order === undefined || later === undefined) return respondPayment(found)
  const { method, amount } = later
  const recorded = await operations.recordPayment(request.caller, { order: view.order.id, amount, method })
  if (!recorded.ok) {
    return recorded.error.code === 'payment_amount_wrong'
      ? respondInvalid({ amount: [texts.isInvalid] })
      : refused(request, recorded.error)
  }
  const { payment: paymentId } = recorded.value
  return change(request, operations, view.order, later, paymentId === undefined ? {} : { paymentId })
}

/** Nobody waits for it any longer. */
export async function dropLater(
  request: SpreeRequest,
  operations: Operations,
  found: FoundPayment,
): Promise<WireResponse> {
  const { view, payment } = found
  if (view.order === undefined || payment.later === undefined) return respondPayment(found)
  return change(request, operations, view.order, payment.later, { state: 'void' })
}

function isAwaited({ state, paymentId }: LaterPayment): boolean {
  return state === 'checkout' && paymentId === undefined
}

async function change(
  request: SpreeRequest,
  operations: Operations,
  order: Order,
  { key }: LaterPayment,
  news: Partial<LaterPayment>,
): Promise<WireResponse> {
  const noted = await note(request, operations, order, all =>
    all.map(one => (one.key === key ? { ...one, ...news } : one)),
  )
  if (!noted.ok) return refused(request, noted.error)
  return withPayment(request, operations, async found => respondPayment(found))
}

function note(
  request: SpreeRequest,
  operations: Operations,
  { id }: Order,
  edit: (all: readonly LaterPayment[]) => readonly LaterPayment[],
) {
  return operations.annotateOrder(request.caller, {
    id,
    dialect: 'spree',
    note: order => ok(withLaterPayments(order, edit(laterPayments(order)))),
  })
}
