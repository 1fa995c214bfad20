import type { Caller } from '../core/access/caller.js'
import { hasPermission } from '../core/access/permissions.js'
import type { NewLine } from '../core/cart/changes.js'
import type { CheckoutError } from '../core/errors.js'
import type { Sku } from '../core/ids.js'
import { limits } from '../core/limits.js'

/** Why one request cannot bring in that many things, before any is looked up. */
export function lineCountFault(skus: readonly Sku[] = []): CheckoutError | undefined {
  if (skus.length <= limits.linesPerRequest) return undefined
  return { code: 'limit_reached', limit: 'lines', maximum: limits.linesPerRequest }
}

/** Why the caller cannot add these lines at all: a price that it may not set. */
export function linePriceFault(caller: Caller, lines: readonly NewLine[]): CheckoutError | undefined {
  if (!lines.some(isPriced) || hasPermission(caller, 'carts:admin')) return undefined
  return { code: 'forbidden', permission: 'carts:admin' }
}

/** Whether whoever adds this line says what it costs. What a gift certificate is worth is its buyer's choice. */
export function isPriced({ origin }: NewLine): boolean {
  return origin?.kind === 'manual' || origin?.kind === 'custom'
}
