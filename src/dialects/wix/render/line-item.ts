import type { CurrencyCode } from '../../../core/money.js'
import { fullTaxes } from '../../../core/pricing/full-shares.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { compact } from '../address.js'
import { referenceTo } from '../catalog.js'
import { lineExtrasOf } from '../extras.js'
import { lineIdOf } from '../ids.js'
import { renderModifiers } from '../modifiers.js'
import { type MoneyContext, parseAmount, renderMoney, renderNoPrice, type WireMoney } from '../money.js'
import { isObject, type JsonObject, objectAt, textAt } from '../validation.js'
import { renderMedia, renderUrl } from './line-media.js'
import { renderSubscription } from './subscription.js'
import { renderTaxDetails } from './taxes.js'

/** What a line's answer depends on besides the line. */
export interface LineFace extends MoneyContext {
  readonly baseUrl: string
  readonly siteUrl: string
  readonly catalogAppId: string
}

/** Prices of a line, minor units: one piece, and all of them. */
export interface LinePrices {
  /** One piece before the catalog's discount, after it, and after automatic rules. */
  readonly full: bigint
  readonly beforeDiscounts: bigint
  readonly price: bigint
  /** All pieces, after automatic rules. */
  readonly all: bigint
  /** What coupons and people took off all pieces. */
  readonly discount: bigint
}

/** A line's prices as this platform tells them apart. Source: dialects/wix.md 4.2, 5.3. */
export function pricesOf(line: PricedLine, priced: PricedCart): LinePrices {
  const automatic = new Set(priced.discounts.flatMap(one => (one.source === 'promotion' ? [one.id] : [])))
  const shares = [...line.discounts, ...line.options.flatMap(option => option.discounts ?? [])]
  const byRules = shares.reduce((sum, share) => (automatic.has(share.discountId) ? sum + share.amount : sum), 0n)
  const options = line.options.reduce((sum, option) => sum + option.unitPrice, 0n)
  const all = line.subtotal - byRules
  const quantity = BigInt(line.quantity)
  return {
    full: (overriddenList(line, priced.currency) ?? line.listPrice) + options,
    beforeDiscounts: line.unitPrice + options,
    price: byRules === 0n ? line.unitPrice + options : (2n * all + quantity) / (2n * quantity),
    all,
    discount: line.fullDiscount - byRules,
  }
}

/** The price to strike through that a key gave an item of the catalog. Source: dialects/wix.md 4.2. */
function overriddenList(line: PricedLine, currency: CurrencyCode): bigint | undefined {
  if (line.item.origin.kind === 'custom' || isUnknown(line)) return undefined
  const text = textAt(lineExtrasOf(line.item).shown ?? {}, 'fullPrice')
  return text === undefined ? undefined : parseAmount(text, currency)
}

/** Whether the catalog has no price to show. */
export function isUnknown(line: PricedLine): boolean {
  return line.availability === 'not_found' || line.availability === 'no_price'
}

/** A line of a checkout. Source: dialects/wix.md 4.2. */
export function renderLineItem(line: PricedLine, priced: PricedCart, face: LineFace): JsonObject {
  const prices = pricesOf(line, priced)
  const entered = (minor: bigint) => (isUnknown(line) ? renderNoPrice(face) : renderMoney(minor, face, 'entered'))
  return {
    ...lineHead(line, face),
    ...enteredPrices(prices, entered),
    totalPriceBeforeTax: entered(line.total.net),
    totalPriceAfterTax: entered(line.total.gross),
    taxDetails: renderTaxDetails({ taxes: fullTaxes(line), rate: line.taxRate, amount: line.total }, face),
    discount: entered(prices.discount),
    media: renderMedia(line, face),
    ...lineTail(line, face),
  }
}

/** A line of a cart: another name for the picture, no taxes and totals. Source: dialects/wix.md 4.6. */
export function renderCartLine(line: PricedLine, priced: PricedCart, face: LineFace): JsonObject {
  const prices = pricesOf(line, priced)
  const entered = (minor: bigint) => (isUnknown(line) ? renderNoPrice(face) : renderMoney(minor, face, 'entered'))
  const rendered = enteredPrices(prices, entered)
  return {
    ...lineHead(line, face),
    ...rendered,
    image: renderMedia(line, face),
    ...lineTail(line, face),
    originalPrice: rendered.price.amount,
    originalFullPrice: rendered.fullPrice.amount,
    couponScopes: [{ namespace: 'stores', group: { name: 'product', entityId: rootIdOf(line, face) } }],
  }
}

function enteredPrices(prices: LinePrices, entered: (minor: bigint) => WireMoney) {
  return {
    price: entered(prices.price),
    lineItemPrice: entered(prices.all),
    fullPrice: entered(prices.full),
    priceBeforeDiscounts: entered(prices.beforeDiscounts),
  }
}

/** How the line refers to the catalog; custom items need not. */
export function catalogReferenceOf(line: PricedLine, face: Pick<LineFace, 'catalogAppId'>): JsonObject | undefined {
  const kept = lineExtrasOf(line.item).catalogReference
  if (kept !== undefined) return kept
  return line.variant === undefined ? undefined : referenceTo(line.variant, face.catalogAppId)
}

function rootIdOf(line: PricedLine, face: LineFace): string {
  const { shown = {} } = lineExtrasOf(line.item)
  return textAt(shown, 'rootCatalogItemId') ?? textAt(catalogReferenceOf(line, face) ?? {}, 'catalogItemId') ?? ''
}

function lineHead(line: PricedLine, face: LineFace): JsonObject {
  const name = nameOf(line)
  return compact({
    id: lineIdOf(line.item),
    quantity: line.quantity,
    catalogReference: catalogReferenceOf(line, face),
    productName: line.availability === 'not_found' ? undefined : name,
    url: line.availability === 'not_found' ? undefined : renderUrl(line, face),
  })
}

/** A key may give an item another name. */
export function nameOf(line: PricedLine): JsonObject {
  const { shown = {} } = lineExtrasOf(line.item)
  const name = objectAt(shown, 'productName')
  const original = textAt(name, 'original') ?? line.name
  return { original, translated: textAt(name, 'translated') ?? original }
}

const availabilities = {
  available: 'AVAILABLE',
  partial: 'PARTIALLY_AVAILABLE',
  out_of_stock: 'NOT_AVAILABLE',
  not_found: 'NOT_FOUND',
  no_price: 'NOT_FOUND',
} as const

function lineTail(line: PricedLine, face: LineFace): JsonObject {
  const { shown = {}, taxableAddress, extendedFields } = lineExtrasOf(line.item)
  const isCustom = line.item.origin.kind === 'custom'
  const quantityAvailable = line.available ?? (isCustom ? shown.quantityAvailable : undefined)
  const deposit = textAt(shown, 'depositAmount')
  const depositMinor = deposit === undefined ? undefined : parseAmount(deposit, face.currency)
  return compact({
    descriptionLines: descriptionLines(line),
    availability: compact({ status: availabilities[line.availability], quantityAvailable }),
    physicalProperties: physicalProperties(line, shown),
    itemType: isObject(shown.itemType) ? shown.itemType : { preset: presets[line.kind] },
    subscriptionOptionInfo: renderSubscription(line),
    paymentOption: paymentOptionOf(shown),
    depositAmount: depositMinor === undefined ? undefined : renderMoney(depositMinor, face, 'entered'),
    serviceProperties: shown.serviceProperties,
    rootCatalogItemId: rootIdOf(line, face) || undefined,
    priceDescription: shown.priceDescription,
    deliveryProfileId: shown.deliveryProfileId,
    policies: shown.policies,
    ...renderModifiers(shown, face),
    taxableAddress,
    extendedFields,
    customLineItem: isCustom,
    priceUndetermined: shown.priceUndetermined === true,
    fixedQuantity: line.item.hasFixedQuantity === true,
    savePaymentMethod: shown.savePaymentMethod === true,
    membersOnly: shown.membersOnly === true,
  })
}

/** How a line is to be paid: as the item says, online unless it says otherwise. */
export function paymentOptionOf(shown: JsonObject): string {
  const option = shown.paymentOption
  return (isObject(option) ? textAt(option, 'value') : textAt(shown, 'paymentOption')) ?? 'FULL_PAYMENT_ONLINE'
}

const presets = {
  physical: 'PHYSICAL',
  digital: 'DIGITAL',
  service: 'SERVICE',
  gift_certificate: 'GIFT_CARD',
} as const

function physicalProperties(line: PricedLine, shown: JsonObject): JsonObject {
  const properties = objectAt(shown, 'physicalProperties')
  const grams = line.variant?.weightGrams
  const sku = textAt(properties, 'sku') ?? (line.variant === undefined ? undefined : line.item.sku.slice(0, 40))
  return compact({
    weight: properties.weight ?? (grams === undefined ? undefined : grams / 1000),
    sku,
    shippable: line.kind === 'physical',
  })
}

/** Chosen options and texts that the buyer wrote. */
function descriptionLines(line: PricedLine): readonly JsonObject[] {
  const { shown = {} } = lineExtrasOf(line.item)
  if (Array.isArray(shown.descriptionLines)) return shown.descriptionLines.filter(isObject)
  const texts = line.item.attachments.flatMap(({ content }) => Object.entries(content))
  return [...Object.entries(line.variant?.attributes ?? {}), ...texts].map(([name, value]) => ({
    name: { original: name, translated: name },
    plainText: { original: value, translated: value },
    lineType: 'PLAIN_TEXT',
  }))
}
