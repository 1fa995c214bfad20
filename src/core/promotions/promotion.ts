import type { ChannelId, Instant, PromotionId, ShippingOptionId, Sku } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { Rate } from '../rate.js'

/** Conditions that must all hold, and what follows. A store rule, shared by all who shop in the channels named. */
export interface Promotion {
  readonly id: PromotionId
  /** Shown by dialects with integer ids. */
  readonly integerId: number
  readonly name: string
  readonly description?: string
  readonly channels: readonly ChannelId[]
  readonly isActive: boolean
  readonly startsAt?: Instant
  readonly endsAt?: Instant
  /** Lower applies first; absent: last. */
  readonly priority?: number
  /** Wins alone among those that apply. */
  readonly isExclusive: boolean
  /** Of the promotions that name the same group only the best applies; absent: combines with all. */
  readonly competesIn?: string
  /** Needs one of its codes on the cart. */
  readonly needsCoupon: boolean
  readonly conditions: readonly Condition[]
  readonly benefits: readonly Benefit[]
  readonly usageLimit?: number
  readonly usageLimitPerCustomer?: number
  /** Uses so far, counted when an order is placed. */
  readonly used: number
}

/** Amounts by currency; a currency that is not listed never qualifies. */
export type AmountByCurrency = Readonly<Record<CurrencyCode, Minor>>

export type Condition =
  /** Lines with their options, before discounts. */
  | { readonly kind: 'subtotal'; readonly atLeast?: AmountByCurrency; readonly atMost?: AmountByCurrency }
  | { readonly kind: 'quantity'; readonly atLeast: number; readonly of?: LineSelector }
  | { readonly kind: 'products'; readonly skus: readonly Sku[] }
  | { readonly kind: 'categories'; readonly categories: readonly string[] }
  | { readonly kind: 'customer_group'; readonly groups: readonly string[] }
  | { readonly kind: 'shipping_option'; readonly options: readonly ShippingOptionId[] }
  | { readonly kind: 'payment_method'; readonly methods: readonly string[]; readonly installments?: number }
  | {
      readonly kind: 'marketing'
      readonly field: 'source' | 'medium' | 'campaign' | 'internalCampaign' | 'part'
      readonly values: readonly string[]
    }
  /** Days of the week, 1 Monday to 7 Sunday, in UTC. */
  | { readonly kind: 'weekdays'; readonly days: readonly number[] }
  | { readonly kind: 'first_order' }
  | { readonly kind: 'currency'; readonly currencies: readonly CurrencyCode[] }
  | { readonly kind: 'country'; readonly countries: readonly string[] }

/** Which lines; every member that is present must match. Empty: all lines that can be discounted. */
export interface LineSelector {
  readonly skus?: readonly Sku[]
  readonly categories?: readonly string[]
  readonly taxClasses?: readonly string[]
}

export type Benefit =
  | { readonly kind: 'percent_off_lines'; readonly rate: Rate; readonly of?: LineSelector }
  /** Per piece, at most the piece's price. */
  | { readonly kind: 'amount_off_lines'; readonly amount: AmountByCurrency; readonly of?: LineSelector }
  /** Order level: `spreads` to lines (a share per line), or stands on the order alone. */
  | { readonly kind: 'percent_off_order'; readonly rate: Rate }
  | { readonly kind: 'amount_off_order'; readonly amount: AmountByCurrency }
  | { readonly kind: 'percent_off_shipping'; readonly rate: Rate; readonly options?: readonly ShippingOptionId[] }
  | {
      readonly kind: 'amount_off_shipping'
      readonly amount: AmountByCurrency
      readonly options?: readonly ShippingOptionId[]
    }
  /** Offers a further shipping option that costs nothing. */
  | { readonly kind: 'free_shipping_option'; readonly name: string }
  | { readonly kind: 'fixed_price'; readonly price: AmountByCurrency; readonly of: LineSelector }
  /** For each `buy` pieces, `get` further pieces (the cheapest) at `rate` off. */
  | {
      readonly kind: 'buy_x_get_y'
      readonly buy: number
      readonly of?: LineSelector
      readonly get: number
      readonly getOf?: LineSelector
      readonly rate: Rate
    }
  | { readonly kind: 'free_gift'; readonly sku: Sku; readonly quantity: number }
  /** The shopper may choose so many pieces of these, for nothing. One such choice per promotion. */
  | { readonly kind: 'gift_choice'; readonly skus: readonly Sku[]; readonly quantity: number }
  /** The highest tier reached counts. */
  | {
      readonly kind: 'tiers'
      readonly by: 'subtotal' | 'quantity'
      readonly of?: LineSelector
      readonly tiers: readonly { readonly from: AmountByCurrency | number; readonly rate: Rate }[]
    }
