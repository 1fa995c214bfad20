import type { NewLine } from '../../core/cart/changes.js'
import type { Json } from '../../core/ids.js'
import type { CurrencyCode } from '../../core/money.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import { ownPlace, placeOfCart } from './cart-place.js'
import { type CatalogLookup, keptReference, lookUp } from './catalog.js'
import { wordRefusal } from './errors.js'
import { lineRefOf } from './ids.js'
import { modifierGroupsRule, modifiersPrice } from './modifiers.js'
import { parseAmount } from './money.js'
import { mayAdminister, type WixCall } from './request.js'
import {
  decimal,
  type Field,
  type Fields,
  guid,
  has,
  type JsonObject,
  list,
  number,
  object,
  objectAt,
  objectsAt,
  oneOf,
  optional,
  required,
  text,
  textAt,
  truth,
  whole,
  withOwnIds,
} from './validation.js'
import { applicationError, type WixError } from './wix-error.js'

const quantity = required(whole(1, 100_000))
const anyAmount = decimal({ max: 1_000_000_000_000_001n, scale: 3 })
const paymentOptions = [
  'FULL_PAYMENT_ONLINE',
  'FULL_PAYMENT_OFFLINE',
  'MEMBERSHIP',
  'DEPOSIT_ONLINE',
  'MEMBERSHIP_OFFLINE',
  'MEMBERSHIP_ONLINE_WITH_OFFLINE_REMAINDER',
]
const itemTypes = ['UNRECOGNISED', 'PHYSICAL', 'DIGITAL', 'GIFT_CARD', 'SERVICE']

const catalogReferenceRule = object({
  catalogItemId: required(text(36, 1)),
  appId: required(guid),
  options: optional(object({})),
})

const productName = object({ original: required(text(200, 1)), translated: optional(text(400, 1)) })
const itemType = object({ preset: optional(oneOf(itemTypes)), custom: optional(text(100, 1)) })

const physicalProperties = object({
  weight: optional(number),
  sku: optional(text(40)),
  shippable: optional(truth),
})
const picture = object({
  id: optional(text(2_048)),
  url: optional(text(2_048)),
  height: optional(number),
  width: optional(number),
  altText: optional(text(2_048)),
  filename: optional(text(2_048)),
})
const addressTypes = ['BUSINESS', 'BILLING', 'SHIPPING']
const taxableAddress = object({ addressType: optional(oneOf(addressTypes)) })

const overrideFields: Fields = {
  productName: optional(productName),
  price: optional(decimal({ max: 1_000_000_000n, scale: 3 })),
  fullPrice: optional(decimal({ max: 1_000_000_000n, scale: 3 })),
  descriptionLines: optional(list(object({}), { max: 20 })),
  depositAmount: optional(decimal({ max: 1_000_000_000n, scale: 3 })),
  physicalProperties: optional(physicalProperties),
  image: optional(picture),
}

/** Fields of an item of the catalog. Source: dialects/wix.md 3.1, 4.2. */
export const catalogItemRule = object({
  id: optional(guid),
  quantity,
  catalogReference: required(catalogReferenceRule),
  catalogOverrideFields: optional(object(overrideFields)),
  taxableAddress: optional(taxableAddress),
})

/** Fields of an item that no catalog knows. Source: dialects/wix.md 4.3. */
export const customItemRule = object({
  id: optional(guid),
  quantity,
  itemType: required(itemType),
  price: required(anyAmount),
  fullPrice: optional(anyAmount),
  productName: optional(productName),
  descriptionLines: optional(list(object({}), { max: 10 })),
  quantityAvailable: optional(whole(0, 100_000)),
  physicalProperties: optional(physicalProperties),
  serviceProperties: optional(
    object({ scheduledDate: optional(text(40)), numberOfParticipants: optional(whole(1, 10_000)) }),
  ),
  priceDescription: optional(object({ original: optional(text(100, 1)), translated: optional(text(100, 1)) })),
  url: optional(object({ relativePath: optional(text(2_048)), url: optional(text(2_048)) })),
  media: optional(picture),
  taxableAddress: optional(taxableAddress),
  paymentOption: optional(oneOf(paymentOptions)),
  depositAmount: optional(anyAmount),
  rootCatalogItemId: optional(text(36, 1)),
  deliveryProfileId: optional(guid),
  taxGroupId: optional(guid),
  catalogReference: optional(catalogReferenceRule),
  policies: optional(list(object({ title: required(text(29, 1)), content: required(text(3_000, 1)) }), { max: 5 })),
  modifierGroups: optional(modifierGroupsRule),
})

/** `lineItems` and `customLineItems` of a request, at most so many each. */
export function lineFields(max: number): Readonly<Record<'lineItems' | 'customLineItems', Field>> {
  return {
    lineItems: optional(withOwnIds(list(catalogItemRule, { max }))),
    customLineItems: optional(withOwnIds(list(customItemRule, { max }))),
  }
}

/** New quantities of lines that are there. Source: dialects/wix.md 3.6. */
export const quantityFields: Fields = {
  lineItems: required(list(object({ id: required(guid), quantity }), { min: 1, max: 100 })),
}

/** Lines to take out, so many at most. */
export function removalFields(max: number): Fields {
  return { lineItemIds: required(list(guid, { min: 1, max })) }
}

/** Everything that a request adds, in its order: items of the catalog, then others. */
export async function readLines(call: WixCall, operations: Operations): Promise<Result<readonly NewLine[], WixError>> {
  const items = objectsAt(call.body, 'lineItems')
  const custom = objectsAt(call.body, 'customLineItems')
  const isPrivileged = custom.length > 0 || items.some(item => has(item, 'catalogOverrideFields'))
  if (isPrivileged && !mayAdminister(call)) {
    return refuse(applicationError(403, 'PERMISSION_DENIED', 'Custom items and overrides need an administrator.'))
  }
  // No item of a catalog is paid by membership here.
  if (items.some(item => has(item, 'selectedMembership')))
    return refuse(wordRefusal({ code: 'invalid_input', field: 'selectedMembership', rule: 'no membership' }, 'cart'))
  const references = items.map(item => objectAt(item, 'catalogReference'))
  const { catalog, currency } = await lookUpWhere(call, operations, references, isPrivileged)
  return ok([
    ...items.map(item => catalogLine(currency, item, catalog)),
    ...custom.map(item => customLine(currency, item)),
  ])
}

/** What the cart's own channel sells, which is looked at where this one does not sell it all, or prices are named. */
async function lookUpWhere(
  call: WixCall,
  operations: Operations,
  references: readonly JsonObject[],
  namesPrices: boolean,
): Promise<{ readonly catalog: CatalogLookup; readonly currency: CurrencyCode }> {
  const own = ownPlace(call)
  const catalog = await lookUp(call, operations, references)
  const { channel, currency } = catalog.knowsAll && !namesPrices ? own : await placeOfCart(call, operations)
  return { catalog: channel === own.channel ? catalog : await lookUp(call, operations, references, channel), currency }
}

function catalogLine(currency: CurrencyCode, item: JsonObject, catalog: CatalogLookup): NewLine {
  const reference = objectAt(item, 'catalogReference')
  const overrides = objectAt(item, 'catalogOverrideFields')
  const price = textAt(overrides, 'price')
  const unitPrice = price === undefined ? undefined : parseAmount(price, currency)
  const extras = {
    catalogReference: keptReference(reference),
    ...(Object.keys(overrides).length === 0 ? {} : { shown: overrides as Readonly<Record<string, Json>> }),
    ...kept(item, 'taxableAddress'),
    ...kept(item, 'extendedFields'),
  }
  return {
    ...catalog.line(reference),
    quantity: Number(item.quantity),
    ...(unitPrice === undefined ? {} : { origin: { kind: 'manual' as const, unitPrice } }),
    extras: { wix: extras },
  }
}

function customLine(currency: CurrencyCode, item: JsonObject): NewLine {
  const name = textAt(objectAt(item, 'productName'), 'original') ?? 'Item'
  const properties = objectAt(item, 'physicalProperties')
  const listPrice = textAt(item, 'fullPrice')
  const full = listPrice === undefined ? undefined : parseAmount(listPrice, currency)
  const modifiers = modifiersPrice(item, currency)
  const taxClass = textAt(item, 'taxGroupId')
  const reference = objectAt(item, 'catalogReference')
  const { quantity: _quantity, price: _price, id: _id, catalogReference: _reference, ...shown } = item
  return {
    sku: textAt(properties, 'sku') ?? 'custom',
    quantity: Number(item.quantity),
    origin: {
      kind: 'custom',
      name,
      unitPrice: (parseAmount(String(item.price), currency) ?? 0n) + modifiers,
      itemKind: itemKindOf(item, properties),
      taxClass: taxClass ?? '',
      ...(full === undefined ? {} : { listPrice: full + modifiers }),
    },
    ...(item.fixedQuantity === true ? { hasFixedQuantity: true as const } : {}),
    extras: {
      wix: {
        shown: shown as Readonly<Record<string, Json>>,
        ...(textAt(reference, 'catalogItemId') === undefined ? {} : { catalogReference: keptReference(reference) }),
        ...kept(item, 'taxableAddress'),
      },
    },
  }
}

/** Goods are sent unless they say that they are not. */
function itemKindOf(item: JsonObject, properties: JsonObject): 'physical' | 'digital' | 'service' {
  const preset = textAt(objectAt(item, 'itemType'), 'preset')
  if (preset === 'PHYSICAL') return properties.shippable === false ? 'service' : 'physical'
  if (properties.shippable === true) return 'physical'
  return preset === 'DIGITAL' || preset === 'GIFT_CARD' ? 'digital' : 'service'
}

function kept(item: JsonObject, name: string): Readonly<Record<string, Json>> {
  return has(item, name) ? { [name]: item[name] as Json } : {}
}

/** The quantities that a request sets. */
export function readQuantities(body: JsonObject) {
  return objectsAt(body, 'lineItems').map(item => ({
    lineItem: lineRefOf(textAt(item, 'id') ?? ''),
    quantity: Number(item.quantity),
  }))
}

/** The lines that a request takes out. */
export function readRemovals(body: JsonObject) {
  const ids = body.lineItemIds
  return Array.isArray(ids) ? ids.map(id => lineRefOf(String(id))) : []
}
