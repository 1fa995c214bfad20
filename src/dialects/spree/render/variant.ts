import type { Channel } from '../../../core/catalog/channel.js'
import type { Price, Variant } from '../../../core/catalog/variant.js'
import type { Minor } from '../../../core/money.js'
import { integerOf } from '../ids.js'
import { display, toWire } from '../money.js'

/** Prices, stock and currency that a variant is shown with. */
export interface VariantContext {
  readonly currency: string
  readonly price: Minor
  /** Pieces that may be promised; absent: not known here. */
  readonly stock?: number
  /** False: as many as anybody wants. */
  readonly tracksStock?: boolean | undefined
}

/** A variant as line items and lists show it. */
export function renderVariant(variant: Variant, { currency, price, ...store }: VariantContext) {
  const isTracked = store.tracksStock !== false
  const stock = isTracked ? store.stock : undefined
  const isInStock = stock === undefined || stock > 0
  const slug = slugOf(variant)
  const options = Object.entries(variant.attributes)
  return {
    id: variant.variantId,
    name: variant.name,
    sku: variant.sku,
    price: toWire(price, currency),
    weight: weightOf(variant),
    height: null,
    width: null,
    depth: null,
    is_master: isMaster(variant),
    slug,
    permalink: slug,
    description: variant.description ?? null,
    track_inventory: isTracked,
    display_price: display(price, currency),
    options_text: optionsText(variant),
    in_stock: isInStock,
    is_backorderable: false,
    is_orderable: isInStock,
    total_on_hand: stock ?? null,
    is_destroyed: false,
    option_values: options.map(([name, value]) => optionValue(name, value)),
    images: imagesOf(variant),
  }
}

function optionValue(name: string, value: string) {
  return {
    id: integerOf(`option value ${name} ${value}`),
    name: value.toLowerCase(),
    presentation: value,
    option_type_name: name.toLowerCase(),
    option_type_id: optionTypeId(name),
    option_type_presentation: name,
  }
}

/** Integer id of an option such as Color. */
export function optionTypeId(name: string): number {
  return integerOf(`option type ${name}`)
}

/** `Color: Brown, Size: L`; empty without options. */
export function optionsText(variant: Pick<Variant, 'attributes'>): string {
  return Object.entries(variant.attributes)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

/** What stands for a product in addresses. */
export function slugOf(variant: Pick<Variant, 'name' | 'productSku'>): string {
  const slug = variant.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? variant.productSku.toLowerCase() : slug
}

/** A product's own variant, where its others are told apart by options. */
export function isMaster(variant: Pick<Variant, 'attributes'>): boolean {
  return Object.keys(variant.attributes).length === 0
}

/** Grams as a decimal text without padding. */
function weightOf({ weightGrams = 0 }: Variant): string {
  return `${weightGrams}.0`
}

function imagesOf(variant: Variant) {
  const { imageUrl } = variant
  if (imageUrl === undefined) return []
  const type = imageUrl.endsWith('.svg') ? 'image/svg+xml' : 'image/jpeg'
  return [
    {
      id: integerOf(`image ${variant.sku}`),
      position: 1,
      attachment_content_type: type,
      attachment_file_name: imageUrl.split('/').at(-1) ?? imageUrl,
      type: 'Spree::Image',
      attachment_updated_at: null,
      attachment_width: null,
      attachment_height: null,
      alt: variant.name,
      viewable_type: 'Spree::Variant',
      viewable_id: variant.variantId,
      mini_url: imageUrl,
      small_url: imageUrl,
      product_url: imageUrl,
      large_url: imageUrl,
    },
  ]
}

/** The price of a variant in a channel's own currency and price mode. */
export function priceIn(variant: Pick<Variant, 'prices'>, channel: Channel): Price | undefined {
  return variant.prices.find(
    ({ channel: id, currency, mode }) =>
      id === channel.id && currency === channel.currency && mode === channel.priceMode,
  )
}
