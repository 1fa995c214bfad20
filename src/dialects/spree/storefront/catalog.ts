import type { Operations } from '../../../operations/operations.js'
import { respondJson, respondNotFound } from '../errors.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, textOf } from '../params.js'
import { renderBigVariant, renderProduct, type StockedVariant } from '../render/product.js'
import { slugOf } from '../render/variant.js'
import { endpoint, type SpreeRequest } from '../request.js'

/** GET /api/variants: what is sold, in pages; `q[product_name_or_sku_cont]` searches. Source: dialects/spree.md 3.14. */
export const getVariants = endpoint('open', async (request, operations) => {
  const page = pageOf(request)
  const { found, total } = await search(request, operations, searched(request))
  const variants = found.map(entry => renderBigVariant(entry, request.channel))
  const { count, ...rest } = envelope(variants.length, total, page)
  return respondJson(200, { count, total_count: total, ...rest, variants })
})

/** GET /api/variants/:id: one variant; 404. */
export const getVariant = endpoint('open', async (request, operations) => {
  const variantIds = [integerText(request.params.id) ?? -1]
  const [found] = await operations.findVariants({ channel: request.channel.id, key: { variantIds } })
  return found === undefined ? respondNotFound() : respondJson(200, renderBigVariant(found, request.channel))
})

/** GET /api/products: what is sold, by product, in pages; `ids` or `q[name_cont]` narrow. */
export const getProducts = endpoint('open', async (request, operations) => {
  const page = pageOf(request)
  const ids = (textOf(request.tree.ids) ?? '').split(',').flatMap(id => integerText(id) ?? [])
  const { found, total } =
    ids.length > 0
      ? await byProducts(request, operations, ids)
      : await search(request, operations, searched(request), { by: 'product' })
  const all = grouped(found).flatMap(variants => renderProduct(variants, request.channel) ?? [])
  const products = ids.length > 0 ? pageFrom(all, page) : all
  const { count, current_page, pages } = envelope(products.length, total, page)
  return respondJson(200, { count, total_count: total, current_page, per_page: page.perPage, pages, products })
})

/** GET /api/products/:id: one product by its id or slug; 404. */
export const getProduct = endpoint('open', async (request, operations) => {
  const product = renderProduct(await productNamed(request, operations), request.channel)
  return product === undefined ? respondNotFound() : respondJson(200, product)
})

/** GET /api/products/:id/variants: the variants of one product; 404. */
export const getProductVariants = endpoint('open', async (request, operations) => {
  const found = await productNamed(request, operations)
  if (found.length === 0) return respondNotFound()
  const page = pageOf(request)
  const variants = pageFrom(found, page).map(entry => renderBigVariant(entry, request.channel))
  const { count, ...rest } = envelope(variants.length, found.length, page)
  return respondJson(200, { count, total_count: found.length, ...rest, variants })
})

async function productNamed(request: SpreeRequest, operations: Operations): Promise<readonly StockedVariant[]> {
  const { id = '' } = request.params
  const number = integerText(id)
  if (number !== undefined) return (await byProducts(request, operations, [number])).found
  const { found } = await search(request, operations, id.replaceAll('-', ' '), { most: 500 })
  const match = found.find(({ variant }) => slugOf(variant) === id)
  return match === undefined ? [] : (await byProducts(request, operations, [match.variant.productId])).found
}

async function byProducts(request: SpreeRequest, operations: Operations, productIds: readonly number[]) {
  const found = await operations.findVariants({ channel: request.channel.id, key: { productIds } })
  return { found, total: new Set(found.map(({ variant }) => variant.productId)).size }
}

async function search(
  request: SpreeRequest,
  operations: Operations,
  text: string | undefined,
  how: { readonly most?: number; readonly by?: 'product' } = {},
) {
  const { offset, perPage } = pageOf(request)
  const { most, by } = how
  const { variants, total } = await operations.listVariants({
    channel: request.channel.id,
    offset: most === undefined ? offset : 0,
    limit: most ?? perPage,
    ...(text === undefined ? {} : { text }),
    ...(by === undefined ? {} : { by }),
  })
  const skus = variants.map(({ sku }) => sku)
  const stocked = skus.length === 0 ? [] : await operations.findVariants({ channel: request.channel.id, key: { skus } })
  const stock = new Map(stocked.map(entry => [entry.variant.sku, entry.stock]))
  return { found: variants.map(variant => ({ variant, stock: stock.get(variant.sku) ?? 0 })), total }
}

function grouped(found: readonly StockedVariant[]): readonly (readonly StockedVariant[])[] {
  const products = new Map<number, StockedVariant[]>()
  for (const entry of found) {
    const { productId } = entry.variant
    products.set(productId, [...(products.get(productId) ?? []), entry])
  }
  return [...products.values()]
}

/** What is looked for, whichever field the client names it by. */
function searched({ tree }: SpreeRequest): string | undefined {
  if (!isTree(tree.q)) return undefined
  const { product_name_or_sku_cont: either, name_cont: name, sku_cont: sku, sku_eq: exact } = tree.q
  return textOf(either) ?? textOf(name) ?? textOf(sku) ?? textOf(exact)
}
