import type { LineItem } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { objectsOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { extrasOf } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { parseUniqueId } from '../ids.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { attachmentFault } from './item-plan.js'
import { readAttachments } from './items.js'
import { recomputed } from './recompute.js'

/** POST .../items/{uniqueId}/split: 200, as many items, each with an id of its own; 400 CHK0023 unless the parts add up. */
export async function splitItem(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const parts = objectsOf(request.body)
  const lineItemId = parseUniqueId(request.params.itemUniqueId ?? '')
  if (parts === undefined) return respondError(fixed.badRequest)
  if (lineItemId === undefined) return respondError(fixed.invalidItemId)
  const quantities = parts.map(({ quantity }) => wholeOf(quantity) ?? 0)
  return changeOrderForm(request, operations, desk => {
    const line = desk.cart.lineItems.find(one => one.id === lineItemId)
    if (line === undefined) return refuseWith(fixed.invalidItemId)
    if (line.giftOf !== undefined || line.extras?.noSplitItem === true) return refuseWith(fixed.badRequest)
    const split = desk.edit([{ kind: 'split_line', lineItemId, quantities }])
    return split.ok ? recomputed(split.value, desk) : split
  })
}

/** POST .../items/{itemIndex}/clone: 200, further items of the same SKU, each as the body's entry says. */
export async function cloneItem(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const copies = objectsOf(request.body)
  if (copies === undefined) return respondError(fixed.badRequest)
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const edits: CartEdit[] = []
      for (const copy of copies) {
        const quantity = copy.quantity === undefined ? 1 : wholeOf(copy.quantity)
        const attachments = readAttachments(copy.attachments)
        if (quantity === undefined || quantity < 1) return refuseWith(fixed.invalidQuantity)
        if (!attachments.ok) return refuseWith(attachments.error)
        const fault = attachmentFault(attachments.value ?? [], desk.facts.variants.get(line.sku)?.attachments ?? [])
        if (fault !== undefined) return fault
        const { sku, seller } = line
        const forms = attachments.value ?? []
        edits.push({ kind: 'add_line', line: { sku, seller, quantity, attachments: forms, onPresent: 'separate' } })
      }
      return desk.edit(edits)
    }),
  )
}

/** The cart after a change of the item that the path names by its place. */
export function withLine(
  request: CartRequest,
  desk: EditDesk,
  change: (line: LineItem) => Result<EditDesk, CheckoutError>,
): Result<EditDesk, CheckoutError> {
  const index = wholeOf(request.params.itemIndex)
  const line = index === undefined ? undefined : desk.cart.lineItems[index]
  if (line === undefined) return refuseWith(fixed.invalidItemIndex)
  const changed = change(line)
  return changed.ok ? recomputed(changed.value, desk) : changed
}

/** Splits one piece off where a line of several must not carry something as a whole. */
export function pieceOf(
  desk: EditDesk,
  line: LineItem,
  isWhole: boolean,
): Result<{ readonly desk: EditDesk; readonly line: LineItem }, CheckoutError> {
  if (isWhole || line.quantity === 1) return { ok: true, value: { desk, line } }
  const split = desk.edit([{ kind: 'split_line', lineItemId: line.id, quantities: [1, line.quantity - 1] }])
  if (!split.ok) return split
  const place = desk.cart.lineItems.indexOf(line)
  const piece = split.value.cart.lineItems[place]
  return piece === undefined
    ? refuseWith(fixed.invalidItemIndex)
    : { ok: true, value: { desk: split.value, line: piece } }
}

/** POST .../itemsOrdination: 200, items in that order from now on; 400 CHK0203. */
export async function orderItems(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const criteria = typeof body.criteria === 'string' ? body.criteria.toUpperCase() : ''
  if (!['NAME', 'ADD_TIME', 'GIFT'].includes(criteria))
    return respondError(fixed.wrongType('criteria', 'NAME, ADD_TIME or GIFT'))
  const itemsOrdination = { criteria, ascending: body.ascending !== false }
  return changeOrderForm(request, operations, desk => {
    const vtex = { ...extrasOf(desk.cart), itemsOrdination }
    const set = desk.edit([{ kind: 'fill_in', changes: { extras: { vtex } } }])
    return set.ok ? recomputed(set.value, desk) : set
  })
}
