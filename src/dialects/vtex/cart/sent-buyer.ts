import type { Buyer } from '../../../core/cart/cart.js'
import { defined } from '../address.js'
import type { VtexError } from '../answer.js'
import { type Fields, isTrue, textOf } from '../body.js'
import { fixed } from '../fixed-errors.js'
import { maskProfile } from '../mask.js'

/** Members of a profile that are texts, besides the e-mail address. */
const profileTexts = [
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

const longestField = 255

/** What no part of a profile may be: a phone number of letters, or longer than there is room for. */
export function profileFault(fields: Fields): VtexError | undefined {
  const phone = textOf(fields.phone)
  if (phone !== undefined && /\p{L}/u.test(phone)) return fixed.profileField('phone')
  const tooLong = profileTexts.find(name => (textOf(fields[name]) ?? '').length > longestField)
  return tooLong === undefined ? undefined : fixed.fieldTooLong(tooLong)
}

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
