import { z } from 'zod'
import type { PriceOrigin } from '../../core/cart/cart.js'
import type { NewLine } from '../../core/cart/changes.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { CurrencyCode } from '../../core/money.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import { looseText } from './body.js'
import { integerOf } from './ids.js'
import { priceSchema, readPrice } from './money.js'
import { invalid, type Problem } from './problem.js'
import { serverWrapping, type WantedWrapping, wrappedPieces } from './wrapping.js'

/** A product line of a request, in the words of neither surface. */
export interface WantedLine {
  readonly productId: number
  readonly variantId: number | undefined
  readonly quantity: number
  /** Replaces the catalog's price, in major units. */
  readonly listPrice: number | string | undefined
  readonly name: string | undefined
  readonly optionSelections: readonly OptionSelection[]
  readonly wrapping: WantedWrapping | undefined
}

export interface OptionSelection {
  readonly optionId: number
  readonly optionValue: unknown
}

export interface WantedCustomItem {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly listPrice: number | string
  readonly imageUrl: string | undefined
}

export interface WantedGiftCertificate {
  readonly name: string
  readonly theme: string
  readonly amount: number | string
  readonly quantity: number
  readonly sender: { readonly name: string; readonly email: string }
  readonly recipient: { readonly name: string; readonly email: string }
  readonly message: string | undefined
}

/** Everything that a request puts into a cart. */
export interface WantedGoods {
  readonly lines: readonly WantedLine[]
  readonly customItems: readonly WantedCustomItem[]
  readonly giftCertificates: readonly WantedGiftCertificate[]
}

const giftThemes = ['Birthday', 'Boy', 'Celebration', 'Christmas', 'General', 'Girl'] as const
const quantity = z.int().min(1)
const person = z.object({ name: looseText, email: z.string() })

/** A gift certificate that is bought: the same members in both surfaces. Source: dialects/bigcommerce.md 3.1. */
export const giftCertificateSchema: z.ZodType<WantedGiftCertificate> = z
  .object({
    name: z.string().min(1),
    theme: z.enum(giftThemes).default('General'),
    amount: z.number().min(1).max(1000),
    quantity: quantity.default(1),
    sender: person,
    recipient: person,
    message: z.string().max(200).nullish(),
  })
  .transform(({ message, ...rest }) => ({ ...rest, message: message ?? undefined }))

/** An option of a line, in either case. */
const serverSelection = z
  .object({ option_id: z.int(), option_value: z.unknown() })
  .transform(({ option_id, option_value }) => ({ optionId: option_id, optionValue: option_value }))

const serverLine: z.ZodType<WantedLine> = z
  .object({
    product_id: z.int(),
    variant_id: z.int().nullish(),
    quantity,
    list_price: priceSchema.nullish(),
    name: z.string().max(250).nullish(),
    option_selections: z.array(serverSelection).nullish(),
    gift_wrapping: serverWrapping.nullish(),
  })
  .transform(line => ({
    productId: line.product_id,
    variantId: line.variant_id ?? undefined,
    quantity: line.quantity,
    listPrice: line.list_price ?? undefined,
    name: line.name ?? undefined,
    optionSelections: line.option_selections ?? [],
    wrapping: line.gift_wrapping ?? undefined,
  }))

const serverCustomItem: z.ZodType<WantedCustomItem> = z
  .object({
    sku: looseText.optional(),
    name: z.string().min(1).max(250),
    quantity: z.union([
      quantity,
      z
        .string()
        .regex(/^[1-9]\d{0,8}$/)
        .transform(Number),
    ]),
    list_price: priceSchema,
    image_url: z.string().nullish(),
  })
  .transform(item => ({
    sku: item.sku ?? '',
    name: item.name,
    quantity: item.quantity,
    listPrice: item.list_price,
    imageUrl: item.image_url ?? undefined,
  }))

/** Members by which the server-to-server API puts goods into a cart. */
export const serverGoods = {
  line_items: z.array(serverLine).nullish(),
  custom_items: z.array(serverCustomItem).nullish(),
  gift_certificates: z.array(giftCertificateSchema).nullish(),
}

/** The goods of a body that was read with `serverGoods`. */
export function serverGoodsOf(body: {
  readonly line_items?: readonly WantedLine[] | null | undefined
  readonly custom_items?: readonly WantedCustomItem[] | null | undefined
  readonly gift_certificates?: readonly WantedGiftCertificate[] | null | undefined
}): WantedGoods {
  return {
    lines: body.line_items ?? [],
    customItems: body.custom_items ?? [],
    giftCertificates: body.gift_certificates ?? [],
  }
}

/** Names of members in the surface that asked, for errors. */
export interface GoodsNames {
  readonly lines: string
  readonly variantId: string
  readonly optionSelections: string
  readonly wrapping: string
}

export const serverNames: GoodsNames = {
  lines: 'line_items',
  variantId: 'variant_id',
  optionSelections: 'option_selections',
  wrapping: 'gift_wrapping',
}

/**
 * Finds the variants of a request's products, and makes lines of everything in it.
 *
 * @returns 422 for an empty request, an unknown product or variant, and a product with several variants without a choice
 */
export async function newLines(
  goods: WantedGoods,
  at: { readonly channel: Channel; readonly currency: CurrencyCode; readonly names: GoodsNames },
  operations: Operations,
): Promise<Result<readonly NewLine[], Problem>> {
  const { lines, customItems, giftCertificates } = goods
  if (lines.length + customItems.length + giftCertificates.length === 0) {
    return refuse(invalid({ [at.names.lines]: 'required' }))
  }
  const variants = await variantsOf(lines, at.channel, operations)
  const found: NewLine[] = []
  for (const [index, wanted] of lines.entries()) {
    const line = productLine(wanted, variants, at, index)
    if (!line.ok) return line
    const pieces = wanted.wrapping === undefined ? ok([{}]) : wrappedPieces(wanted.wrapping, wanted.quantity)
    if (!pieces.ok)
      return refuse(invalid({ [`${at.names.lines}.${index.toString()}.${at.names.wrapping}`]: 'too many' }))
    found.push(...pieces.value.map(run => ({ ...line.value, ...run })))
  }
  return ok([
    ...found,
    ...customItems.map(item => customLine(item, at.currency)),
    ...giftCertificates.flatMap(certificate => certificateLines(certificate, at.currency)),
  ])
}

/** The variants that may be meant, by product: named ones from the cache, else all of the products by one query. */
async function variantsOf(
  lines: readonly WantedLine[],
  channel: Channel,
  operations: Operations,
): Promise<ReadonlyMap<number, readonly Variant[]>> {
  const byProduct = new Map<number, Variant[]>()
  if (lines.length === 0) return byProduct
  for (const variant of await candidatesOf(lines, channel, operations))
    byProduct.set(variant.productId, [...(byProduct.get(variant.productId) ?? []), variant])
  return byProduct
}

async function candidatesOf(
  lines: readonly WantedLine[],
  channel: Channel,
  operations: Operations,
): Promise<readonly Variant[]> {
  const variantIds = [...new Set(lines.flatMap(line => line.variantId ?? []))]
  const named = await operations.findSoldVariants({ channel: channel.id, key: { variantIds } })
  const isNamed = (line: WantedLine) =>
    named.some(one => one.variantId === line.variantId && one.productId === line.productId)
  if (lines.every(isNamed)) return named
  const productIds = [...new Set(lines.map(line => line.productId))]
  const found = await operations.findVariants({ channel: channel.id, key: { productIds } })
  return found.map(({ variant }) => variant)
}

function productLine(
  wanted: WantedLine,
  variants: ReadonlyMap<number, readonly Variant[]>,
  at: { readonly currency: CurrencyCode; readonly names: GoodsNames },
  index: number,
): Result<NewLine, Problem> {
  const path = `${at.names.lines}.${index.toString()}`
  const ofProduct = variants.get(wanted.productId) ?? []
  if (ofProduct.length === 0) {
    const problem = invalid({ [`${path}.product_id`]: 'unknown' })
    return refuse({ ...problem, sentence: `There is no product ${wanted.productId.toString()}.` })
  }
  const chosen = chooseVariant(wanted, ofProduct)
  if (chosen === undefined) return refuse(variantProblem(wanted, `${path}.${at.names.variantId}`))
  const options = addOns(wanted, chosen)
  if (options === undefined) return refuse(invalid({ [`${path}.${at.names.optionSelections}`]: 'unknown option' }))
  const unitPrice = wanted.listPrice === undefined ? undefined : readPrice(wanted.listPrice, at.currency)
  return ok({
    sku: chosen.sku,
    quantity: wanted.quantity,
    ...(options.length === 0 ? {} : { options }),
    ...(unitPrice === undefined ? {} : { origin: { kind: 'manual', unitPrice } satisfies PriceOrigin }),
    ...(wanted.name === undefined ? {} : { customData: { name: wanted.name } }),
  })
}

function variantProblem({ variantId }: WantedLine, path: string): Problem {
  const sentence =
    variantId === undefined
      ? 'This product has options; variant ID is required.'
      : 'The variant does not belong to this product.'
  return { ...invalid({ [path]: variantId === undefined ? 'required' : 'unknown' }), sentence }
}

/** By its id; else the product's only one; else the one whose attributes are chosen as options. */
function chooseVariant(
  { variantId, optionSelections }: WantedLine,
  ofProduct: readonly Variant[],
): Variant | undefined {
  if (variantId !== undefined) return ofProduct.find(variant => variant.variantId === variantId)
  if (ofProduct.length === 1) return ofProduct[0]
  const matching = ofProduct.filter(variant =>
    Object.entries(variant.attributes).every(([name, value]) => {
      const option = integerOf('option', String(variant.productId), name)
      const selection = optionSelections.find(one => one.optionId === option)
      return selection !== undefined && isValue(selection.optionValue, variant.productId, name, value, value)
    }),
  )
  return optionSelections.length > 0 && matching.length === 1 ? matching[0] : undefined
}

/** A value by its number, by its SKU or by what it is called. */
function isValue(chosen: unknown, productId: number, name: string, key: string, label: string): boolean {
  const byNumber = integerOf('option-value', String(productId), name, key)
  const byPlainNumber = integerOf('option-value', String(productId), key)
  return [byNumber, byPlainNumber, String(byNumber), String(byPlainNumber), key, label].some(each => each === chosen)
}

/** Priced add-ons that the selections name; undefined where one names nothing that the product has. */
function addOns({ optionSelections }: WantedLine, variant: Variant): { readonly sku: string }[] | undefined {
  const options: { readonly sku: string }[] = []
  for (const { optionId, optionValue } of optionSelections) {
    const product = String(variant.productId)
    const isAttribute = Object.keys(variant.attributes).some(name => integerOf('option', product, name) === optionId)
    if (isAttribute) continue
    const group = variant.optionGroups.find(one => integerOf('option', product, one.name) === optionId)
    const option = group?.options.find(one => isValue(optionValue, variant.productId, group.name, one.sku, one.name))
    if (option === undefined) return undefined
    options.push({ sku: option.sku })
  }
  return options
}

function customLine(item: WantedCustomItem, currency: CurrencyCode): NewLine {
  const unitPrice = readPrice(item.listPrice, currency)
  return {
    sku: item.sku,
    quantity: item.quantity,
    origin: { kind: 'custom', name: item.name, unitPrice, itemKind: 'physical' },
    ...(item.imageUrl === undefined ? {} : { customData: { imageUrl: item.imageUrl } }),
  }
}

/** Certificates are lines of one each: every one gets a code of its own. */
function certificateLines(certificate: WantedGiftCertificate, currency: CurrencyCode): readonly NewLine[] {
  const { name, theme, sender, recipient, message } = certificate
  const amount = readPrice(certificate.amount, currency)
  const line: NewLine = {
    sku: '',
    quantity: 1,
    origin: {
      kind: 'gift_certificate',
      amount,
      name,
      theme,
      sender,
      recipient,
      ...(message === undefined ? {} : { message }),
    },
  }
  return Array.from({ length: Math.min(certificate.quantity, maximumCertificates) }, () => line)
}

/** Certificates that one entry may buy. Ours. */
const maximumCertificates = 100
