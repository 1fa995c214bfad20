import { z } from 'zod'
import { compositionFault, initialComponents } from '../../../core/cart/components.js'
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

const option = z.strictObject({
  sku: written.code,
  name: written.name,
  taxClass: z.string().max(255).default(''),
  prices: pricesByChannel,
  attachments: z.array(attachment).exactOptional(),
})

const pieces = written.wholeNumber.max(1_000, 'must be 1000 or less')

const componentGroup = z.strictObject({
  name: written.name,
  minQuantity: pieces.default(0),
  maxQuantity: pieces.min(1),
  components: z
    .array(
      z.strictObject({
        sku: written.code,
        minQuantity: pieces.default(0),
        maxQuantity: pieces.min(1),
        initialQuantity: pieces.default(0),
      }),
    )
    .min(1)
    .max(100),
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
  componentGroups: z.array(componentGroup).max(20).exactOptional(),
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
  checkComponents(entry, reading)
  const { minQuantity = 1, maxQuantity = minQuantity } = entry
  if (maxQuantity < minQuantity) reading.problem(['maxQuantity'], 'must not be below minQuantity')
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

/** Components exist and are no goods with components themselves, and what comes unasked is something that may be had. */
function checkComponents({ sku: own, componentGroups = [] }: Written, reading: Reading): void {
  const names = new Set<string>()
  componentGroups.forEach((group, index) => {
    const path = ['componentGroups', index]
    if (names.has(group.name)) reading.problem([...path, 'name'], `is a second group "${group.name}"`)
    names.add(group.name)
    group.components.forEach(({ sku }, place) => {
      const at = [...path, 'components', place, 'sku']
      if (sku === own) reading.problem(at, 'is the variant itself')
      else reading.awaitsSku(sku, at)
    })
  })
  const fault = compositionFault({ sku: own, componentGroups }, initialComponents({ componentGroups }))
  if (fault !== undefined) {
    reading.problem(['componentGroups'], 'must come with as many pieces (initialQuantity) as they need and allow')
  }
}

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
  const {
    unitMultiplierMicros,
    optionGroups,
    componentGroups,
    subscriptionOptions,
    attachments,
    prices,
    kind,
    ...rest
  } = variant
  return {
    ...rest,
    itemKind: kind,
    unitMultiplier: writeMillionths(unitMultiplierMicros),
    optionGroups: optionGroups.map(group => ({
      name: group.name,
      options: group.options.map(({ attachments: forms, ...one }) => ({
        ...one,
        prices: writePrices(one.prices),
        ...(forms === undefined ? {} : { attachments: forms.map(form => ({ ...form })) }),
      })),
    })),
    ...(componentGroups === undefined ? {} : { componentGroups: componentGroups.map(writeComponents) }),
    subscriptionOptions: subscriptionOptions.map(one => ({ ...one })),
    attachments: attachments.map(one => ({ ...one })),
    prices: writePrices(prices),
  }
}

function writeComponents({ components, ...rest }: NonNullable<Variant['componentGroups']>[number]) {
  return { ...rest, components: components.map(one => ({ ...one })) }
}
