import type { Channel } from '../../../core/catalog/channel.js'
import type { Variant } from '../../../core/catalog/variant.js'
import { currencyName } from '../../../core/money-format.js'
import type { Attributes, Resource } from '../json-api.js'
import { toWire } from '../money.js'
import { renderProduct } from './products.js'

/** In which currency and mode somebody looks at prices. */
export interface ShownMoney {
  readonly currency: string
  readonly priceMode: 'gross' | 'net'
}

/** A `concrete-products` resource with what hangs on it: prices, availability, image. */
export function renderProductDetails(variant: Variant, stock: number, channel: Channel, money: ShownMoney): Resource {
  const self = `/concrete-products/${encodeURIComponent(variant.sku)}`
  const related = (type: string, attributes: Attributes): readonly Resource[] => [
    { type, id: variant.sku, self: `${self}/${type}`, attributes },
  ]
  return {
    ...renderProduct(variant),
    relationships: {
      'concrete-product-prices': () => related('concrete-product-prices', pricesOf(variant, channel, money)),
      'concrete-product-availabilities': () =>
        related('concrete-product-availabilities', {
          isNeverOutOfStock: false,
          availability: stock > 0,
          quantity: String(stock),
        }),
      'concrete-product-image-sets': () =>
        related('concrete-product-image-sets', { imageSets: [{ name: 'default', images: imagesOf(variant) }] }),
    },
  }
}

/** One page of a search, as a single resource. */
export function renderCatalogSearch(
  variants: readonly Variant[],
  page: { readonly offset: number; readonly limit: number; readonly total: number },
  channel: Channel,
  money: ShownMoney,
): Resource {
  const products = byProduct(variants)
  return {
    type: 'catalog-search',
    id: null,
    attributes: {
      spellingSuggestion: null,
      sort: { sortParamNames: [], sortParamLocalizedNames: {}, currentSortParam: null, currentSortOrder: null },
      pagination: {
        numFound: page.total,
        currentPage: Math.floor(page.offset / page.limit) + 1,
        maxPage: Math.ceil(page.total / page.limit),
        currentItemsPerPage: page.limit,
        config: { parameterName: 'page', itemsPerPageParameterName: 'ipp', defaultItemsPerPage: 12 },
      },
      abstractProducts: products.map(([variant]) => ({
        abstractName: variant.name,
        abstractSku: variant.productSku,
        ...pricesOf(variant, channel, money),
        images: imagesOf(variant),
      })),
      valueFacets: [],
      rangeFacets: [],
      categoryTreeFilter: [],
    },
    relationships: { 'abstract-products': () => products.map(renderAbstractProduct) },
  }
}

type Siblings = readonly [Variant, ...Variant[]]

/** Variants of one product stand together, in the order in which the product first appears. */
function byProduct(variants: readonly Variant[]): readonly Siblings[] {
  const products = new Map<string, [Variant, ...Variant[]]>()
  for (const variant of variants) {
    const siblings = products.get(variant.productSku)
    if (siblings === undefined) products.set(variant.productSku, [variant])
    else siblings.push(variant)
  }
  return [...products.values()]
}

function renderAbstractProduct(siblings: Siblings): Resource {
  const [variant] = siblings
  return {
    type: 'abstract-products',
    id: variant.productSku,
    attributes: {
      sku: variant.productSku,
      name: variant.name,
      description: variant.description ?? null,
      attributes: { ...variant.attributes },
      superAttributes: {},
      attributeMap: { product_concrete_ids: siblings.map(each => each.sku) },
      url: variant.url ?? null,
    },
    relationships: { 'concrete-products': () => siblings.map(renderProduct) },
  }
}

/** The price in the currency and mode asked for, 0 where it is not sold so; the struck-out one where there is one. */
function pricesOf(variant: Variant, channel: Channel, money: ShownMoney): Attributes {
  const price = variant.prices.find(
    each => each.channel === channel.id && each.currency === money.currency && each.mode === money.priceMode,
  )
  if (price === undefined) return { price: 0, prices: [] }
  const entry = (priceTypeName: string, amount: bigint): Attributes => ({
    priceTypeName,
    netAmount: money.priceMode === 'net' ? toWire(amount) : null,
    grossAmount: money.priceMode === 'gross' ? toWire(amount) : null,
    currency: { code: money.currency, name: currencyName(money.currency), symbol: symbolOf(money.currency) },
    volumePrices: [],
  })
  const isReduced = price.list !== undefined && price.list > price.amount
  return {
    price: toWire(price.amount),
    prices: [entry('DEFAULT', price.amount), ...(isReduced ? [entry('ORIGINAL', price.list)] : [])],
  }
}

function imagesOf(variant: Variant): readonly Attributes[] {
  const { imageUrl } = variant
  return imageUrl === undefined ? [] : [{ externalUrlLarge: imageUrl, externalUrlSmall: imageUrl }]
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0)
  return parts.find(part => part.type === 'currency')?.value ?? currency
}
