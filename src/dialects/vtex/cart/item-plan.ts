import type { Attachment, LineItem, Notice, PriceOrigin } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import { hasPrice } from '../../../core/cart/line-items.js'
import { withNotices } from '../../../core/cart/problem-notices.js'
import type { AttachmentSchema } from '../../../core/catalog/variant.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { LineItemId, Sku } from '../../../core/ids.js'
import type { Minor } from '../../../core/money.js'
import { ok, type Result } from '../../../core/result.js'
import type { EditDesk } from '../../../operations/operations.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { Plan } from './change.js'
import { type AddedOption, componentsWith } from './item-components.js'
import { recomputed } from './recompute.js'

export interface NewItem {
  /** As on the wire. */
  readonly id: string
  readonly quantity: number
  readonly seller: string
  readonly attachments: readonly Attachment[]
  /** What of it shall be put together otherwise than it comes. */
  readonly options: readonly AddedOption[]
  readonly price?: Minor
  /** Place of the item that it hangs on, before the call. */
  readonly parentIndex?: number
}

interface ItemUpdate {
  /** Absent: as it is. */
  readonly quantity?: number
  readonly price?: Minor
  readonly attachments?: readonly Attachment[]
  readonly seller?: string
}

/** One entry of a request: an item to add, or one to change, named by its place before the call or by its own id. */
export type ItemChange =
  | { readonly add: NewItem }
  | ({ readonly index: number } & ItemUpdate)
  | ({ readonly lineItemId: LineItemId } & ItemUpdate)

export interface ItemChanges {
  readonly changes: readonly ItemChange[]
  /** Further pieces of an item with attachments or services join it instead of standing beside it. */
  readonly noSplitItem: boolean
  /** By id on the wire. */
  readonly skus: ReadonlyMap<string, Sku>
  readonly maxItems: number
  /** Who sets prices. */
  readonly by: string
}

/** Applies all entries together, then brings the rest of the cart into line. */
export function planItems(wanted: ItemChanges, also?: Plan): Plan {
  return before => {
    let desk: Result<EditDesk, CheckoutError> = ok(before)
    for (const change of wanted.changes) {
      if (!desk.ok) return desk
      desk =
        'add' in change ? added(desk.value, before, change.add, wanted) : updated(desk.value, before, change, wanted)
    }
    if (desk.ok && also !== undefined) desk = also(desk.value)
    return desk.ok ? recomputed(desk.value, before) : desk
  }
}

function added(desk: EditDesk, before: EditDesk, item: NewItem, wanted: ItemChanges): Result<EditDesk, CheckoutError> {
  const { facts, cart } = desk
  if (!facts.sellers.has(item.seller)) return refuseWith(fixed.invalidSeller)
  const sku = wanted.skus.get(item.id)
  const variant = sku === undefined ? undefined : facts.variants.get(sku)
  if (sku === undefined || variant === undefined)
    return told(desk, 'line_unavailable', { id: item.id, reason: 'unknown' })
  const isSold =
    variant.isActive &&
    (item.price !== undefined || hasPrice(variant.prices, cart.channel, cart.currency, cart.priceMode))
  if (!isSold) return told(desk, 'line_removed', { id: item.id, sku, name: variant.name })
  const fault = attachmentFault(item.attachments, variant.attachments)
  if (fault !== undefined) return fault
  const components = item.options.length === 0 ? undefined : componentsWith(desk, sku, item.options)
  if (components?.ok === false) return components
  const parent = item.parentIndex === undefined ? undefined : before.cart.lineItems[item.parentIndex]
  const next = desk.edit([
    {
      kind: 'add_line',
      line: {
        sku,
        quantity: item.quantity,
        seller: item.seller,
        attachments: item.attachments,
        onPresent: 'set',
        ...(components === undefined ? {} : { components: components.value }),
        ...(item.price === undefined ? {} : { origin: manual(item.price, wanted.by) }),
        ...(parent === undefined ? {} : { parent: parent.id }),
      },
    },
  ])
  if (!next.ok) return next
  if (next.value.cart.lineItems.length > Math.max(wanted.maxItems, cart.lineItems.length)) {
    return told(desk, 'line_removed', { id: item.id, sku, name: variant.name, reason: 'limit' })
  }
  const line = next.value.cart.lineItems.find(one => one !== cart.lineItems.find(({ id }) => id === one.id))
  const got = line?.quantity ?? item.quantity
  return got < item.quantity ? told(next.value, 'quantity_reduced', { id: item.id, sku, name: variant.name }) : next
}

function updated(
  desk: EditDesk,
  before: EditDesk,
  change: Exclude<ItemChange, { readonly add: NewItem }>,
  wanted: ItemChanges,
): Result<EditDesk, CheckoutError> {
  const id = 'lineItemId' in change ? change.lineItemId : before.cart.lineItems[change.index]?.id
  const line = desk.cart.lineItems.find(one => one.id === id)
  // An item that hung on another that this call took out is gone already.
  if (line === undefined) return isKnown(before, id) ? ok(desk) : refuseWith(fixed.invalidItemIndex)
  if (change.seller !== undefined && !desk.facts.sellers.has(change.seller)) return refuseWith(fixed.invalidSeller)
  const changed = desk.edit(lineChanges(line, change, wanted.by))
  if (!changed.ok) return changed
  const fault = attachmentFault(change.attachments ?? [], desk.facts.variants.get(line.sku)?.attachments ?? [])
  if (fault !== undefined) return fault
  return attached(changed.value, line, change, wanted)
}

function isKnown({ cart }: EditDesk, id: LineItemId | undefined): boolean {
  return cart.lineItems.some(line => line.id === id)
}

function lineChanges(line: LineItem, { price, seller }: ItemUpdate, by: string): readonly CartEdit[] {
  const isOther = seller !== undefined && seller !== line.seller
  if (price === undefined && !isOther) return []
  const changes = {
    ...(price === undefined ? {} : { origin: manual(price, by) }),
    ...(isOther ? { seller } : {}),
  }
  return [{ kind: 'change_line', lineItemId: line.id, changes }]
}

/**
 * Sets attachments and quantity. Pieces that come with attachments make an item of their own where the item has none;
 * further pieces of an item that carries something stand beside it without that, unless they come with it again.
 */
function attached(
  desk: EditDesk,
  line: LineItem,
  { quantity: stated, attachments = [] }: ItemUpdate,
  { noSplitItem }: ItemChanges,
): Result<EditDesk, CheckoutError> {
  const quantity = stated ?? line.quantity
  const brings = attachments.length > 0 && quantity > 0
  if (brings && stated !== undefined && line.attachments.length === 0 && !noSplitItem) {
    return desk.edit([{ kind: 'add_line', line: beside(line, quantity, attachments) }])
  }
  const carries = (line.attachments.length > 0 && !brings) || line.options.length > 0
  const further = quantity - line.quantity
  if (carries && further > 0 && !noSplitItem) {
    return desk.edit([{ kind: 'add_line', line: { ...beside(line, further, attachments), onPresent: 'add' } }])
  }
  const next = desk.edit([
    ...(brings ? [{ kind: 'change_line' as const, lineItemId: line.id, changes: { attachments } }] : []),
    { kind: 'set_quantity', lineItemId: line.id, quantity },
  ])
  if (!next.ok) return next
  const got = next.value.cart.lineItems.find(one => one.id === line.id)?.quantity ?? 0
  const name = desk.facts.variants.get(line.sku)?.name ?? line.sku
  return got < quantity ? told(next.value, 'quantity_reduced', { sku: line.sku, name }) : next
}

function beside(line: LineItem, quantity: number, attachments: readonly Attachment[]) {
  return { sku: line.sku, seller: line.seller, quantity, attachments, onPresent: 'set' as const }
}

function manual(unitPrice: Minor, by: string): PriceOrigin {
  return { kind: 'manual', unitPrice, by }
}

/** The cart with a message. */
export function told(
  desk: EditDesk,
  code: Notice['code'],
  data: Notice['data'],
  level: Notice['level'] = code === 'line_unavailable' ? 'error' : 'warning',
): Result<EditDesk, CheckoutError> {
  const { notices } = withNotices(desk.cart, [{ code, level, data, at: desk.facts.now }])
  return desk.edit([{ kind: 'set_notices', notices }])
}

/** Whether what a shopper filled in fits the forms of the item: its names, keys, lengths and values. */
export function attachmentFault(
  attachments: readonly Attachment[],
  schemas: readonly AttachmentSchema[],
): ReturnType<typeof refuseWith> | undefined {
  for (const { name, content } of attachments) {
    const schema = schemas.find(one => one.name === name)
    if (schema === undefined) return refuseWith(fixed.attachmentName)
    for (const [key, value] of Object.entries(content)) {
      const field = schema.fields[key]
      if (field === undefined) return refuseWith(fixed.attachmentKey)
      const isOutside = field.values !== undefined && field.values.length > 0 && !field.values.includes(value)
      if (value.length > field.maxLength || isOutside) return refuseWith(fixed.attachmentValue)
    }
  }
  return undefined
}
