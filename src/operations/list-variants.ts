import type { Variant } from '../core/catalog/variant.js'
import type { ChannelId } from '../core/ids.js'
import type { VariantPage } from '../storage/storage.js'
import type { Deps } from './deps.js'

/**
 * A page of what a channel sells; `text` is looked for in names and SKUs. By product: a page of products, each with all
 * of its variants, counted as products.
 */
export async function listVariants(
  deps: Deps,
  input: VariantPage & { readonly channel: ChannelId },
): Promise<{ readonly variants: readonly Variant[]; readonly total: number }> {
  const { channel, ...page } = input
  return deps.storage.catalog.listVariants(channel, page)
}
