import { createHash, randomBytes } from 'node:crypto'
import type { CartId, LineItemId } from '../../core/ids.js'

const hex32 = /^[0-9a-f]{32}$/i

/** A cart's id as the API shows it: 32 lower-case hex digits, so that clients find nothing else in their cookie. */
export function orderFormIdOf(id: CartId): string {
  return id.replaceAll('-', '').toLowerCase()
}

/** The cart that an orderFormId names, with or without hyphens; undefined for what can be none. */
export function parseOrderFormId(text: string): CartId | undefined {
  const plain = text.replaceAll('-', '')
  return hex32.test(plain) ? uuidOf(plain) : undefined
}

/** A line's id as the API shows it: 32 upper-case hex digits. */
export function uniqueIdOf(id: LineItemId): string {
  return id.replaceAll('-', '').toUpperCase()
}

/** The line that a uniqueId names. */
export function parseUniqueId(text: string): LineItemId | undefined {
  const plain = text.replaceAll('-', '')
  return hex32.test(plain) ? uuidOf(plain) : undefined
}

function uuidOf(plain: string): string {
  const lower = plain.toLowerCase()
  return [8, 12, 16, 20, 32].map((end, index) => lower.slice([0, 8, 12, 16, 20][index], end)).join('-')
}

/** A new id for an address that came without one. */
export function newAddressId(): string {
  return randomBytes(16).toString('hex')
}

/** Short stable text that tells one computation of a promotion from another. */
export function calculationIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 8)
}

/** 32 hex digits that stand for something without an id of its own: the same for the same members, in whatever order. */
export function digestOf(value: object): string {
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(members)).digest('hex').slice(0, 32)
}
