import type { Caller } from '../../core/access/caller.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Variant } from '../../core/catalog/variant.js'
import type { CheckoutError } from '../../core/errors.js'
import type { NearbyPickupPoint, Place } from '../../core/geography/pickup-search.js'
import type { Region } from '../../core/geography/regions.js'
import type { ChannelId, Json, Sku } from '../../core/ids.js'
import type { Facts } from '../../core/pricing/facts.js'
import type { Result } from '../../core/result.js'
import type { ChannelSettings, PostalPlace, StoredEvent, VariantKey, VariantPage } from '../../storage/storage.js'
import type { Acknowledged } from '../acknowledge-events.js'
import type { SettingsKey } from '../channel-settings.js'
import type { CheckoutPass, NewPass, PassUse } from '../checkout-pass.js'
import type { CachedVariantKey } from '../facts/facts-source.js'
import type { CheckoutLink } from '../link-checkout.js'
import type { Answer } from './views.js'

/** Channels and the catalog, as far as checkout clients read and set them. */
export interface StoreOperations {
  readChannel(input: { readonly channel: ChannelId }): Answer<Channel>
  listChannels(): Promise<readonly Channel[]>
  /** The same, as they were two seconds ago at the most: for reading what they have in common. */
  listRecentChannels(): Promise<readonly Channel[]>
  /** Sellers, pickup points and ways of shipping of a channel, as they are now. */
  readChannelFacts(input: {
    readonly channel: ChannelId
  }): Answer<Pick<Facts, 'sellers' | 'pickupPoints' | 'shippingMethods' | 'paymentMethods'>>
  /** Where the channel ships to, alpha-2; none for an unknown channel. */
  shippingCountries(input: { readonly channel: ChannelId }): Promise<readonly string[]>
  /** What was set while the store runs, laid over the store file's `Channel.settings`. For keys that may. */
  readChannelSettings(caller: Caller, input: SettingsKey): Answer<ChannelSettings>
  /** `change` may run more than once, each time on the newest settings. */
  changeChannelSettings(
    caller: Caller,
    input: SettingsKey & {
      readonly change: (settings: ChannelSettings) => Result<ChannelSettings, CheckoutError>
    },
  ): Answer<ChannelSettings>
  findPostalPlaces(input: { readonly country: string; readonly postalCode: string }): Promise<readonly PostalPlace[]>
  /** Nearest first; `invalid_input` for coordinates that are not on the globe. */
  findPickupPoints(input: {
    readonly channel: ChannelId
    readonly near: Place
    /** How far from coordinates; absent: ours. */
    readonly radiusKilometers?: number
  }): Answer<readonly NearbyPickupPoint[]>
  /** Who serves a place. */
  findRegion(input: { readonly channel: ChannelId; readonly country: string; readonly near: Place }): Answer<Region>
  /** Every region that somebody serves. */
  listRegions(input: { readonly channel: ChannelId }): Answer<readonly Region[]>
  findVariants(input: {
    readonly channel: ChannelId
    readonly key: VariantKey | { readonly skus: readonly Sku[] }
  }): Promise<readonly { readonly variant: Variant; readonly stock: number }[]>
  /** Without stock, from the cache where it may be: to tell which goods are meant. */
  findSoldVariants(input: { readonly channel: ChannelId; readonly key: CachedVariantKey }): Promise<readonly Variant[]>
  listVariants(
    input: VariantPage & { readonly channel: ChannelId },
  ): Promise<{ readonly variants: readonly Variant[]; readonly total: number }>

  /** The address of the hosted checkout page of a cart, for who may buy that cart: the caller has proven it. */
  linkCheckout(link: CheckoutLink): Promise<string>
  /** A signed word that its holder may buy one cart; see `checkout-pass.ts`. */
  issueCheckoutPass(pass: NewPass): Promise<string>
  /** `expired` for a word of ours whose time is over, undefined for any other text. */
  readCheckoutPass(input: {
    readonly use: PassUse
    readonly text: string
    /** To tell what one said that grants nothing any more. */
    readonly evenExpired?: true
  }): Promise<CheckoutPass | 'expired' | undefined>

  /** What the store's own systems have not acknowledged, oldest first. For keys that may see orders and customers. */
  listEvents(caller: Caller, input: { readonly limit: number; readonly type?: string }): Answer<readonly StoredEvent[]>
  /** These were seen to, and go; see `acknowledge-events.ts`. */
  acknowledgeEvents(caller: Caller, input: { readonly ids: readonly bigint[] }): Answer<Acknowledged>

  /**
   * Runs `run` once per key and repeats its first answer; another body under the same key is refused. An answer that
   * `keeps` says no to is given back but not kept, so that the client may try again under its key; absent: all are kept.
   */
  answerOnce<T extends Json>(
    input: {
      readonly key: string
      readonly body: string | Buffer
      readonly keeps?: (answer: T) => boolean
    },
    run: () => Promise<T>,
  ): Answer<T>
}
