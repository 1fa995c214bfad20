import type { Channel } from '../../../core/catalog/channel.js'
import type { Variant } from '../../../core/catalog/variant.js'
import { integerOf } from '../ids.js'
import { display, toWire } from '../money.js'
import { shippingCategoryId, stockLocation } from './shipment.js'
import { optionTypeId, priceIn, renderVariant, slugOf } from './variant.js'

/** A variant with the pieces that may be promised. */
export interface StockedVariant {
  readonly variant: Variant
  readonly stock: number
}

/** A variant with where it lies. */
export function renderBigVariant({ variant, stock }: StockedVariant, channel: Channel) {
  return {
    ...renderPricedVariant({ variant, stock }, channel),
    stock_items: [
      {
        id: variant.variantId,
        count_on_hand: stock,
        stock_location_id: stockLocation.id,
        backorderable: false,
        available: stock > 0 || channel.tracksStock === false,
        stock_location_name: stockLocation.name,
      },
    ],
  }
}

function renderPricedVariant({ variant, stock }: StockedVariant, channel: Channel) {
  const price = priceIn(variant, channel)
  const { currency, tracksStock } = channel
  return renderVariant(variant, { currency, price: price?.amount ?? 0n, stock, tracksStock })
}

/** A product: its own variant, and those that are told apart by options. */
export function renderProduct(variants: readonly StockedVariant[], channel: Channel) {
  const [first] = variants
  if (first === undefined) return undefined
  const { variant } = first
  const others = variants.filter(entry => Object.keys(entry.variant.attributes).length > 0)
  const price = priceIn(variant, channel)?.amount ?? 0n
  const slug = slugOf(variant)
  const names = [...new Set(others.flatMap(entry => Object.keys(entry.variant.attributes)))]
  return {
    id: variant.productId,
    name: variant.name,
    description: variant.description ?? null,
    price: toWire(price, channel.currency),
    display_price: display(price, channel.currency),
    available_on: '2020-01-01T00:00:00.000Z',
    slug,
    permalink: slug,
    meta_description: null,
    meta_keywords: null,
    shipping_category_id: shippingCategoryId(variant.shippingCategory ?? 'Default'),
    taxon_ids: variant.categories.map(name => integerOf(`taxon ${name}`)),
    total_on_hand: channel.tracksStock === false ? null : variants.reduce((sum, { stock }) => sum + stock, 0),
    has_variants: others.length > 0,
    master: renderPricedVariant(first, channel),
    variants: others.map(entry => renderPricedVariant(entry, channel)),
    option_types: names.map(name => ({ id: optionTypeId(name), name: name.toLowerCase(), presentation: name })),
    product_properties: [],
    classifications: variant.categories.map((name, position) => ({
      taxon_id: integerOf(`taxon ${name}`),
      position,
      taxon: { id: integerOf(`taxon ${name}`), name, pretty_name: name },
    })),
  }
}
