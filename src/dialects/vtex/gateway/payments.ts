import type { Caller } from '../../../core/access/caller.js'
import type { OrderId } from '../../../core/ids.js'
import { ok } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondEmpty, respondError, type VtexError } from '../answer.js'
import { refuseWith, respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { orderIdOfTransaction } from '../order-token.js'
import type { VtexRequest } from '../request.js'
import { type PaymentsFault, readPayments } from './payments-input.js'

const unknownTransaction: VtexError = { status: 404, code: 'CHK0169', message: 'Invalid transaction' }
const inactive: VtexError = {
  status: 500,
  code: 'CHK0115',
  message: 'Current transaction is inactive and cannot be processed',
}

const faults: Readonly<Record<PaymentsFault, VtexError>> = {
  unreadable: fixed.invalidPayment,
  transaction: unknownTransaction,
  value: fixed.invalidPaymentValue,
}

/**
 * POST /api/pub/transactions/{transactionId}/payments and its other paths: 201, the payments of an order that waits for
 * them; sending them again changes nothing. Card data goes to the gateway, and is neither kept nor logged. 404 CHK0169 for
 * an unknown transaction, 400 CHK0154 for other amounts, ORD020 for what is no payment, 500 CHK0115 once it is over.
 */
export async function sendTransactionPayments(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const id = orderIdOfTransaction(request.params.transactionId ?? '')
  if (id === undefined) return respondError(unknownTransaction)
  return send(request, operations, id)
}

/** POST /split/{orderGroup}/payments: the same, by the number of the order group. */
export async function sendGroupPayments(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const [first] = Array.isArray(request.body) ? request.body : []
  const named: unknown = first?.transaction?.id
  const id = typeof named === 'string' ? orderIdOfTransaction(named) : undefined
  if (id === undefined) return respondError(unknownTransaction)
  return send(request, operations, id)
}

/** A transaction's id is random and known to whoever placed the order: it is the right to pay for it. */
async function send(request: VtexRequest, operations: Operations, id: OrderId): Promise<WireResponse> {
  const groups = [request.params.orderGroup, request.query.get('orderId') ?? ''].filter(group => group)
  const { baseUrl, clientAddress } = request.wire
  const caller: Caller = { kind: 'anonymous', heldOrders: [id], seesMasked: true }
  const sent = await operations.sendPayments(caller, {
    id,
    clientAddress,
    plan: order => {
      if (groups.some(group => group !== order.number)) return refuseWith(unknownTransaction)
      if (order.status === 'canceled') return refuseWith(inactive)
      const instruments = readPayments(request.body, order)
      if (!instruments.ok) return refuseWith(faults[instruments.error])
      const returnUrl = `${baseUrl}/checkout/gatewayCallback/${encodeURIComponent(order.number)}/Success`
      return ok({ instruments: instruments.value, returnUrl })
    },
  })
  // What a gateway thinks of a card is told when the order is finished: clients look for it there.
  if (sent.ok || sent.error.code === 'payment_declined') return respondEmpty(201)
  switch (sent.error.code) {
    case 'order_not_found':
      return respondError(unknownTransaction)
    case 'order_state':
      return respondError(inactive)
    default:
      return respondRefusal(sent.error)
  }
}
