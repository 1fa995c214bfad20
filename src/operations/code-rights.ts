import type { Caller, Permission } from '../core/access/caller.js'
import type { CheckoutError } from '../core/errors.js'

/** Why the caller may not look at, or make, codes themselves; undefined where it may. */
export function missingRight(caller: Caller, permission: Permission): CheckoutError | undefined {
  if (caller.kind === 'system') return undefined
  if (caller.kind !== 'key') return { code: 'sign_in_required' }
  return caller.permissions.includes(permission) ? undefined : { code: 'forbidden', permission }
}
