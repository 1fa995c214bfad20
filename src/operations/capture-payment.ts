import type { Caller } from '../core/access/caller.js'
import type { PaymentId } from '../core/ids.js'
import type { Minor } from '../core/money.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { takePaymentStep } from './take-payment-step.js'

/** Takes money that is reserved for a confirmed order: all of it or `amount`, once. Needs `payments:write`. */
export async function capturePayment(
  deps: Deps,
  caller: Caller,
  input: { readonly id: PaymentId; readonly amount?: Minor },
): Answer<OrderView> {
  const { id, amount } = input
  return takePaymentStep(deps, caller, id, { kind: 'capture', ...(amount === undefined ? {} : { amount }) })
}
