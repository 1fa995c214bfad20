import { z } from 'zod'
import type { Variant } from '../../../core/catalog/variant.js'
import type { Json } from '../../../core/ids.js'
import { ONE_MICROS } from '../../../core/rate.js'
import type { StoreRecord } from '../../../storage/import-store.js'
import { type FieldsOf, form, type Reading } from '../form.js'
import type { Path } from '../problem.js'
import { writeMillionths } from '../write-amounts.js'
import * as written from '../written.js'
import { pricesByChannel, toPrices, writePrices } from './prices.js'
import { DEFAULT_LOCATION } from './stock.js'

const option = z.strictObject({
  sku: written.code,
  name: written.name,
  taxClass: z.string().max(255).default(''),
  prices: pricesByChannel,
})

const subscriptionOption = z.strictObject({
  optionId: written.code,
  title: written.name,
  frequency: z.enum(['day', 'week', 'month', 'year']),
  interval: written.positiveNumber,
  cycles: written.positiveNumber.exactOptional(),
  trialDays: written.wholeNumber.exactOptional(),
})

const attachment = z.strictObject({
  name: written.name,
  isRequired: z.boolean().default(false),
  fields: z.record(
    written.name,
    z.strictObject({ maxLength: written.positiveNumber, values: z.array(written.text).exactOptional() }),
  ),
})

/** Pieces at the one location, or by location. */
const stock = z.preprocess(
  value => (typeof value === 'number' ? { [DEFAULT_LOCATION]: value } : value),
  z.record(written.code, written.wholeNumber),
)

/** The seller when none is written: the shop itself, which needs no entry. */
const OWN_SELLER = '1'

const variantSchema = z.strictObject({
  sku: written.code,
  variantId: written.integerId,
  productId: written.integerId,
  productSku: written.code.exactOptional(),
  externalIds: z.record(written.name, written.name).default({}),
  name: written.name,
  variantName: written.name.exactOptional(),
  description: written.text.exactOptional(),
  brand: written.name.exactOptional(),
  imageUrl: written.text.exactOptional(),
  url: written.text.exactOptional(),
  itemKind: z.enum(['physical', 'digital', 'service']).default('physical'),
  taxClass: z.string().max(255).default(''),
  categories: z.array(written.name).default([]),
  seller: written.code.exactOptional(),
  isActive: z.boolean().default(true),
  unitMultiplier: written.factor.default(ONE_MICROS),
  measurementUnit: written.name.default('un'),
  minQuantity: written.positiveNumber.exactOptional(),
  maxQuantity: written.positiveNumber.exactOptional(),
  weightGrams: written.wholeNumber.exactOptional(),
  shippingCategory: written.name.exactOptional(),
  attributes: written.texts.default({}),
  optionGroups: z.array(z.strictObject({ name: written.name, options: z.array(option) })).default([]),
  subscriptionOptions: z.array(subscriptionOption).default([]),
  attachments: z.array(attachment).default([]),
  prices: pricesByChannel.default({}),
  data: written.jsonByName.exactOptional(),
  stock: stock.exactOptional(),
} satisfies FieldsOf<Variant, 'kind' | 'unitMultiplierMicros'>)
type Written = z.output<typeof variantSchema>

/** A variant, and its stock where that is written along. In a file its kind is `itemKind`: `kind` says what an entry is. */
export const variantForm = form(variantSchema, (entry, reading) => {
  const { stock: byLocation = {}, seller, productSku = entry.sku, unitMultiplier, itemKind, ...rest } = entry
  if (seller !== undefined && seller !== OWN_SELLER) reading.refersTo('seller', seller, ['seller'])
  if (entry.taxClass !== '') reading.usesTaxClass(entry.taxClass, ['taxClass'])
  const value: Variant = {
    ...rest,
    kind: itemKind,
    productSku,
    seller: seller ?? OWN_SELLER,
    unitMultiplierMicros: unitMultiplier,
    optionGroups: entry.optionGroups.map((group, index) => toOptionGroup(group, ['optionGroups', index], reading)),
    prices: toPrices(entry.prices, ['prices'], reading),
  }
  const stocks = Object.entries(byLocation).map(
    ([location, available]): StoreRecord => ({ kind: 'stock', value: { sku: entry.sku, location, available } }),
  )
  return [{ kind: 'variant', value }, ...stocks]
})

function toOptionGroup(
  group: Written['optionGroups'][number],
  path: Path,
  reading: Reading,
): Variant['optionGroups'][number] {
  const seen = new Set<string>()
  const options = group.options.map((one, index) => {
    const at = [...path, 'options', index]
    if (seen.has(one.sku)) reading.problem([...at, 'sku'], `is a second option "${one.sku}" of this group`)
    seen.add(one.sku)
    if (one.taxClass !== '') reading.usesTaxClass(one.taxClass, [...at, 'taxClass'])
    return { ...one, prices: toPrices(one.prices, [...at, 'prices'], reading) }
  })
  return { name: group.name, options }
}

export function writeVariant(variant: Variant): Readonly<Record<string, Json>> {
  const { unitMultiplierMicros, optionGroups, subscriptionOptions, attachments, prices, kind, ...rest } = variant
  return {
    ...rest,
    itemKind: kind,
    unitMultiplier: writeMillionths(unitMultiplierMicros),
    optionGroups: optionGroups.map(group => ({
      name: group.name,
      options: group.options.map(one => ({ ...one, prices: writePrices(one.prices) })),
    })),
    subscriptionOptions: subscriptionOptions.map(one => ({ ...one })),
    attachments: attachments.map(one => ({ ...one })),
    prices: writePrices(prices),
  }
}
