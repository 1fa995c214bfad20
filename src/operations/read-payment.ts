import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { PaymentId } from '../core/ids.js'
import type { Payment } from '../core/payments/payment.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** One payment attempt; `payment_not_found` also where its order is not the caller's. */
export async function readPayment(deps: Deps, caller: Caller, input: { readonly id: PaymentId }): Answer<Payment> {
  const payment = await deps.storage.payments.read({ id: input.id })
  const order = payment === undefined ? undefined : await deps.storage.orders.read({ id: payment.orderId })
  if (payment === undefined || order === undefined || !mayReachOrder(caller, order, 'payments:read')) {
    return refuse({ code: 'payment_not_found' })
  }
  return ok(payment)
}
