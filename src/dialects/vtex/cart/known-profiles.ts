import type { CheckoutError } from '../../../core/errors.js'
import { limits } from '../../../core/limits.js'
import { type Result, refuse } from '../../../core/result.js'
import type { EditCart, EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondRefusal } from '../errors.js'
import { type AnswerOptions, answerOrderForm } from '../order-form-answer.js'
import type { CartRequest } from '../request.js'
import { editNamedCart } from './change.js'

/** A registered customer, and whether the caller is that customer. */
export type KnownProfile = Awaited<ReturnType<Operations['findProfile']>>

/** Looks a registered customer up. */
export type ProfileOf = (email: string) => KnownProfile

/**
 * As `changeOrderForm`, for a plan that has to know who the registered customers behind e-mail addresses are. An address
 * that only the cart tells is looked up when the plan asks for it, and the plan runs again.
 */
export async function changeKnowingProfiles(
  request: CartRequest,
  operations: Operations,
  plan: (desk: EditDesk, profileOf: ProfileOf) => Result<EditDesk, CheckoutError>,
  options: AnswerOptions & { readonly known?: ReadonlyMap<string, KnownProfile> } = {},
  needs: Pick<EditCart, 'skus' | 'codes'> = {},
): Promise<WireResponse> {
  const known = new Map(options.known)
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const missing = new Set<string>()
    const profileOf: ProfileOf = email => {
      if (!known.has(email)) missing.add(email)
      return known.get(email)
    }
    const planned = (desk: EditDesk) => {
      missing.clear()
      const result = plan(desk, profileOf)
      return missing.size === 0 ? result : refuse<CheckoutError>({ code: 'busy' })
    }
    const changed = await editNamedCart(request, operations, planned, needs)
    if (missing.size === 0) {
      return changed.ok ? answerOrderForm(request, operations, changed.value, options) : respondRefusal(changed.error)
    }
    const found = await operations.findProfiles(request.caller, { emails: [...missing] })
    for (const email of missing) known.set(email, found.get(email))
  }
  return respondRefusal({ code: 'busy' })
}
