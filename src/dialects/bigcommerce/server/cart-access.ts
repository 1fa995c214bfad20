import type { CartRef } from '../../../operations/operations.js'
import type { Access } from '../auth.js'
import { parseUuid } from '../ids.js'

export const readsCarts: Access = { scope: 'store_cart', right: 'read' }
export const modifiesCarts: Access = { scope: 'store_cart', right: 'modify' }

/** The cart that a path names; an id that can be none is none. */
export function cartRef(text: string | undefined): CartRef | undefined {
  const id = parseUuid(text ?? '')
  return id === undefined ? undefined : { key: { id } }
}
