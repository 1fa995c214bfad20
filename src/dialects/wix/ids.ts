import type { LineItem } from '../../core/cart/cart.js'
import type { LineRef } from '../../core/cart/line-reference.js'
import { guidOf } from './tokens.js'

/**
 * A line's id on the wire: its number in the cart, rendered as a GUID, `00000000-0000-0000-0000-00000000000N`.
 * Source: dialects/wix.md 4.2, observed.
 */
export function lineIdOf(item: Pick<LineItem, 'sequence'>): string {
  return `00000000-0000-0000-0000-${item.sequence.toString().padStart(12, '0')}`
}

/** The line that a wire id names; the store's own id of it works too. */
export function lineRefOf(id: string): LineRef {
  const wanted = id.toLowerCase()
  return { matches: item => lineIdOf(item) === wanted || item.id === wanted }
}

/** Id of something that has no GUID of its own, always the same for the same thing. */
export function derivedGuid(kind: string, name: string): string {
  return guidOf(`${kind}:${name}`)
}
