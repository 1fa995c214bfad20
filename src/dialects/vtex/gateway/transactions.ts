import { hasPermission } from '../../../core/access/permissions.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { wordRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { orderIdOfTransaction } from '../order-token.js'
import { gatewayPaymentIdOf, renderGatewayPayment, renderGatewayTransaction } from '../render/gateway-transaction.js'
import type { VtexRequest } from '../request.js'

const unknownTransaction: VtexError = { status: 404, code: 'CHK0169', message: 'Invalid transaction' }
const unknownPayment: VtexError = { status: 404, code: 'CHK0169', message: 'Invalid payment' }

/**
 * GET /api/pvt/transactions/{transactionId}: 200, the transaction of an order, for keys that may read orders. 401 ORD062
 * without a key, 403 CHK003 without the right, 404 CHK0169.
 */
export async function getTransaction(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const found = await find(request, operations)
  if ('code' in found) return respondError(found)
  return respondJson(renderGatewayTransaction(found.order, found.payments, request.settings))
}

/** GET /api/pvt/transactions/{transactionId}/payments: 200, all its payments. Errors as for the transaction. */
export async function listTransactionPayments(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const found = await find(request, operations)
  if ('code' in found) return respondError(found)
  const { order, payments } = found
  return respondJson(payments.map(payment => renderGatewayPayment(order, payment, request.settings)))
}

/** GET /api/pvt/transactions/{transactionId}/payments/{paymentId}: 200, one of them. Errors as for the transaction. */
export async function getTransactionPayment(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const found = await find(request, operations)
  if ('code' in found) return respondError(found)
  const wanted = (request.params.paymentId ?? '').toUpperCase()
  const payment = found.payments.find(one => gatewayPaymentIdOf(one) === wanted)
  if (payment === undefined) return respondError(unknownPayment)
  return respondJson(renderGatewayPayment(found.order, payment, request.settings))
}

async function find(request: VtexRequest, operations: Operations): Promise<OrderView | VtexError> {
  const { identity, caller, params } = request
  if (identity.kind !== 'key') return fixed.unauthorized
  if (!hasPermission(caller, 'orders:read')) return fixed.accessDenied
  const id = orderIdOfTransaction(params.transactionId ?? '')
  const found = id === undefined ? undefined : await operations.readOrder(caller, { id })
  if (found === undefined) return unknownTransaction
  if (found.ok) return found.value
  return found.error.code === 'order_not_found' ? unknownTransaction : wordRefusal(found.error)
}
