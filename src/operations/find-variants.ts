import type { Variant } from '../core/catalog/variant.js'
import type { ChannelId, Sku } from '../core/ids.js'
import type { VariantKey } from '../storage/storage.js'
import type { Deps } from './deps.js'

<<<<<<< HEAD
/**
 * Variants that are sold in a channel, with the pieces that may be promised. Two queries; one where nobody asks for the
 * stock, which is 0 then.
 */
=======
/** Variants that are sold in a channel, without their stock: from the cache where it may be. */
export async function findSoldVariants(
  deps: Deps,
  input: {
    readonly channel: ChannelId
    readonly key: { readonly variantIds: readonly number[] } | { readonly skus: readonly Sku[] }
  },
): Promise<readonly Variant[]> {
  const found = await deps.facts.variants(input.key)
  return found.filter(variant => isSoldIn(variant, input.channel))
}

function isSoldIn({ isActive, prices }: Variant, channel: ChannelId): boolean {
  return isActive && prices.some(price => price.channel === channel)
}

/** Variants that are sold in a channel, with the pieces that may be promised. Two queries. */
>>>>>>> main
export async function findVariants(
  deps: Deps,
  input: {
    readonly channel: ChannelId
    readonly key: VariantKey | { readonly skus: readonly Sku[] }
    readonly stock?: boolean
  },
): Promise<readonly { readonly variant: Variant; readonly stock: number }[]> {
  const { catalog } = deps.storage
  const found = 'skus' in input.key ? await catalog.variants(input.key.skus) : await catalog.findVariants(input.key)
  const sold = found.filter(variant => isSoldIn(variant, input.channel))
  if (sold.length === 0) return []
  const stock = input.stock === false ? new Map<Sku, number>() : await catalog.stock(sold.map(({ sku }) => sku))
  return sold.map(variant => ({ variant, stock: stock.get(variant.sku) ?? 0 }))
}
