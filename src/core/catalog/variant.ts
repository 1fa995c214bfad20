import type { PriceMode, SubscriptionTerms } from '../cart/cart.js'
import type { Json, SellerId, Sku } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'

/** What the catalog says about one thing that can be bought. Read-only for a checkout. */
export interface Variant {
  readonly sku: Sku
  /** Integer id of the variant, and of its product. */
  readonly variantId: number
  readonly productId: number
  /** Id that groups variants, e.g. an abstract SKU. */
  readonly productSku: string
  /** Other systems' ids of this variant or product, by a name that the store file chooses. */
  readonly externalIds: Readonly<Record<string, string>>
  readonly name: string
  readonly variantName?: string
  readonly description?: string
  readonly brand?: string
  readonly imageUrl?: string
  readonly url?: string
  readonly kind: 'physical' | 'digital' | 'service'
  readonly taxClass: string
  readonly categories: readonly string[]
  readonly seller: SellerId
  readonly isActive: boolean
  /** Sold pieces per unit of measure, millionths: 300 000n is 0.3. 1 000 000n for plain goods. */
  readonly unitMultiplierMicros: bigint
  readonly measurementUnit: string
  readonly minQuantity?: number
  readonly maxQuantity?: number
  readonly weightGrams?: number
  readonly shippingCategory?: string
  /** Such as Color: Brown. */
  readonly attributes: Readonly<Record<string, string>>
  readonly optionGroups: readonly OptionGroup[]
  /** What it is put together from; absent: it comes as it is. */
  readonly componentGroups?: readonly ComponentGroup[]
  readonly subscriptionOptions: readonly (SubscriptionTerms & { readonly title: string })[]
  /** Forms that a shopper may fill in per line. */
  readonly attachments: readonly AttachmentSchema[]
  readonly prices: readonly Price[]
  readonly data?: Readonly<Record<string, Json>>
}

export interface OptionGroup {
  readonly name: string
  readonly options: readonly {
    readonly sku: string
    readonly name: string
    readonly taxClass: string
    readonly prices: readonly Price[]
    /** Forms that a shopper may fill in for this option. */
    readonly attachments?: readonly AttachmentSchema[]
  }[]
}

/**
 * Other variants that goods are put together from. Each one chosen is a line of its own that hangs on theirs, with its own
 * price and stock; pieces are counted per piece of the goods.
 */
export interface ComponentGroup {
  readonly name: string
  /** Pieces of all components together. */
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly components: readonly ComponentOffer[]
}

export interface ComponentOffer {
  readonly sku: Sku
  readonly minQuantity: number
  readonly maxQuantity: number
  /** Pieces that come without being asked for. */
  readonly initialQuantity: number
}

export interface AttachmentSchema {
  readonly name: string
  readonly isRequired: boolean
  readonly fields: Readonly<Record<string, { readonly maxLength: number; readonly values?: readonly string[] }>>
}

/** A price entry of one channel. A variant without one for a cart's channel, currency and mode is not sold there. */
export interface Price {
  readonly channel: string
  readonly currency: CurrencyCode
  readonly mode: PriceMode
  /** Price before any reduction of the catalog; absent: the same as `amount`. */
  readonly list?: Minor
  readonly amount: Minor
}
