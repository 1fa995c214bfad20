import type { Buyer } from '../../../core/cart/cart.js'
import type { Customer } from '../../../core/customers/customer.js'
import { extrasOf } from '../extras.js'
import { maskProfile } from '../mask.js'
import type { RenderContext } from './context.js'

/** A person as the API writes it. */
export interface WireProfile {
  readonly [member: string]: string | boolean | null
}

/** The buyer of a cart or of an order; null while nobody said who that is. */
export function renderClientProfile(context: RenderContext): WireProfile | null {
  const { cart } = context.priced
  const { buyer } = cart
  if (
    Object.entries(buyer).every(([key, value]) => key === 'customerId' || key === 'ipAddress' || value === undefined)
  ) {
    return null
  }
  const profile = {
    ...profileOf(buyer),
    profileCompleteOnLoading: context.profile !== undefined && isComplete(context.profile),
    profileErrorOnLoading: false,
    customerClass: extrasOf(cart).customerClass ?? null,
  }
  return context.isMasked ? maskProfile(profile) : profile
}

/** The person of a registered customer. */
export function renderUserProfile(customer: Customer, isMasked: boolean): WireProfile {
  const { email, firstName, lastName, document, documentType, phone } = customer
  const known = { email, firstName, lastName, document, documentType, phone, corporateName: customer.company }
  const profile = {
    ...profileOf(Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))),
    profileCompleteOnLoading: isComplete(customer),
    profileErrorOnLoading: false,
    customerClass: null,
  }
  return isMasked ? maskProfile(profile) : profile
}

function profileOf(buyer: Buyer): WireProfile {
  return {
    email: buyer.email ?? null,
    firstName: buyer.firstName ?? null,
    lastName: buyer.lastName ?? null,
    document: buyer.document ?? null,
    documentType: buyer.documentType ?? null,
    phone: buyer.phone ?? null,
    corporateName: buyer.corporateName ?? null,
    tradeName: buyer.tradeName ?? null,
    corporateDocument: buyer.corporateDocument ?? null,
    stateInscription: buyer.stateInscription ?? null,
    corporatePhone: buyer.corporatePhone ?? null,
    isCorporate: buyer.isCorporate ?? false,
  }
}

/** A profile is complete with a name, a document, a phone number and an address that one can send to. (inferred) */
export function isComplete({ firstName, lastName, document, phone, addresses }: Customer): boolean {
  if (firstName === undefined || lastName === undefined || document === undefined || phone === undefined) return false
  return addresses.some(
    ({ line1, city, postalCode, country }) =>
      line1 !== undefined && city !== undefined && postalCode !== undefined && country !== undefined,
  )
}
