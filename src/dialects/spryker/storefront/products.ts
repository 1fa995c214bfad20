import { present } from '../../../core/assert.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { respondMany, respondOne } from '../json-api.js'
import { renderCatalogSearch, renderProductDetails } from '../render/product-details.js'
import { endpoint } from '../request.js'

/**
 * GET /concrete-products/{sku}: 200; 404/302. With `include`: prices, availability and image. Only what storefronts
 * show beside a cart; the catalog proper is not covered. Source: dialects/spryker.md 6.2.
 */
export const getConcreteProduct = endpoint(
  { type: 'concrete-products', place: 'stores', identity: 'none' },
  async (request, operations) => {
    const sku = request.params.sku ?? ''
    if (sku === '') return respondErrors(request, [fixed.productSkuMissing])
    const found = await operations.findVariants({ channel: request.channel.id, key: { skus: [sku] } })
    const product = found[0]
    if (product === undefined) return respondErrors(request, [fixed.productNotFound])
    return respondOne(
      request,
      renderProductDetails(product.variant, product.stock, request.channel, requestedMoney(request)),
    )
  },
)

/** Products on a page when the client names no page. */
const pageSize = 12
/** The largest page. */
const pageMaximum = 100

/**
 * GET /catalog-search?q=: a collection with one `catalog-search` resource; finds by name and SKU, no facets.
 * `ipp` or `page[limit]` and `page[offset]` page. Source: dialects/spryker.md 6.2.
 */
export const getCatalogSearch = endpoint(
  { type: 'catalog-search', place: 'stores', identity: 'none' },
  async (request, operations) => {
    const { query } = request.wire
    const limit = Math.min(pageMaximum, request.page?.limit ?? (Number(query.get('ipp')) || pageSize))
    const offset = request.page?.offset ?? 0
    const text = (query.get('q') ?? '').replaceAll('\0', '').trim()
    const { variants, total } = await operations.listVariants({
      channel: request.channel.id,
      offset,
      limit: Math.max(1, Math.trunc(limit)),
      ...(text === '' ? {} : { text }),
    })
    const page = { offset, limit: Math.max(1, Math.trunc(limit)), total }
    return respondMany(request, [renderCatalogSearch(variants, page, request.channel, requestedMoney(request))])
  },
)

/** Currency and price mode that the client asks to see; the channel's own where it names none that the channel has. */
function requestedMoney(request: Parameters<Parameters<typeof endpoint>[1]>[0]): {
  readonly currency: string
  readonly priceMode: 'gross' | 'net'
} {
  const { channel, wire } = request
  const currency = channel.currencies.find(code => code === wire.query.get('currency')) ?? channel.currency
  const mode = wire.query.get('priceMode')
  return {
    currency: present(currency, 'a channel has a currency'),
    priceMode: mode === 'GROSS_MODE' ? 'gross' : mode === 'NET_MODE' ? 'net' : channel.priceMode,
  }
}
