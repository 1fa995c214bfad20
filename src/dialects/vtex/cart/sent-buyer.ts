import type { Buyer } from '../../../core/cart/cart.js'
import { defined } from '../address.js'
import { type Fields, isTrue, textOf } from '../body.js'
import { maskProfile } from '../mask.js'

/** Members of a profile that are texts, besides the e-mail address. */
export const profileTexts = [
  'firstName',
  'lastName',
  'document',
  'documentType',
  'phone',
  'corporateName',
  'tradeName',
  'corporateDocument',
  'stateInscription',
  'corporatePhone',
] as const

/** What a client tells of a buyer; a value that only repeats how strangers see the stored one stands for the stored one. */
export function sentBuyer(fields: Fields, stored: Buyer): Partial<Buyer> {
  const masked = maskProfile(Object.fromEntries(profileTexts.map(name => [name, stored[name]])))
  const sent = Object.fromEntries(
    profileTexts.map(name => {
      const value = textOf(fields[name])
      return [name, value !== undefined && value === masked[name] ? stored[name] : value]
    }),
  )
  return defined({ ...sent, isCorporate: isTrue(fields.isCorporate) ? true : undefined })
}
