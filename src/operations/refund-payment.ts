import type { Caller } from '../core/access/caller.js'
import type { PaymentId } from '../core/ids.js'
import type { Minor } from '../core/money.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { takePaymentStep } from './take-payment-step.js'

/**
 * Gives money back: all that is left or `amount`, once per `refundKey`. The order stands; stock does not come back.
 * Needs `payments:write`.
 */
export async function refundPayment(
  deps: Deps,
  caller: Caller,
  input: { readonly id: PaymentId; readonly amount?: Minor; readonly refundKey: string },
): Answer<OrderView> {
  const { id, amount, refundKey: key } = input
  return takePaymentStep(deps, caller, id, { kind: 'refund', key, ...(amount === undefined ? {} : { amount }) })
}
