import type { Caller } from '../core/access/caller.js'
import type { NewLine } from '../core/cart/changes.js'
import type { CheckoutError } from '../core/errors.js'
import { limits } from '../core/limits.js'

/** Why these lines cannot be taken at all, before any is looked up: too many, or a price that the caller may not set. */
export function lineFault(caller: Caller, lines: readonly NewLine[]): CheckoutError | undefined {
  if (lines.length > limits.linesPerRequest) {
    return { code: 'limit_reached', limit: 'lines', maximum: limits.linesPerRequest }
  }
  const setsPrice = lines.some(line => line.origin?.kind === 'manual' || line.origin?.kind === 'custom')
  const mayPrice = caller.kind === 'system' || (caller.kind === 'key' && caller.permissions.includes('carts:admin'))
  return setsPrice && !mayPrice ? { code: 'forbidden', permission: 'carts:admin' } : undefined
}
