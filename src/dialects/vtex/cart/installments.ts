import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, respondJson } from '../answer.js'
import { wholeOf } from '../body.js'
import { respondRefusal } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { toWire } from '../money.js'
import { renderContextOf } from '../order-form-answer.js'
import { renderInstallments } from '../render/payment-data.js'
import type { CartRequest } from '../request.js'
import { editNamedCart } from './change.js'

/**
 * GET .../installments?paymentSystem=: 200, the plans of one system; 400 CHK0203 without the parameter, CHK0152 where the
 * cart cannot be paid with it.
 */
export async function getInstallments(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const wanted = wholeOf(request.query.get('paymentSystem') ?? undefined)
  if (wanted === undefined) return respondError(fixed.wrongType('paymentSystem', 'integer'))
  const view = await editNamedCart(request, operations, desk => ({ ok: true, value: desk }), { isRead: true })
  if (!view.ok) return respondRefusal(view.error)
  const context = await renderContextOf(request, operations, view.value)
  const { priced } = context
  const method = priced.lines.length === 0 ? undefined : priced.paymentMethods.find(one => one.integerId === wanted)
  if (method === undefined) return respondError(fixed.noInstallments)
  return respondJson({
    paymentSystem: wanted,
    bin: null,
    paymentName: null,
    paymentGroupName: null,
    value: toWire(priced.totals.amountDue),
    ...renderInstallments(method, context),
  })
}
