import type { Attachment, LineItem } from '../../../core/cart/cart.js'
import type { AttachmentSchema } from '../../../core/catalog/variant.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, isTrue, textOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { pieceOf, withLine } from './item-parts.js'
import { attachmentFault } from './item-plan.js'
import { textsOf } from './items.js'

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
 * POST .../items/{itemIndex}/bundles/{bundleId}/attachments/{name} `{content}`: 200, a form of one of the item's services;
 * 400 FMT011 for a service that the item has not, else errors as for a form of the item itself.
 */
export async function addBundleAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { content } = isObject(request.body) ? request.body : {}
  if (!isObject(content)) return respondError(fixed.badRequest)
  const attachment: Attachment = { name: request.params.attachmentName ?? '', content: textsOf(content) }
  return changeBundle(request, operations, (forms, schemas) => {
    const fault = attachmentFault([attachment], schemas)
    return fault ?? ok([...forms.filter(({ name }) => name !== attachment.name), attachment])
  })
}

/** DELETE of the same path: 200; 404 CHK0140 where the service does not carry it. */
export async function removeBundleAttachment(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeBundle(request, operations, forms => {
    const kept = forms.filter(({ name }) => name !== request.params.attachmentName)
    return kept.length === forms.length ? refuseWith(fixed.attachmentName) : ok(kept)
  })
}

type Forms = readonly Attachment[]

async function changeBundle(
  request: CartRequest,
  operations: Operations,
  change: (forms: Forms, schemas: readonly AttachmentSchema[]) => Result<Forms, CheckoutError>,
): Promise<WireResponse> {
  const { bundleId } = request.params
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const service = line.options.find(({ sku }) => sku === bundleId)
      if (service === undefined) return refuseWith(fixed.unknownService)
      const groups = desk.facts.variants.get(line.sku)?.optionGroups ?? []
      const schemas = groups.flatMap(group => group.options).find(({ sku }) => sku === bundleId)?.attachments
      const attachments = change(service.attachments ?? [], schemas ?? [])
      if (!attachments.ok) return attachments
      const options = line.options.map(option =>
        option === service
          ? { sku: option.sku, ...(attachments.value.length > 0 ? { attachments: attachments.value } : {}) }
          : option,
      )
      return desk.edit([{ kind: 'change_line', lineItemId: line.id, changes: { options } }])
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
