import { ok } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondEmpty, respondError, respondText } from '../answer.js'
import { isObject, wholeOf } from '../body.js'
import { respondRefusal } from '../errors.js'
import type { VtexRequest } from '../request.js'
import { keyFault } from './key-fault.js'

const resource = 'Save OrderForm Configuration'
const longestDays = 31

/** GET /api/checkout/pvt/configuration/window-to-change-seller: 200, the number of days as text. */
export async function getWindow(request: VtexRequest): Promise<WireResponse> {
  const fault = keyFault(request, resource)
  return fault === undefined ? respondText(200, String(request.settings.windowToChangeSeller)) : respondError(fault)
}

/**
 * POST /api/checkout/pvt/configuration/window-to-change-seller `{waitingTime}`: 201 without a body. How many days after
 * its placing the seller of an order may be changed (`allowChangeSeller` of orders). 400 `ORD040` unless it is 0 to 31.
 */
export async function setWindow(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const fault = keyFault(request, resource)
  if (fault !== undefined) return respondError(fault)
  const days = isObject(request.body) ? wholeOf(request.body.waitingTime) : undefined
  if (days === undefined || days < 0 || days > longestDays) {
    return respondError({ status: 400, code: 'ORD040', message: 'The waiting time is invalid' })
  }
  const saved = await operations.changeChannelSettings(request.caller, {
    channel: request.channel.id,
    name: 'vtex',
    change: settings => ok({ ...settings, windowToChangeSeller: days }),
  })
  return saved.ok ? respondEmpty(201) : respondRefusal(saved.error)
}
