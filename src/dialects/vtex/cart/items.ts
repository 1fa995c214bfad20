import type { Attachment } from '../../../core/cart/cart.js'
import { limits } from '../../../core/limits.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { EditCart, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, type VtexError } from '../answer.js'
import { type Fields, isBlank, isObject, isTrue, objectsOf, readFields, textOf, wholeOf } from '../body.js'
import { fixed } from '../fixed-errors.js'
import { parseUniqueId } from '../ids.js'
import { parseAmount } from '../money.js'
import type { CartRequest } from '../request.js'
import { findSkus } from '../skus.js'
import { changeOrderForm, type Plan } from './change.js'
import { readOptions } from './item-components.js'
import { type ItemChange, type ItemChanges, planItems } from './item-plan.js'
import { recomputed } from './recompute.js'

/** POST .../items: 200; 400 CHK0022, CHK0023, CHK0024, CHK0062; 403 CHK003 for a price without the right to set it. */
export async function addItems(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return change(request, operations, entries => readEach(entries, entry => readAddition(entry)))
}

/** POST .../items/update: 200; 400 CHK0041, CHK0023, CHK0108. A price is not looked at. */
export async function updateItems(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return change(request, operations, entries => readEach(entries, entry => readUpdate(entry, 'needed')))
}

/** PATCH .../items: entries with an index change an item, those without add one. */
export async function patchItems(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return change(request, operations, entries =>
    readEach(entries, entry => {
      const names = entry.index !== undefined && entry.index !== null
      return names || textOf(entry.uniqueId) !== undefined ? readUpdate(entry, 'optional') : readAddition(entry)
    }),
  )
}

/** POST .../items/removeAll: 200, everything but the goods stays; 400 001 for a body that says something. */
export async function removeAllItems(request: CartRequest, operations: Operations): Promise<WireResponse> {
  if (!isBlank(request.body)) return respondError(fixed.badRequest)
  return changeOrderForm(request, operations, desk => {
    const ids = new Set(desk.cart.lineItems.map(({ id }) => id))
    // What hangs on others goes with them.
    const bought = desk.cart.lineItems.filter(line => line.giftOf === undefined && !ids.has(line.parent ?? ''))
    const emptied = desk.edit(bought.map(({ id }) => ({ kind: 'set_quantity' as const, lineItemId: id, quantity: 0 })))
    return emptied.ok ? recomputed(emptied.value, desk) : emptied
  })
}

async function change(
  request: CartRequest,
  operations: Operations,
  read: (entries: readonly Fields[]) => Result<readonly ItemChange[], VtexError>,
): Promise<WireResponse> {
  const entries = readEntries(request.body)
  if (!entries.ok) return respondError(entries.error)
  const changes = read(entries.value)
  if (!changes.ok) return respondError(changes.error)
  const body = isObject(request.body) ? request.body : {}
  const noSplitItem = isTrue(body.noSplitItem) || entries.value.some(entry => isTrue(entry.noSplitItem))
  return applyItemChanges(request, operations, { changes: changes.value, noSplitItem })
}

/** Applies changes of items in one write. */
export async function applyItemChanges(
  request: CartRequest,
  operations: Operations,
  wanted: Omit<ItemChanges, 'skus' | 'maxItems' | 'by'>,
  also?: Plan,
): Promise<WireResponse> {
  const ids = wanted.changes.flatMap(one => ('add' in one ? [one.add.id] : []))
  const skus = await findSkusOfCart(request, ids, operations)
  const plan = planItems({ ...wanted, skus, maxItems: request.settings.maxItems, by: actorOf(request) }, also)
  const needs: Pick<EditCart, 'skus' | 'pricesAreOpen'> = {
    skus: [...new Set(skus.values())],
    pricesAreOpen: request.settings.orderForm.allowManualPrice === true,
  }
  return changeOrderForm(request, operations, plan, needs)
}

/**
 * The SKUs behind ids of goods that the cart's channel sells. Where this one does not sell them all, the cart is looked at: one
 * that another API began has the goods of its own channel.
 */
async function findSkusOfCart(request: CartRequest, ids: readonly string[], operations: Operations) {
  const { channel, caller, cartId } = request
  const skus = await findSkus(channel.id, ids, operations)
  if (ids.every(id => skus.has(id))) return skus
  const read = await operations.readCart(caller, { key: { id: cartId } })
  const own = read.ok ? read.value.channel.id : channel.id
  return own === channel.id ? skus : findSkus(own, ids, operations)
}

/** Who set a price by hand. */
export function actorOf({ identity }: CartRequest): string {
  if (identity.kind === 'key') return identity.keyId
  return identity.kind === 'shopper' ? identity.customerId : 'anonymous'
}

function readEntries(body: unknown): Result<readonly Fields[], VtexError> {
  const fields = readFields(body)
  if (!fields.ok) return fields
  const { orderItems } = fields.value
  const entries = objectsOf(orderItems)
  if (entries === undefined) return refuse(fixed.badRequest)
  return entries.length > limits.linesPerRequest ? refuse(fixed.maxItems(limits.linesPerRequest)) : ok(entries)
}

function readEach(
  entries: readonly Fields[],
  read: (entry: Fields) => Result<ItemChange, VtexError>,
): Result<readonly ItemChange[], VtexError> {
  const changes: ItemChange[] = []
  const seen = new Set<number>()
  for (const entry of entries) {
    const change = read(entry)
    if (!change.ok) return change
    const position = 'index' in change.value ? change.value.index : undefined
    if (position !== undefined && seen.has(position)) return refuse(fixed.duplicatedIndex)
    if (position !== undefined) seen.add(position)
    changes.push(change.value)
  }
  return ok(changes)
}

/** An entry that brings an item in. */
function readAddition(entry: Fields): Result<ItemChange, VtexError> {
  const id = textOf(entry.id)
  if (id === undefined || id.length > limits.nameLength) return refuse(fixed.invalidItemId)
  const quantity = wholeOf(entry.quantity)
  if (quantity === undefined || quantity < 1) return refuse(fixed.invalidQuantity)
  const seller = textOf(entry.seller)
  if (seller === undefined) return refuse(fixed.invalidSeller)
  const price = readPrice(entry)
  if (!price.ok) return price
  const attachments = readAttachments(entry.attachments)
  if (!attachments.ok) return attachments
  const options = readOptions(entry.options)
  if (options === undefined) return refuse(fixed.badRequest)
  const parent = wholeOf(entry.parentItemIndex)
  return ok({
    add: {
      id,
      quantity,
      seller,
      attachments: attachments.value ?? [],
      options,
      ...(price.value === undefined ? {} : { price: price.value }),
      ...(parent === undefined ? {} : { parentIndex: parent }),
    },
  })
}

/** An entry about an item that is there, by its place before the call, or by its own id, which wins. */
function readUpdate(entry: Fields, ofQuantity: 'needed' | 'optional'): Result<ItemChange, VtexError> {
  const named = textOf(entry.uniqueId)
  const uniqueId = named === undefined ? undefined : parseUniqueId(named)
  const index = wholeOf(entry.index)
  if (uniqueId === undefined && (index === undefined || index < 0)) return refuse(fixed.invalidItemIndex)
  const isKept = ofQuantity === 'optional' && (entry.quantity === undefined || entry.quantity === null)
  const quantity = isKept ? undefined : wholeOf(entry.quantity)
  if (!isKept && (quantity === undefined || quantity < 0)) return refuse(fixed.invalidQuantity)
  // An update takes no price: storefronts send items as they read them, with what these cost.
  const price = readPrice(ofQuantity === 'needed' ? {} : entry)
  if (!price.ok) return price
  const attachments = readAttachments(entry.attachments)
  if (!attachments.ok) return attachments
  const seller = textOf(entry.seller)
  return ok({
    ...(uniqueId === undefined ? { index: index ?? 0 } : { lineItemId: uniqueId }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price.value === undefined ? {} : { price: price.value }),
    ...(attachments.value === undefined ? {} : { attachments: attachments.value }),
    ...(seller === undefined ? {} : { seller }),
  })
}

function readPrice({ price }: Fields): Result<bigint | undefined, VtexError> {
  if (price === undefined || price === null) return ok(undefined)
  const amount = parseAmount(price)
  return amount === undefined ? refuse(fixed.invalidPrice) : ok(amount)
}

/** Named forms; values that are no text are written as one. */
export function readAttachments(value: unknown): Result<readonly Attachment[] | undefined, VtexError> {
  if (value === undefined || value === null) return ok(undefined)
  const entries = objectsOf(value)
  if (entries === undefined) return refuse(fixed.badRequest)
  const attachments: Attachment[] = []
  for (const { name, content } of entries) {
    const named = textOf(name)
    if (named === undefined) return refuse(fixed.attachmentName)
    if (!isObject(content)) return refuse(fixed.attachmentValue)
    attachments.push({ name: named, content: textsOf(content) })
  }
  return ok(attachments)
}

/** The members of an object as texts; null and lists leave. */
export function textsOf(content: Fields): Readonly<Record<string, string>> {
  const entries = Object.entries(content).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  )
  return Object.fromEntries(entries)
}
