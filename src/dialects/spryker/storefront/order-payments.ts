import type { Json } from '../../../core/ids.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondOne } from '../json-api.js'
import { endpoint, refused } from '../request.js'
import { type Fields, isObject, notBlank, optional, required, text } from '../validation.js'

const fields: Fields = {
  paymentIdentifier: optional(text),
  dataPayload: required(notBlank),
}

/**
 * POST /order-payments: hands in what the payment page gave back. 201, also for a repeated payload, which pays nothing
 * twice; 404 for an identifier that no order or payment has; 422 with code 2401 where the payload proves nothing.
 * The identifier is the order reference or a payment's id. Source: dialects/spryker.md 3.10.
 */
export const postOrderPayment = endpoint(
  { type: 'order-payments', identity: 'none', place: 'order-payments', fields },
  async (request, operations) => {
    const { paymentIdentifier, dataPayload } = request.attributes
    if (typeof paymentIdentifier !== 'string' || paymentIdentifier === '') {
      return respondErrors(request, [fixed.paymentNotUpdated])
    }
    const payload = payloadOf(dataPayload)
    if (payload === undefined) return respondErrors(request, [fixed.paymentNotUpdated])
    const confirmed = await operations.confirmPayment(request.caller, { order: paymentIdentifier, payload })
    if (!confirmed.ok) return refused(request, confirmed.error)
    return respondOne(
      request,
      {
        type: 'order-payments',
        id: paymentIdentifier,
        attributes: { paymentIdentifier, dataPayload: null },
      },
      { status: 201 },
    )
  },
)

/** The payload is an object; some clients wrap it in a list of one. */
function payloadOf(value: unknown): Json | undefined {
  const payload: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  return isObject(payload) ? (payload as Json) : undefined
}
