import type { AttachmentSchema, Variant } from '../../../core/catalog/variant.js'
import { type Minor, sumOf } from '../../../core/money.js'
import { lineAmounts } from '../../../core/pricing/line-amount.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { ONE_MICROS } from '../../../core/rate.js'
import { sentPriceTagsOf } from '../extras.js'
import { calculationIdOf, uniqueIdOf } from '../ids.js'
import { toMajor, toWire } from '../money.js'
import { slugOf } from '../slug.js'
import { dayAfter } from '../time.js'
import { renderAssemblies, renderAssemblyOptions } from './assemblies.js'
import { availabilityOf } from './availability.js'
import type { RenderContext } from './context.js'
import { quotedTaxOf, quotedTaxTags } from './quoted-tax.js'
import { shippingSharesOf } from './shipping-shares.js'

/** How long a price is promised, days. Ours. */
const promisedDays = 1

/** A reduction or surcharge of one line, as the API itemizes it. `value` of the whole line; a discount is negative. */
export interface PriceTag {
  readonly name: string
  readonly identifier: string | null
  readonly isPercentual: false
  readonly value: number
  readonly rawValue: number
  /** Of a tax that an outside service told with its place. */
  readonly jurisType?: string
  readonly jurisCode?: string
  readonly jurisName?: string
}

/** How the pieces of a line cost what the line costs, to the unit. */
export interface PriceDefinition {
  readonly calculatedSellingPrice: number
  readonly total: number
  readonly sellingPrices: readonly { readonly value: number; readonly quantity: number }[]
  readonly reason: null
}

/** Id of a variant on the wire: its integer id, else its SKU. */
export function skuIdOf(line: PricedLine): string {
  return line.variant === undefined ? line.item.sku : String(line.variant.variantId)
}

/** All items, in the order of the cart. */
export function renderItems(context: RenderContext) {
  return context.priced.lines.map((line, index) => renderItem(line, index, context))
}

/** One item of an orderForm or of an order. */
export function renderItem(line: PricedLine, index: number, context: RenderContext) {
  const { item, variant } = line
  const { lines } = context.priced
  const seller = sellerOf(line, context)
  const parent = item.parent === undefined ? -1 : lines.findIndex(other => other.item.id === item.parent)
  const known = knownOf(line)
  return {
    uniqueId: uniqueIdOf(item.id),
    id: skuIdOf(line),
    productId: String(variant?.productId ?? ''),
    productRefId: variant?.productSku ?? '',
    refId: item.sku,
    ean: variant?.externalIds.ean ?? null,
    name: nameOf(line),
    skuName: variant?.variantName ?? line.name,
    modalType: null,
    parentItemIndex: parent < 0 ? null : parent,
    parentAssemblyBinding: item.componentOf ?? null,
    assemblies: renderAssemblies(line, context),
    priceValidUntil: dayAfter(context.now, promisedDays),
    tax: toWire(line.total.tax - quotedTaxOf(line, context.priced)),
    taxCode: variant?.taxClass ?? '',
    price: toWire(line.catalogPrice),
    listPrice: toWire(line.listPrice),
    manualPrice: item.origin.kind === 'manual' ? toWire(item.origin.unitPrice) : null,
    manualPriceAppliedBy: item.origin.kind === 'manual' ? (item.origin.by ?? null) : null,
    sellingPrice: priceDefinition(line).calculatedSellingPrice,
    rewardValue: 0,
    isGift: item.isGift,
    additionalInfo: {
      dimension: null,
      brandName: variant?.brand ?? '',
      brandId: variant?.externalIds.vtexBrandId ?? '',
      offeringInfo: null,
      offeringType: null,
      offeringTypeId: null,
    },
    preSaleDate: null,
    productCategoryIds: known.categoryIds,
    productCategories: known.categories,
    quantity: item.quantity,
    seller,
    sellerChain: [seller],
    imageUrl: imageOf(line, context),
    detailUrl: known.detailUrl,
    components: [],
    bundleItems: renderBundleItems(line),
    attachments: item.attachments.map(({ name, content }) => ({ name, content })),
    attachmentOfferings: known.forms,
    offerings: renderOfferings(line, context),
    priceTags: priceTags(line, index, context),
    availability: availabilityOf(line, context.priced),
    measurementUnit:
      variant?.measurementUnit === undefined || variant.measurementUnit === '' ? 'un' : variant.measurementUnit,
    unitMultiplier: unitMultiplierOf(line),
    manufacturerCode: null,
    priceDefinition: priceDefinition(line),
  }
}

/** What is known of each item besides prices. */
export function renderItemMetadata(context: RenderContext) {
  const items = context.priced.lines.map(line => ({
    id: skuIdOf(line),
    seller: sellerOf(line, context),
    name: nameOf(line),
    skuName: line.variant?.variantName ?? line.name,
    productId: String(line.variant?.productId ?? ''),
    refId: line.item.sku,
    ean: line.variant?.externalIds.ean ?? null,
    imageUrl: imageOf(line, context),
    detailUrl: knownOf(line).detailUrl,
    assemblyOptions: renderAssemblyOptions(line, context),
  }))
  return { items: [...new Map(items.map(item => [`${item.id} ${item.seller}`, item])).values()] }
}

/** Id of the seller on the wire; goods without one are the store's own. */
export function sellerOf({ item, variant }: PricedLine, { facts }: Pick<RenderContext, 'facts'>): string {
  const own = item.seller === '' ? variant?.seller : item.seller
  return own === undefined || own === '' ? ([...facts.sellers.keys()][0] ?? '1') : own
}

/** Before discounts, at the price of the catalog: what the Items total adds up. Services not included. */
export function grossOf(line: PricedLine): Minor {
  if (line.catalogPrice === line.unitPrice) return line.price
  const amount = lineAmounts.unit_multiplier
  return amount(line.catalogPrice, BigInt(line.quantity), line.unitMultiplierMicros)
}

/** Price of all services of the line, before their discounts. */
export function servicesOf(line: PricedLine): Minor {
  return sumOf(line.options.map(option => option.price))
}

/** What the pieces of a line cost after everything that touches the price, services left aside. */
export function priceDefinition(line: PricedLine): PriceDefinition {
  const total = line.price - line.discount
  const quantity = BigInt(line.quantity)
  const floor = total / quantity
  const larger = Number(total % quantity)
  const value = toWire(floor)
  const rest = line.quantity - larger
  const sellingPrices = [
    ...(larger > 0 ? [{ value: value + 1, quantity: larger }] : []),
    ...(rest > 0 ? [{ value, quantity: rest }] : []),
  ]
  return { calculatedSellingPrice: value, total: toWire(total), sellingPrices, reason: null }
}

/** Everything that made the line cheaper or dearer; a reduction of shipping is told, but takes nothing off the line. */
export function priceTags(line: PricedLine, index: number, context: RenderContext): readonly PriceTag[] {
  const { priced } = context
  const sent = sentTags(line, priced)
  const byHand = new Set(priced.discounts.flatMap(({ id, source }) => (source === 'manual' ? [id] : [])))
  const taken = sent === undefined ? line.discounts : line.discounts.filter(one => !byHand.has(one.discountId))
  const own = taken.map(({ discountId, amount }) => tag(priced, 'price', discountId, -amount, line.item.id))
  return [...(sent ?? fixedTags(line, priced)), ...own, ...shippingTags(index, context), ...quotedTaxTags(line, priced)]
}

/** The tags that came with the item when its order was placed: together they are what was set by hand. */
function sentTags({ item }: PricedLine, { currency }: PricedCart): readonly PriceTag[] | undefined {
  const tags = sentPriceTagsOf(item)
  return tags?.map(({ name, value }) => {
    const rawValue = toMajor(BigInt(value), currency)
    return { name, identifier: null, isPercentual: false, value, rawValue }
  })
}

function fixedTags(line: PricedLine, { currency }: PricedCart): readonly PriceTag[] {
  const value = line.price - grossOf(line)
  const isManual = line.item.origin.kind === 'manual'
  if (value === 0n && !isManual) return []
  const name = line.item.isGift ? 'DISCOUNT@GIFT' : 'DISCOUNT@MANUALPRICE'
  if (!isManual && !line.item.isGift) return []
  return [{ name, identifier: null, isPercentual: false, value: toWire(value), rawValue: toMajor(value, currency) }]
}

function shippingTags(index: number, { priced }: RenderContext): readonly PriceTag[] {
  const line = priced.lines[index]
  return priced.consignments.flatMap(consignment =>
    consignment.discounts.flatMap(({ discountId, amount }) => {
      const share = shippingSharesOf(consignment, priced, amount).get(line?.item.id ?? '') ?? 0n
      return share === 0n ? [] : [tag(priced, 'shipping', discountId, -share, line?.item.id ?? '')]
    }),
  )
}

function tag(
  priced: PricedCart,
  kind: 'price' | 'shipping',
  discountId: string,
  value: Minor,
  lineId: string,
): PriceTag {
  const calculation = calculationIdOf(discountId, lineId, value.toString())
  return {
    name: `discount@${kind}-${discountId}#${calculation}`,
    identifier: discountId,
    isPercentual: false,
    value: toWire(value),
    rawValue: toMajor(value, priced.currency),
  }
}

function renderBundleItems(line: PricedLine) {
  return line.options.map(({ sku, name, unitPrice, group }, index) => ({
    type: group === '' ? 'Service' : group,
    id: sku,
    name,
    price: toWire(unitPrice),
    quantity: line.quantity,
    attachments: (line.item.options[index]?.attachments ?? []).map(form => ({
      name: form.name,
      content: form.content,
    })),
    attachmentOfferings: renderForms(formsOf(line, sku)),
  }))
}

function renderOfferings(line: PricedLine, { priced }: RenderContext) {
  const { cart } = priced
  return (line.variant?.optionGroups ?? []).flatMap(group =>
    group.options.flatMap(option => {
      const price = option.prices.find(
        one => one.channel === cart.channel && one.currency === cart.currency && one.mode === cart.priceMode,
      )
      if (price === undefined) return []
      const { sku, name } = option
      const money = toWire(price.amount)
      const attachmentOfferings = renderForms(option.attachments ?? [])
      return [{ type: group.name, id: sku, name, allowGiftMessage: false, attachmentOfferings, price: money }]
    }),
  )
}

/** Forms of a service. */
export function formsOf({ variant }: PricedLine, service: string): readonly AttachmentSchema[] {
  const options = (variant?.optionGroups ?? []).flatMap(group => group.options)
  return options.find(({ sku }) => sku === service)?.attachments ?? []
}

function renderForms(forms: readonly AttachmentSchema[]) {
  return forms.map(({ name, isRequired, fields }) => ({
    name,
    required: isRequired,
    schema: Object.fromEntries(
      Object.entries(fields).map(([key, { maxLength, values }]) => [
        key,
        { maximumNumberOfCharacters: maxLength, domain: values ?? [] },
      ]),
    ),
  }))
}

/** The product's name with that of its variant. */
export function nameOf({ name, variant }: PricedLine): string {
  return variant?.variantName === undefined ? name : `${name} ${variant.variantName}`
}

export function unitMultiplierOf({ unitMultiplierMicros }: PricedLine): number {
  return Number(unitMultiplierMicros) / Number(ONE_MICROS)
}

/** What depends on the goods alone. */
interface KnownGoods {
  /** A line may be called otherwise than its goods. */
  readonly name: string
  readonly categoryIds: string
  readonly categories: Readonly<Record<string, string>>
  readonly detailUrl: string
  readonly forms: ReturnType<typeof renderForms>
}

/** Goods do not change while they are cached, and digests and forms of them take long. */
const knownGoods = new WeakMap<Variant, KnownGoods>()

function knownOf(line: PricedLine): KnownGoods {
  const { variant } = line
  const known = variant === undefined ? undefined : knownGoods.get(variant)
  if (known?.name === line.name) return known
  const names = variant?.categories ?? []
  const ids = names.map(categoryId)
  const made: KnownGoods = {
    name: line.name,
    categoryIds: ids.length === 0 ? '/' : `/${ids.join('/')}/`,
    categories: Object.fromEntries(names.map((name, index) => [ids[index] ?? '', name])),
    detailUrl: variant?.url ?? `/${slugOf(line.name)}/p`,
    forms: renderForms(variant?.attachments ?? []),
  }
  if (variant !== undefined) knownGoods.set(variant, made)
  return made
}

/** Of the category that the product stands in; the first one where it names several. */
export function categoryIdOf({ variant }: PricedLine): string {
  const name = variant?.categories[0]
  return name === undefined ? '' : categoryId(name)
}

/** The store names categories; their place in the alphabet of the product is no id, so a digest stands for one. */
function categoryId(name: string): string {
  return String(Number.parseInt(calculationIdOf(name), 16) % 1_000_000)
}

function imageOf({ variant }: PricedLine, { baseUrl }: RenderContext): string {
  const url = variant?.imageUrl ?? ''
  return url.startsWith('/') ? `${baseUrl}${url}` : url
}
