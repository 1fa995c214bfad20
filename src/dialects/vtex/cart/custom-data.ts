import type { Cart } from '../../../core/cart/cart.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Json } from '../../../core/ids.js'
import type { Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError, type VtexError } from '../answer.js'
import { type Fields, isObject, objectsOf, textOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { extrasOf } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { parseUniqueId } from '../ids.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { textsOf } from './items.js'

/** PUT .../customData/{appId}: 200, several fields of one app; 400 CHK0090, CHK0091 for what is not configured. */
export async function putCustomData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { body } = request
  if (!isObject(body)) return respondError(fixed.badRequest)
  const { expectedOrderFormSections: _expected, ...fields } = body
  return changeFields(request, operations, Object.keys(fields), own => ({ ...own, ...textsOf(fields) }))
}

/** PUT .../customData/{appId}/{appFieldName} `{value}`: 200; 400 CHK0090, CHK0091, and 001 without a value. */
export async function putCustomField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const name = request.params.appFieldName ?? ''
  const { value } = isObject(request.body) ? request.body : {}
  const texts = textsOf({ [name]: value })
  if (texts[name] === undefined) return respondError(fixed.badRequest)
  return changeFields(request, operations, [name], own => ({ ...own, ...texts }))
}

/** DELETE .../customData/{appId}/{appFieldName}: 200; with the last field the app goes. */
export async function deleteCustomField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const name = request.params.appFieldName ?? ''
  return changeFields(request, operations, [name], ({ [name]: _gone, ...rest }) => rest)
}

type AppFields = Cart['customData'][string]

async function changeFields(
  request: CartRequest,
  operations: Operations,
  names: readonly string[],
  change: (own: AppFields) => AppFields,
): Promise<WireResponse> {
  const appId = request.params.appId ?? ''
  const fault = undeclared(request, appId, names)
  if (fault !== undefined) return respondError(fault)
  return changeOrderForm(request, operations, desk => {
    const { [appId]: own = {}, ...others } = desk.cart.customData
    const next = change(own)
    const customData = Object.keys(next).length === 0 ? others : { ...others, [appId]: next }
    return desk.edit([{ kind: 'set_custom_data', customData }])
  })
}

function undeclared({ settings }: CartRequest, appId: string, names: readonly string[]): VtexError | undefined {
  const app = settings.orderForm.apps?.find(({ id }) => id === appId)
  if (app === undefined) return fixed.unknownApp
  return names.every(name => app.fields.includes(name)) ? undefined : fixed.unknownAppField
}

/** What a field hangs on. */
interface LinkedEntity {
  readonly type: 'order' | 'item' | 'address'
  /** Empty for the order. */
  readonly id: string
}

interface LinkedFields {
  readonly linkedEntity: LinkedEntity
  readonly fields: readonly Readonly<Record<string, string>>[]
}

/** PUT .../customFields: 200, fields of the order, of items and of addresses; 400 CHK0022, CHK0179 for an unknown id. */
export async function putCustomFields(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const entries = objectsOf(request.body)
  if (entries === undefined) return respondError(fixed.badRequest)
  const linked: LinkedFields[] = []
  for (const { linkedEntity, fields } of entries) {
    const read = isObject(linkedEntity) ? readLinked(linkedEntity, objectsOf(fields)) : undefined
    if (read === undefined) return respondError(fixed.badRequest)
    linked.push(read)
  }
  return changeLinked(request, operations, linked, merged)
}

/** PUT .../customFields/order: 200, one field of the order. */
export async function putOrderField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return putLinkedField(request, operations, { type: 'order', id: '' })
}

/** PUT .../customFields/item/{itemId}: 200, one field of an item; 400 CHK0022. */
export async function putItemField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return putLinkedField(request, operations, { type: 'item', id: request.params.itemId ?? '' })
}

/** PUT .../customFields/address/{addressId}: 200, one field of an address; 400 CHK0179. */
export async function putAddressField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return putLinkedField(request, operations, { type: 'address', id: request.params.addressId ?? '' })
}

/** DELETE .../customFields/item/{itemId}?fieldName=: 200. */
export async function deleteItemField(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const name = request.query.get('fieldName') ?? ''
  const linked: LinkedFields = {
    linkedEntity: { type: 'item', id: request.params.itemId ?? '' },
    fields: [{ name }],
  }
  return changeLinked(request, operations, [linked], (own, gone) =>
    own.filter(field => !gone.some(other => other.name === field.name)),
  )
}

async function putLinkedField(
  request: CartRequest,
  operations: Operations,
  entity: LinkedEntity,
): Promise<WireResponse> {
  const linked = isObject(request.body) ? readLinked(entity, [request.body]) : undefined
  return linked === undefined ? respondError(fixed.badRequest) : changeLinked(request, operations, [linked], merged)
}

type CustomFields = LinkedFields['fields']

function merged(own: CustomFields, next: CustomFields): CustomFields {
  return [...own.filter(field => !next.some(other => other.name === field.name)), ...next]
}

async function changeLinked(
  request: CartRequest,
  operations: Operations,
  linked: readonly LinkedFields[],
  change: (own: CustomFields, given: CustomFields) => CustomFields,
): Promise<WireResponse> {
  if (JSON.stringify(linked).length > maximumFieldsLength) return respondError(fixed.fieldTooLong('customFields'))
  return changeOrderForm(request, operations, desk => {
    let all = (extrasOf(desk.cart).customFields ?? []) as unknown as readonly LinkedFields[]
    for (const { linkedEntity, fields } of linked) {
      const fault = unknownEntity(desk, linkedEntity)
      if (fault !== undefined) return fault
      const isSame = ({ linkedEntity: { type, id } }: LinkedFields) =>
        type === linkedEntity.type && id === linkedEntity.id
      const own = all.find(isSame)?.fields ?? []
      const next = change(own, fields)
      const others = all.filter(one => !isSame(one))
      all = next.length === 0 ? others : [...others, { linkedEntity, fields: next }]
    }
    return keptFields(desk, all)
  })
}

function keptFields(desk: EditDesk, all: readonly LinkedFields[]): Result<EditDesk, CheckoutError> {
  const vtex = { ...extrasOf(desk.cart), customFields: all as unknown as readonly Json[] }
  if (JSON.stringify(all).length > maximumFieldsLength) return refuseWith(fixed.fieldTooLong('customFields'))
  return desk.edit([{ kind: 'fill_in', changes: { extras: { vtex } } }])
}

/** Characters of all custom fields of one cart, as JSON. Ours. */
const maximumFieldsLength = 32_768

function unknownEntity({ cart }: EditDesk, { type, id }: LinkedEntity): ReturnType<typeof refuseWith> | undefined {
  if (type === 'item' && !cart.lineItems.some(line => line.id === parseUniqueId(id))) {
    return refuseWith(fixed.invalidItemId)
  }
  const isAddress = cart.addresses.some(address => address.id === id)
  return type === 'address' && !isAddress ? refuseWith(fixed.unknownAddress) : undefined
}

function readLinked(entity: Fields | LinkedEntity, fields: readonly Fields[] | undefined): LinkedFields | undefined {
  const { type } = entity
  if (type !== 'order' && type !== 'item' && type !== 'address') return undefined
  const read = (fields ?? []).map(({ name, value, refId }) => ({
    name: textOf(name) ?? '',
    value: textOf(value) ?? '',
    refId: textOf(refId) ?? '',
  }))
  const isNamed = fields !== undefined && read.length > 0 && read.every(({ name }) => name !== '')
  return isNamed ? { linkedEntity: { type, id: textOf(entity.id) ?? '' }, fields: read } : undefined
}
