import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { ChannelId, CustomerId, Sku } from '../../core/ids.js'
import type { Facts } from '../../core/pricing/facts.js'
import type { ChannelFacts, PostalPlace } from '../../storage/storage.js'

/** Which facts a decision needs. What changes rarely comes from the process's cache. */
export interface FactsNeeded {
  readonly channel: ChannelId
  readonly skus: readonly Sku[]
  readonly codes: readonly string[]
  /** Accounts of store credit, by `storeCreditCode`; asked in the query for codes. */
  readonly accounts?: readonly string[]
  /** Ask the stock (one query for what is not `knownStock`); else `Facts.stock` is absent. */
  readonly stock: boolean
  /** Stock that was read already: with every one of these SKUs, those that are missing have none. */
  readonly knownStock?: { readonly of: readonly Sku[]; readonly pieces: ReadonlyMap<Sku, number> }
  /** The cart may get or lose gifts: their stock is asked even where `stock` is false (one query, if the channel gives any). */
  readonly gifts?: boolean
  readonly customer?: CustomerId
  /** By whom uses of coupons are counted; absent: by nobody. */
  readonly couponHolder?: string
  /** As told by the read that preceded; older cached facts are dropped. */
  readonly epoch: bigint
}

/** How goods are named that may be in the cache. */
export type CachedVariantKey =
  | { readonly variantIds: readonly number[] }
  | { readonly skus: readonly Sku[] }
  | { readonly externalIds: { readonly name: string; readonly values: readonly string[] } }

/** Loads facts in a number of queries that does not grow with the lines, and keeps them by the catalog's epoch. */
export interface FactsSource {
  load(needed: FactsNeeded): Promise<Facts | undefined>
  /** From the cache where it may be; the epoch is asked for only when nothing is cached. */
  channel(id: ChannelId): Promise<Channel | undefined>
  /** A channel with everything that it offers; as fresh as `channel`. */
  rules(id: ChannelId): Promise<ChannelFacts | undefined>
  channels(): Promise<readonly Channel[]>
  /** The same, as they were two seconds ago at the most. */
  recentChannels(): Promise<readonly Channel[]>
  /** As fresh as `channel`: for what shows no price and takes no stock. */
  epoch(): Promise<bigint>
  /** As fresh as `channel`; what is not cached is asked for by one query. What nobody knows is left out. */
  variants(key: CachedVariantKey): Promise<readonly Variant[]>
  /** What the postal directory knows of a code; as fresh as `channel`. */
  postalPlaces(country: string, postalCode: string): Promise<readonly PostalPlace[]>
}
