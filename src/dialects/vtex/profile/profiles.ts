import type { Operations, Profile } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { renderAddress } from '../address.js'
import { respondError, respondJson } from '../answer.js'
import { fixed } from '../fixed-errors.js'
import { maskAddress } from '../mask.js'
import { hasFullAccess } from '../order-form-answer.js'
import { isComplete, renderUserProfile } from '../render/client-profile.js'
import type { VtexRequest } from '../request.js'

const plausibleEmail = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/
const longestEmail = 255

/**
 * GET /api/checkout/pub/profiles: 200, the profile of an e-mail address, masked for strangers; empty where there is none,
 * or an incomplete one unless `ensureComplete=false`. 400 `CHK0131` for what is no e-mail address.
 */
export async function getProfile(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const email = (request.query.get('email') ?? '').trim()
  if (email.length > longestEmail || !plausibleEmail.test(email)) return respondError(fixed.invalidEmail)
  const found = await operations.findProfile(request.caller, { email })
  const takesIncomplete = request.query.get('ensureComplete') === 'false'
  const isShown = found !== undefined && (takesIncomplete || isComplete(found.customer))
  return respondJson(isShown ? renderProfile(found, request) : nobody)
}

const nobody = {
  userProfileId: null,
  profileProvider: null,
  availableAccounts: [],
  availableAddresses: [],
  userProfile: null,
  isComplete: false,
}

function renderProfile({ customer, isOwn }: Profile, request: VtexRequest) {
  const isMasked = !isOwn && !hasFullAccess(request)
  const hidesState = request.settings.orderForm.maskStateOnAddress === true
  const addresses = customer.addresses.map(address => renderAddress({ ...address, isDisposable: false }))
  return {
    userProfileId: customer.id,
    profileProvider: 'VTEX',
    availableAccounts: [],
    availableAddresses: isMasked ? addresses.map(address => maskAddress(address, hidesState)) : addresses,
    userProfile: renderUserProfile(customer, isMasked),
    isComplete: isComplete(customer),
  }
}
