import type { ChannelId, Sku } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** Ids on the wire that may be integer ids of variants. */
const integer = /^[1-9]\d{0,8}$/

/**
 * The store's SKUs behind ids on the wire, in two queries at most: an integer id of a variant, else the SKU itself.
 * What nobody sells is left out.
 */
export async function findSkus(
  channel: ChannelId,
  ids: readonly string[],
  operations: Operations,
): Promise<ReadonlyMap<string, Sku>> {
  const found = new Map<string, Sku>()
  const variantIds = [...new Set(ids.filter(id => integer.test(id)).map(Number))]
  if (variantIds.length > 0) {
    const variants = await operations.findSoldVariants({ channel, key: { variantIds } })
    for (const variant of variants) found.set(String(variant.variantId), variant.sku)
  }
  const skus = [...new Set(ids.filter(id => !found.has(id)))]
  if (skus.length > 0) {
    const variants = await operations.findSoldVariants({ channel, key: { skus } })
    for (const variant of variants) found.set(variant.sku, variant.sku)
  }
  return found
}
