import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson } from '../answer.js'
import { readKey, shopperTokenSeconds } from '../auth.js'
import { isObject, textOf } from '../body.js'
import type { VtexRequest } from '../request.js'

/**
 * POST /api/vtexid/apptoken/login `{appkey, apptoken}`: 200 with a token that stands for the key for a day, sent as
 * `VtexIdclientAutCookie`; 401 `WrongCredentials` for a key that is none.
 */
export async function logInKey(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const fields = isObject(request.body) ? request.body : {}
  const [appKey, appToken] = [textOf(fields.appkey), textOf(fields.apptoken)]
  const key = appKey === undefined || appToken === undefined ? undefined : await readKey(appKey, appToken, operations)
  if (key === undefined) return respondJson({ authStatus: 'WrongCredentials' }, { status: 401 })
  const token = await operations.issueCredential({
    kind: 'session',
    subject: key.keyId,
    dialect: 'vtex',
    permissions: key.permissions,
    data: { appKey: key.keyId, scopes: [...key.resources] },
    ttlSeconds: shopperTokenSeconds,
  })
  const expires = Math.floor(Date.now() / 1000) + shopperTokenSeconds
  return respondJson({ authStatus: 'Success', token, expires })
}
