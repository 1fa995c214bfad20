import type { Minor } from '../../../core/money.js'
import { amountOutstanding } from '../../../core/orders/amount-owed.js'
import { respondJson } from '../answers.js'
import { isPrivileged } from '../auth.js'
import { respondError, respondRefusal } from '../errors.js'
import { parseAmount } from '../money.js'
import { renderTransactions } from '../render/transactions.js'
import { endpoint, guidParam } from '../request.js'
import {
  decimal,
  type Fields,
  type JsonObject,
  list,
  object,
  objectAt,
  objectsAt,
  oneOf,
  optional,
  required,
  text,
  textAt,
  truth,
  violation,
} from '../validation.js'
import { applicationError } from '../wix-error.js'
import { refusedOrder, respondDenied } from './orders.js'

/**
 * GET /ecom/v1/payments/orders/:orderId (also /_api/ecom-payments/v1/payments/orders/:orderId): what was paid for an
 * order and what went back, gift cards included. 200 with `orderTransactions`; 403, 404 as for the order itself.
 * Source: dialects/wix.md 3.15.
 */
export const getTransactions = endpoint(
  { place: 'payment', scopes: ['ECOM.READ_TRANSACTIONS'] },
  async (call, operations) => {
    const read = await operations.readOrder(call.caller, { id: guidParam(call, 'orderId') })
    return read.ok
      ? respondJson(call.wire, { orderTransactions: renderTransactions(read.value, call.wire.baseUrl) })
      : refusedOrder(call, read.error)
  },
)

/**
 * POST /ecom/v1/payments/list-by-ids (also /_api/ecom-payments/v1/payments/list-by-ids): the same for several orders.
 * 200 with those that are there and the caller's; 403 for keys without the permission.
 */
export const listTransactions = endpoint(
  {
    place: 'payment',
    scopes: ['ECOM.READ_TRANSACTIONS'],
    fields: { orderIds: required(list(text(100, 1), { min: 1, max: 100 })) },
  },
  async (call, operations) => {
    const ids = Array.isArray(call.body.orderIds) ? call.body.orderIds.map(String) : []
    const orderTransactions: JsonObject[] = []
    for (const id of new Set(ids)) {
      const read = await operations.readOrder(call.caller, { id: id.toLowerCase() })
      if (read.ok) orderTransactions.push(renderTransactions(read.value, call.wire.baseUrl))
      else if (read.error.code === 'forbidden') return respondRefusal(call.wire, read.error, call.place)
    }
    return respondJson(call.wire, { orderTransactions })
  },
)

const paymentFields: Fields = {
  amount: required(object({ amount: required(decimal({ max: 10n ** 15n, scale: 3 })) })),
  status: optional(oneOf(['APPROVED'])),
  regularPaymentDetails: required(
    object({
      paymentMethod: optional(text(150)),
      offlinePayment: optional(truth),
      // The older place of the status: money that has not come in is no payment of ours there either.
      status: optional(oneOf(['UNDEFINED', 'APPROVED'])),
    }),
  ),
}

/**
 * POST /ecom/v1/payments/orders/:orderId/add-payment (also /_api/ecom-payments/v1/payments/orders/:orderId/add-payment):
 * money that came in elsewhere; together they may not be more than is left to pay. 200 with `orderTransactions` and
 * `paymentsIds`; 400, 403, 404, 428. Left out: gift card and membership payments, and payments that are not approved.
 * Source: dialects/wix.md 1.3; ruling 10.
 */
export const addPayments = endpoint(
  {
    place: 'payment',
    scopes: ['ECOM.MODIFY_TRANSACTIONS'],
    fields: { payments: required(list(object(paymentFields), { min: 1, max: 50 })) },
  },
  async (call, operations) => {
    const { caller, wire, body } = call
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const order = guidParam(call, 'orderId')
    const before = await operations.readOrder(caller, { id: order })
    if (!before.ok) return refusedOrder(call, before.error)
    const sent = objectsAt(body, 'payments').map(payment => readPayment(payment, before.value.order.currency))
    if (sent.some(({ amount }) => amount <= 0n)) {
      return respondError(wire, { violations: [violation('payments.amount.amount', 'DECIMAL_GT', 'must be above 0')] })
    }
    const left = amountOutstanding(before.value.order, before.value.payments)
    if (sent.reduce((sum, { amount }) => sum + amount, 0n) > left) return respondError(wire, tooMuch)
    const paymentsIds: string[] = []
    let view = before.value
    for (const { amount, method } of sent) {
      const recorded = await operations.recordPayment(caller, { order, amount, method })
      if (!recorded.ok) return respondRefusal(wire, recorded.error, call.place)
      view = recorded.value
      if (recorded.value.payment !== undefined) paymentsIds.push(recorded.value.payment)
    }
    return respondJson(wire, { orderTransactions: renderTransactions(view, wire.baseUrl), paymentsIds })
  },
)

const tooMuch = applicationError(428, 'PAYMENT_AMOUNT_EXCEEDS_BALANCE', 'The payments are more than is left to pay.')

function readPayment(payment: JsonObject, currency: string): { readonly amount: Minor; readonly method: string } {
  const amount = parseAmount(textAt(objectAt(payment, 'amount'), 'amount') ?? '', currency) ?? 0n
  return { amount, method: textAt(objectAt(payment, 'regularPaymentDetails'), 'paymentMethod') ?? 'Offline' }
}

/**
 * POST /ecom/v1/payments-collector/orders/:ecomOrderId/mark-as-paid (also below /_api/ecom-orders/v1): all that is left
 * was paid elsewhere. 200 with `{}`, also when nothing was left; 403, 404, 428 for a canceled order.
 * Source: dialects/wix.md 1.3; ruling 10.
 */
export const markAsPaid = endpoint(
  { place: 'payment', scopes: ['ECOM.MODIFY_TRANSACTIONS'] },
  async (call, operations) => {
    if (!isPrivileged(call.identity)) return respondDenied(call)
    const recorded = await operations.recordPayment(call.caller, {
      order: guidParam(call, 'ecomOrderId'),
      method: 'Offline',
    })
    return recorded.ok ? respondJson(call.wire, {}) : refusedOrder(call, recorded.error)
  },
)
