import type { VtexError } from '../answer.js'
import { fixed } from '../fixed-errors.js'
import type { VtexRequest } from '../request.js'

/** Why a private route is closed to the caller: no key at all, or a key without the right. */
export function keyFault({ identity }: Pick<VtexRequest, 'identity'>, resource: string): VtexError | undefined {
  if (identity.kind !== 'key') return fixed.unauthorized
  return identity.resources.includes(resource) ? undefined : fixed.accessDenied
}
