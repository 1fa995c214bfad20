import type { Variant } from '../core/catalog/variant.js'
import type { ChannelId, Sku } from '../core/ids.js'
import type { VariantKey } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { CachedVariantKey } from './facts/facts-source.js'

/** Variants that are sold in a channel, without their stock: from the cache where it may be. */
export async function findSoldVariants(
  deps: Deps,
  input: {
    readonly channel: ChannelId
    readonly key: CachedVariantKey
  },
): Promise<readonly Variant[]> {
  const found = await deps.facts.variants(input.key)
  return found.filter(variant => isSoldIn(variant, input.channel))
}

function isSoldIn({ isActive, prices }: Variant, channel: ChannelId): boolean {
  return isActive && prices.some(price => price.channel === channel)
}

/** Variants that are sold in a channel, with the pieces that may be promised. Two queries. */
export async function findVariants(
  deps: Deps,
  input: { readonly channel: ChannelId; readonly key: VariantKey | { readonly skus: readonly Sku[] } },
): Promise<readonly { readonly variant: Variant; readonly stock: number }[]> {
  const { catalog } = deps.storage
  const found = 'skus' in input.key ? await catalog.variants(input.key.skus) : await catalog.findVariants(input.key)
  const sold = found.filter(variant => isSoldIn(variant, input.channel))
  if (sold.length === 0) return []
  const stock = await catalog.stock(sold.map(variant => variant.sku))
  return sold.map(variant => ({ variant, stock: stock.get(variant.sku) ?? 0 }))
}
