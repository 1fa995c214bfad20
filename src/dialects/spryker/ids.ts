import { createHash } from 'node:crypto'
import type { LineItem } from '../../core/cart/cart.js'
import type { Json, LineItemId, OrderId } from '../../core/ids.js'

/**
 * What a client calls a line. Equal to the SKU for a plain line, since clients and documents rely on that; else the SKU
 * and a digest of everything that makes the line another one. Opaque otherwise.
 */
function ownKey(line: LineItem): string {
  const differences: Record<string, Json> = {}
  if (line.options.length > 0) differences.options = line.options.map(option => option.sku).sort()
  if (line.configuration !== undefined) differences.configuration = line.configuration
  if (line.attachments.length > 0) {
    differences.attachments = line.attachments.map(({ name, content }) => ({ name, content: { ...content } }))
  }
  if (line.subscription !== undefined) differences.subscription = line.subscription.optionId
  if (line.isGift || line.giftOf !== undefined) differences.gift = line.giftOf ?? true
  if (line.parent !== undefined) differences.parent = line.parent
  if (line.separate !== undefined) differences.separate = line.separate
  if (line.origin.kind !== 'catalog') differences.origin = line.id
  if (Object.keys(differences).length === 0) return line.sku
  return `${line.sku}-${digest(differences).slice(0, 16)}`
}

/** Marks a later line whose own key another line of the cart has already. */
const repeatMark = '~'

/** The group key of every line: unique in the cart, and the same however often it is asked. */
export function groupKeys(lines: readonly LineItem[]): ReadonlyMap<LineItemId, string> {
  const taken = new Set<string>()
  const keys = new Map<LineItemId, string>()
  for (const line of lines) {
    const own = ownKey(line)
    const key = taken.has(own) ? own + repeatMark + line.sequence.toString() : own
    taken.add(key)
    keys.set(line.id, key)
  }
  return keys
}

/** The line that a client means by each group key: the first that `hasGroupKey` finds, in one pass. */
export function linesByGroupKey(lines: readonly LineItem[]): ReadonlyMap<string, LineItemId> {
  const found = new Map<string, LineItemId>()
  for (const line of lines) {
    const own = ownKey(line)
    for (const key of [own, own + repeatMark + line.sequence.toString()]) if (!found.has(key)) found.set(key, line.id)
  }
  return found
}

/** Whether `line` may be what a client means by `groupKey`; of several such lines the first is meant. */
export function hasGroupKey(line: LineItem, groupKey: string): boolean {
  const own = ownKey(line)
  return own === groupKey || own + repeatMark + line.sequence.toString() === groupKey
}

/** 32 hexadecimal digits, equal for equal JSON whatever the order of its members. */
export function digest(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32)
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

/** Stable UUID of one piece of an order: the API shows each piece as an item of its own. */
export function pieceUuid(order: OrderId, line: LineItemId, piece: number): string {
  const hex = createHash('sha1').update(`${order}/${line}/${piece.toString()}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`
}

/** Consignments of one order at most that get an integer id of their own; above `limits.consignmentsPerCart`. */
const idsPerOrder = 1_000

/** Integer id of an order's shipment or expense, unique in the store. */
export function idWithinOrder(orderInteger: number, position: number): number {
  return orderInteger * idsPerOrder + position + 1
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads a cart's id in any case; undefined for what can be none. */
export function parseUuid(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const lower = text.toLowerCase()
  return uuid.test(lower) ? lower : undefined
}
