import type { Variant } from '../core/catalog/variant.js'
import type { ChannelId } from '../core/ids.js'
import type { Deps } from './deps.js'

/** A page of what a channel sells; `text` is looked for in names and SKUs. */
export async function listVariants(
  deps: Deps,
  input: { readonly channel: ChannelId; readonly offset: number; readonly limit: number; readonly text?: string },
): Promise<{ readonly variants: readonly Variant[]; readonly total: number }> {
  const { channel, ...page } = input
  return deps.storage.catalog.listVariants(channel, page)
}
