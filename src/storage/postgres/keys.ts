import type { CartOwner } from '../../core/access/caller.js'

/** Codes and e-mail addresses are compared in lower case: lowered here, never by the database, whose locale may differ. */
export function caseKey(text: string): string {
  return text.toLowerCase()
}

/** Postal codes are compared by letters and digits: `22250-040` is `22250040`. */
export function postalKey(postalCode: string): string {
  return postalCode.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** An owner's identity within its kind; null for owners that have none. */
export function ownerKey(owner: CartOwner): string | null {
  switch (owner.kind) {
    case 'member':
      return owner.customerId
    case 'visitor':
      return owner.visitorId
    case 'guest':
      return owner.guestKey
    default:
      return null
  }
}
