import type { Attachment, LineItem } from '../../../core/cart/cart.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, isTrue, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { pieceOf, withLine } from './item-parts.js'
import { attachmentFault } from './item-plan.js'
import { textsOf } from './items.js'
import { recomputed } from './recompute.js'

/**
 * POST .../items/{itemIndex}/attachments/{name}: 200; 404 CHK0140 for a form that the item has not, 400 CHK0139 and
 * CHK0141 for what does not fit it, 400 001 without content. One of several pieces is split off to carry it.
 */
export async function addItemAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const { content } = body
  if (!isObject(content)) return respondError(fixed.badRequest)
  const attachment: Attachment = { name: request.params.attachmentName ?? '', content: textsOf(content) }
  const isWhole = isTrue(body.noSplitItem)
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const schemas = desk.facts.variants.get(line.sku)?.attachments ?? []
      const fault = attachmentFault([attachment], schemas)
      if (fault !== undefined) return fault
      return carrying(desk, line, isWhole, attachment)
    }),
  )
}

function carrying(
  desk: EditDesk,
  line: LineItem,
  isWhole: boolean,
  attachment: Attachment,
): Result<EditDesk, CheckoutError> {
  const isPresent = line.attachments.some(({ name }) => name === attachment.name)
  const piece = pieceOf(desk, line, isWhole || isPresent)
  if (!piece.ok) return piece
  const others = piece.value.line.attachments.filter(({ name }) => name !== attachment.name)
  const changes = { attachments: [...others, attachment] }
  return piece.value.desk.edit([{ kind: 'change_line', lineItemId: piece.value.line.id, changes }])
}

/** DELETE .../items/{itemIndex}/attachments/{name}: 200; 404 CHK0140 where the item does not carry it. */
export async function removeItemAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const wanted = request.params.attachmentName ?? ''
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const attachments = line.attachments.filter(({ name }) => name !== wanted)
      if (attachments.length === line.attachments.length) return refuseWith(fixed.attachmentName)
      return desk.edit([{ kind: 'change_line', lineItemId: line.id, changes: { attachments } }])
    }),
  )
}

/**
 * POST .../items/{itemIndex}/bundles/{bundleId}/attachments/{name}: 404 CHK0140: services of this store have no forms.
 */
export async function addBundleAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeBundle(request, operations)
}

/** DELETE of the same path: the same. */
export async function removeBundleAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeBundle(request, operations)
}

async function changeBundle(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const isThere = line.options.some(({ sku }) => sku === request.params.bundleId)
      return refuseWith(isThere ? fixed.attachmentName : fixed.unknownService)
    }),
  )
}

/** POST .../items/{itemIndex}/offerings `{id, info}`: 200, the service's price counts from now on; 400 FMT011. */
export async function addOffering(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const id = isObject(request.body) ? textOf(request.body.id) : undefined
  if (id === undefined) return respondError(fixed.unknownService)
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const group = groupOf(desk, line, id)
      if (group === undefined) return refuseWith(fixed.unknownService)
      // Of one group a shopper takes one service.
      const others = line.options.filter(({ sku }) => groupOf(desk, line, sku) !== group)
      const changes = { options: [...others, { sku: id }] }
      return desk.edit([{ kind: 'change_line', lineItemId: line.id, changes }])
    }),
  )
}

/** POST .../items/{itemIndex}/offerings/{offeringId}/remove: 200; 400 FMT011 where the item has no such service. */
export async function removeOffering(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const options = line.options.filter(({ sku }) => sku !== request.params.offeringId)
      if (options.length === line.options.length) return refuseWith(fixed.unknownService)
      return desk.edit([{ kind: 'change_line', lineItemId: line.id, changes: { options } }])
    }),
  )
}

function groupOf({ cart, facts }: EditDesk, line: LineItem, sku: string): string | undefined {
  const groups = facts.variants.get(line.sku)?.optionGroups ?? []
  const isSold = (prices: (typeof groups)[number]['options'][number]['prices']) =>
    prices.some(price => price.channel === cart.channel && price.currency === cart.currency)
  return groups.find(group => group.options.some(option => option.sku === sku && isSold(option.prices)))?.name
}

/** POST .../items/{itemIndex}/assemblyOptions/{name}: 404 CHK0140: goods of this store are not put together to order. */
export async function addAssemblyOptions(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeAssembly(request, operations)
}

/** DELETE of the same path: the same. */
export async function removeAssemblyOptions(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeAssembly(request, operations)
}

async function changeAssembly(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const index = wholeOf(request.params.itemIndex)
  return changeOrderForm(request, operations, desk => {
    const line = index === undefined ? undefined : desk.cart.lineItems[index]
    if (line === undefined) return refuseWith(fixed.invalidItemIndex)
    return refuseWith(fixed.attachmentName)
  })
}

/** Brings the cart into line after a change without an item of its own. */
export function afterChange(
  before: EditDesk,
  changed: Result<EditDesk, CheckoutError>,
): Result<EditDesk, CheckoutError> {
  return changed.ok ? recomputed(changed.value, before) : changed
}
