import type { LineItem } from '../../../core/cart/cart.js'
import { type ComponentUse, componentsOf } from '../../../core/cart/components.js'
import type { ComponentGroup } from '../../../core/catalog/variant.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { type Fields, isObject, isTrue, objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { skuNamed } from './item-components.js'
import { pieceOf, withLine } from './item-parts.js'

/** A component as a client names it; pieces per piece of the item. */
interface SentComponent {
  readonly id: string
  readonly quantity: number
}

/**
 * POST .../items/{itemIndex}/assemblyOptions/{name} `{composition: {items: [{id, quantity, seller}]}, noSplitItem}`: 200,
 * these components of the item besides what it has of the option, each an item that hangs on it. 404 CHK0140 for an option
 * that the item has not, 400 CHK0022 for a component that the option has not, CHK0023 for numbers that it does not allow,
 * CHK0139 for texts, which no option here has. One of several pieces is split off, as for attachments.
 */
export async function addAssemblyOptions(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const sent = readComponents(body, 1)
  if (sent === undefined) return respondError(fixed.badRequest)
  if (isObject(body.inputValues) && Object.keys(body.inputValues).length > 0) {
    return respondError(fixed.attachmentKey)
  }
  return changeComposition(request, operations, isTrue(body.noSplitItem), (own, group, skuOf) =>
    withSent(own, sent, group.name, skuOf),
  )
}

/**
 * DELETE of the same path: 200, without the components that the body names, or without any of the option. Errors as for
 * POST: what the item needs stays.
 */
export async function removeAssemblyOptions(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const sent = body.composition === undefined || body.composition === null ? [] : readComponents(body, 0)
  if (sent === undefined) return respondError(fixed.badRequest)
  return changeComposition(request, operations, true, (own, group, skuOf) => {
    const gone = sent.map(({ id }) => skuOf(id))
    if (gone.includes(undefined)) return undefined
    return own.filter(use => use.group !== group.name || (sent.length > 0 && !gone.includes(use.sku)))
  })
}

type SkuOf = (id: string) => string | undefined

/** Undefined: a component that the option has not. */
function withSent(
  own: readonly ComponentUse[],
  sent: readonly SentComponent[],
  group: string,
  skuOf: SkuOf,
): readonly ComponentUse[] | undefined {
  let uses = own
  for (const { id, quantity } of sent) {
    const sku = skuOf(id)
    if (sku === undefined) return undefined
    const others = uses.filter(use => use.group !== group || use.sku !== sku)
    uses = [...others, { group, sku, quantity }]
  }
  return uses
}

function changeComposition(
  request: CartRequest,
  operations: Operations,
  isWhole: boolean,
  change: (own: readonly ComponentUse[], group: ComponentGroup, skuOf: SkuOf) => readonly ComponentUse[] | undefined,
): Promise<WireResponse> {
  const name = request.params.assemblyOptionsName ?? ''
  return changeOrderForm(request, operations, desk =>
    withLine(request, desk, line => {
      const group = desk.facts.variants.get(line.sku)?.componentGroups?.find(one => one.name === name)
      if (group === undefined) return refuseWith(fixed.attachmentName)
      const components = change(componentsOf(desk.cart, line), group, id => skuNamed(desk, group, id))
      if (components === undefined) return refuseWith(fixed.invalidItemId)
      return composed(desk, line, isWhole, components)
    }),
  )
}

function composed(
  desk: EditDesk,
  line: LineItem,
  isWhole: boolean,
  components: readonly ComponentUse[],
): Result<EditDesk, CheckoutError> {
  const piece = pieceOf(desk, line, isWhole)
  if (!piece.ok) return piece
  const lineItemId = piece.value.line.id
  const next = piece.value.desk.edit([{ kind: 'set_components', lineItemId, components }])
  return next.ok || next.error.code !== 'option_not_found' ? next : refuseWith(fixed.invalidItemId)
}

/** Undefined for what is no list of components. */
function readComponents({ composition }: Fields, least: 0 | 1): readonly SentComponent[] | undefined {
  const entries = isObject(composition) ? objectsOf(composition.items) : undefined
  const read = entries?.flatMap(({ id, quantity }): readonly SentComponent[] => {
    const [named, pieces] = [textOf(id), quantity === undefined ? least : wholeOf(quantity)]
    return named === undefined || pieces === undefined ? [] : [{ id: named, quantity: pieces }]
  })
  return read?.length === entries?.length ? read : undefined
}
