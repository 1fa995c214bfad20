import type { TaxProtocol } from '../../../operations/operations.js'
import { settingsOf } from '../settings.js'
import { readTaxAnswer } from './tax-answer.js'
import { renderTaxRequest } from './tax-request.js'

/** The platform's protocol of outside tax services, for channels whose account has configured one. */
export const taxProtocol: TaxProtocol = {
  endpointOf(channel) {
    if (channel.settings.vtex === undefined) return undefined
    const { taxConfiguration } = settingsOf(channel).orderForm
    if (taxConfiguration === null) return undefined
    const { url, authorizationHeader, appId } = taxConfiguration
    if (url === null || url === '') return undefined
    return {
      url,
      ...(authorizationHeader === null || authorizationHeader === '' ? {} : { authorization: authorizationHeader }),
      ...(appId === null || appId === '' ? {} : { customDataApp: appId }),
    }
  },
  request: question => JSON.stringify(renderTaxRequest(question)),
  read: readTaxAnswer,
}
