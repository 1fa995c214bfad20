import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isBlank } from '../body.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'

/** POST .../messages/clear: 200, the orderForm without messages; 400 001 for a body that says something. */
export async function clearMessages(request: CartRequest, operations: Operations): Promise<WireResponse> {
  if (!isBlank(request.body)) return respondError(fixed.badRequest)
  return changeOrderForm(request, operations, desk => desk.edit([{ kind: 'set_notices', notices: [] }]))
}
