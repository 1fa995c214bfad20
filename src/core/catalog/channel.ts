import type { PriceMode } from '../cart/cart.js'
import type { ChannelId, Json } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { PricingPolicy } from '../pricing/policy.js'

/** A way of selling: where, in which money and by which rules. */
export interface Channel {
  readonly id: ChannelId
  readonly name: string
  readonly currency: CurrencyCode
  readonly currencies: readonly CurrencyCode[]
  readonly locale: string
  readonly locales: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
  readonly defaultCountry: string
  readonly timeZone: string
  readonly priceMode: PriceMode
  readonly policy: PricingPolicy
  readonly orderNumbers: OrderNumberPattern
  /** How long a pending order keeps stock while payment is awaited, seconds. */
  readonly paymentDeadlineSeconds: number
  readonly thresholds: readonly Threshold[]
  /** Ways to have goods wrapped as a present; absent: none. */
  readonly wrappings?: readonly Wrapping[]
  /** Personal data of carts without an identifiable owner is not stored. */
  readonly storesAnonymousAddresses: boolean
  /** False: as many pieces as anybody wants are sold, whatever the stock says; it is neither looked at nor taken. */
  readonly tracksStock?: boolean
  /** Where a shopper is sent back to after a redirect, by name. */
  readonly urls: Readonly<Record<string, string>>
  readonly allowedOrigins: readonly string[]
  /** Settings of dialects, by dialect; never read by core. */
  readonly settings: Readonly<Record<string, Json>>
}

/** `prefix` and a number that counts up per channel from `first`; or random digits behind a prefix. */
export interface OrderNumberPattern {
  readonly prefix: string
  readonly kind: 'counting' | 'random_digits' | 'cart_number'
  readonly first: number
  readonly digits?: number
  /** Suffix of each order within a group: `-01`, `-02`. */
  readonly groupSuffix: boolean
}

export interface Threshold {
  readonly kind: 'hard_minimum' | 'hard_maximum' | 'soft_minimum_fixed' | 'soft_minimum_flexible'
  readonly currency: CurrencyCode
  readonly amount: Minor
  /** Fixed: minor units; flexible: millionths of the subtotal. */
  readonly fee?: bigint
  readonly message: string
}

/** A way to have goods wrapped, at a price per piece in the cart's price mode. */
export interface Wrapping {
  /** Unique in the channel. */
  readonly integerId: number
  readonly name: string
  /** Absent: untaxed. */
  readonly taxClass?: string
  /** A currency without a price has no such wrapping. */
  readonly prices: readonly { readonly currency: CurrencyCode; readonly amount: Minor }[]
}
