import { respondJson } from '../answers.js'
import { respondError, respondRefusal } from '../errors.js'
import { endpoint } from '../request.js'
import { applicationError } from '../wix-error.js'
import { renderMember } from './render-member.js'

/**
 * GET /members/v1/members/my: the logged-in member. 200 with `member`, all of whose fields are the member's own to see;
 * 401, also once the account is gone; 403 for everybody else. Source: dialects/wix.md 1.3.
 */
export const getMyMember = endpoint({ place: 'member', scopes: [] }, async (call, operations) => {
  const { identity, caller, wire } = call
  if (identity.kind !== 'member') {
    return respondError(wire, applicationError(403, 'PERMISSION_DENIED', 'No member is logged in.'))
  }
  const member = await operations.readCustomer(caller, { id: identity.id })
  return member.ok
    ? respondJson(wire, { member: renderMember(member.value) })
    : respondRefusal(wire, member.error, call.place)
})
