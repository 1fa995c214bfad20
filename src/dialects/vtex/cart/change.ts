import type { CheckoutError } from '../../../core/errors.js'
import type { Result } from '../../../core/result.js'
import type { CartView, EditCart, EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondRefusal } from '../errors.js'
import { type AnswerOptions, answerOrderForm } from '../order-form-answer.js'
import type { CartRequest } from '../request.js'

/** A pure change of a cart; may run more than once. */
export type Plan = (desk: EditDesk) => Result<EditDesk, CheckoutError>

/** Changes the cart that the path names by a plan, and answers the orderForm as it is then. */
export async function changeOrderForm(
  request: CartRequest,
  operations: Operations,
  plan: Plan,
  needs: Pick<EditCart, 'skus' | 'codes' | 'isRead' | 'pricesAreOpen'> = {},
  options: AnswerOptions = {},
): Promise<WireResponse> {
  const changed = await editNamedCart(request, operations, plan, needs)
  return changed.ok ? answerOrderForm(request, operations, changed.value, options) : respondRefusal(changed.error)
}

/** Changes the cart that the path names. */
export function editNamedCart(
  request: CartRequest,
  operations: Operations,
  plan: Plan,
  needs: Pick<EditCart, 'skus' | 'codes' | 'isRead' | 'pricesAreOpen'> = {},
): Promise<Result<CartView, CheckoutError>> {
  return operations.editCart(request.caller, {
    cart: request.cart,
    ...(needs.codes === undefined ? {} : { clientAddress: request.wire.clientAddress }),
    ...needs,
    plan,
  })
}
