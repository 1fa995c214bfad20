import type { Buyer, Cart } from '../../../core/cart/cart.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, textOf } from '../body.js'
import { isEmail } from '../email.js'
import { refuseWith } from '../errors.js'
import { extrasOf, withExtras } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { hasFullAccess } from '../order-form-answer.js'
import { isComplete } from '../render/client-profile.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { changeKnowingProfiles, type ProfileOf } from './known-profiles.js'
import { buyerOf } from './order-form.js'
import { recomputed } from './recompute.js'
import { profileFault, sentBuyer } from './sent-buyer.js'

/**
 * POST .../attachments/clientProfileData: 200, the section is what was sent, completed from a stored profile of that
 * address; 400 ORD007 for an address or a phone number that is none, 403 CHK0109 for another's address, CHK003 where a
 * registered customer's data is not the caller's to change.
 */
export async function setClientProfile(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const fields = isObject(request.body) ? request.body : {}
  const email = textOf(fields.email)
  if (email === undefined || !isEmail(email)) return respondError(fixed.profileEmail)
  const fault = profileFault(fields)
  if (fault !== undefined) return respondError(fault)
  const profile = await operations.findProfile(request.caller, { email })
  const isShopper = request.identity.kind === 'shopper'
  if (isShopper && profile !== undefined && !profile.isOwn) return respondError(fixed.emailOfAnother)
  const own = profile !== undefined && (profile.isOwn || hasFullAccess(request))
  return changeKnowingProfiles(
    request,
    operations,
    (desk, profileOf) => {
      const { cart } = desk
      const guarded = guardedEmail(request, cart, profileOf)
      if (guarded !== undefined && email.toLowerCase() !== guarded.toLowerCase()) return refuseWith(fixed.accessDenied)
      const known = extrasOf(cart).ignoreProfileData !== true ? profile?.customer : undefined
      // A profile that lacks something cannot stand for what a stranger leaves out, and is not shown to them either.
      const loads = known !== undefined && (own || isComplete(known)) ? known : undefined
      const isStranger = loads !== undefined && !own
      const stored: Buyer = loads === undefined ? {} : buyerOf(loads)
      const sent = sentBuyer(fields, cart.buyer.email === email ? { ...stored, ...cart.buyer } : stored)
      const { customerId: _id, ...person } = stored
      // A stranger may name a registered customer, not describe one.
      const buyer: Buyer = isStranger ? { ...person, email, profileId: loads.id } : { ...person, ...sent, email }
      const identified = own && loads !== undefined ? { ...buyer, customerId: loads.id } : buyer
      const extras = withExtras(cart, {
        profileId: loads?.id ?? null,
        customerClass: textOf(fields.customerClass) ?? null,
      })
      const set = desk.edit([
        { kind: 'set_buyer', buyer: identified },
        { kind: 'fill_in', changes: { extras } },
      ])
      return set.ok ? recomputed(set.value, desk) : set
    },
    { provesOwnership: true, known: new Map([[email, profile]]) },
  )
}

/** The e-mail address on the cart, where it is a registered customer's with a complete profile and not the caller's. */
function guardedEmail(request: CartRequest, cart: Cart, profileOf: ProfileOf): string | undefined {
  const { email } = cart.buyer
  if (hasFullAccess(request) || email === undefined || extrasOf(cart).profileId === undefined) return undefined
  const profile = profileOf(email)
  return profile !== undefined && !profile.isOwn && isComplete(profile.customer) ? email : undefined
}

/**
 * PATCH .../profile `{ignoreProfileData}`: 200, a profile of the address that is typed later is not loaded; 403 CHK003 when
 * an address is there already.
 */
export async function ignoreProfile(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { ignoreProfileData } = isObject(request.body) ? request.body : {}
  if (typeof ignoreProfileData !== 'boolean') {
    return respondError(fixed.wrongType('ignoreProfileData', 'boolean'))
  }
  return changeOrderForm(request, operations, desk => {
    if (desk.cart.buyer.email !== undefined) return refuseWith(fixed.accessDenied)
    const extras = withExtras(desk.cart, { ignoreProfileData })
    return desk.edit([{ kind: 'fill_in', changes: { extras } }])
  })
}
