import type { Caller } from '../core/access/caller.js'
import type { PaymentId } from '../core/ids.js'
import type { Deps } from './deps.js'
import type { Answer, OrderView } from './operations.js'
import { takePaymentStep } from './take-payment-step.js'

/** Gives a reservation or an unfinished attempt up. What was taken is refunded instead. Needs `payments:write`. */
export async function voidPayment(deps: Deps, caller: Caller, input: { readonly id: PaymentId }): Answer<OrderView> {
  return takePaymentStep(deps, caller, input.id, { kind: 'void' })
}
