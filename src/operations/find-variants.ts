import type { Variant } from '../core/catalog/variant.js'
import type { ChannelId, Sku } from '../core/ids.js'
import type { VariantKey } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** Variants that are sold in a channel, with the pieces that may be promised. Two queries. */
export async function findVariants(
  deps: Deps,
  input: { readonly channel: ChannelId; readonly key: VariantKey | { readonly skus: readonly Sku[] } },
): Promise<readonly { readonly variant: Variant; readonly stock: number }[]> {
  const { catalog } = deps.storage
  const found = 'skus' in input.key ? await catalog.variants(input.key.skus) : await catalog.findVariants(input.key)
  const sold = found.filter(
    variant => variant.isActive && variant.prices.some(price => price.channel === input.channel),
  )
  if (sold.length === 0) return []
  const stock = await catalog.stock(sold.map(variant => variant.sku))
  return sold.map(variant => ({ variant, stock: stock.get(variant.sku) ?? 0 }))
}
