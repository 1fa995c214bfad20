import type { Address } from '../cart/address.js'
import type { PriceMode } from '../cart/cart.js'
import type { Channel } from '../catalog/channel.js'
import type { Variant } from '../catalog/variant.js'
import type { Instant, PromotionId, SellerId, Sku } from '../ids.js'
import type { Minor } from '../money.js'
import type { Promotion } from '../promotions/promotion.js'
import type { Rate } from '../rate.js'
import type { QuotedTax, TaxProvider, TaxQuote } from './tax-quote.js'

/**
 * Everything that pricing needs to know besides the cart. Loaded in a number of queries that does not grow with the
 * lines, cached in the process; pricing itself never loads.
 */
export interface Facts {
  readonly now: Instant
  readonly channel: Channel
  /** At least the variants of the cart's lines; one that is missing does not exist. */
  readonly variants: ReadonlyMap<Sku, Variant>
  /** Pieces that may be promised now; a SKU that is missing has no stock record and counts as 0. Absent: not asked. */
  readonly stock?: ReadonlyMap<Sku, number>
  /** Of what promotions give away, where `stock` was not asked; so that nobody is promised a gift that is gone. */
  readonly giftStock?: ReadonlyMap<Sku, number>
  readonly promotions: readonly Promotion[]
  /** Uses of promotions with a limit, as they stand now; one that is missing has the count that it carries itself. */
  readonly promotionUses?: ReadonlyMap<PromotionId, PromotionUses>
  /** The coupon codes on the cart (or about to be added), by `codeKey`; one that is missing does not exist. */
  readonly coupons: ReadonlyMap<string, Coupon>
  /** By `codeKey`, as coupons. */
  readonly giftCards: ReadonlyMap<string, GiftCard>
  /** What is left of the accounts that were asked for, by `storeCreditCode`. */
  readonly storeCredit?: ReadonlyMap<string, Minor>
  readonly shippingMethods: readonly ShippingMethod[]
  readonly taxZones: readonly TaxZone[]
  /** Somebody outside the store says what taxes are due; then `taxZones` do not count. */
  readonly taxProvider?: TaxProvider
  /** What the provider was asked for this very decision, by fingerprint; the last answer of before is with the cart. */
  readonly taxQuotes?: ReadonlyMap<string, TaxQuote>
  /** Taxes of the cart at hand, worked out already. Set by pricing itself. */
  readonly quotedTaxes?: readonly QuotedTax[]
  readonly pickupPoints: readonly PickupPoint[]
  readonly paymentMethods: readonly PaymentMethod[]
  readonly sellers: ReadonlyMap<SellerId, Seller>
  /** About the member, where there is one. */
  readonly customer?: { readonly groups: readonly string[]; readonly orderCount: number }
}

/** How often a promotion was used, by everybody and by the buyer at hand (0 where nobody can count for them). */
export interface PromotionUses {
  readonly used: number
  readonly usedByCustomer: number
}

/** A code that activates a promotion. */
export interface Coupon {
  readonly code: string
  readonly integerId: number
  readonly promotionId: string
  readonly isActive: boolean
  readonly startsAt?: Instant
  readonly endsAt?: Instant
  readonly usageLimit?: number
  readonly usageLimitPerCustomer?: number
  readonly used: number
  /** Uses by the buyer at hand, where known. */
  readonly usedByCustomer?: number
}

/** Prepaid money. A tender: pays after tax, is no discount. */
export interface GiftCard {
  readonly code: string
  readonly integerId: number
  readonly name: string
  readonly currency: string
  readonly initial: Minor
  /** What is left after all holds. Currency-less demo cards hold the same number in every currency. */
  readonly balance: Minor
  readonly isActive: boolean
  readonly startsAt?: Instant
  readonly expiresAt?: Instant
}

/** A way of shipping, with its prices by zone. */
export interface ShippingMethod {
  readonly id: string
  readonly integerId: number
  readonly name: string
  readonly description?: string
  readonly carrier: string
  readonly carrierId?: string
  readonly position: number
  readonly taxClass?: string
  readonly isActive: boolean
  /** Countries (`US`), subdivisions (`US-TX`) or postal ranges; empty: everywhere. */
  readonly zones: readonly ShippingZone[]
  readonly deliveryDays?: number
  readonly daysAreBusinessDays?: boolean
  readonly pickupPointIds?: readonly string[]
  readonly shippingCategories?: readonly string[]
  readonly deliveryWindows?: readonly { readonly start: Instant; readonly end: Instant; readonly price: Minor }[]
  /** Price per consignment by currency and mode; a currency without a price is not offered. */
  readonly prices: readonly { readonly currency: string; readonly mode: PriceMode; readonly amount: Minor }[]
}

export interface ShippingZone {
  readonly country?: string
  readonly subdivision?: string
  readonly postalFrom?: string
  readonly postalTo?: string
}

/** A tax zone; the most specific that contains the address counts. */
export interface TaxZone {
  readonly id: string
  readonly name: string
  /** Empty: matches only by being named in the policy (guest zone, default). */
  readonly areas: readonly { readonly country: string; readonly subdivision?: string }[]
  readonly rates: readonly TaxRate[]
}

export interface TaxRate {
  readonly id: string
  readonly integerId: number
  readonly name: string
  readonly rate: Rate
  readonly taxClasses: readonly string[]
  /** Rates of a higher priority are computed on top of the lower ones. */
  readonly priority: number
  /** Part of the price already, in this zone. */
  readonly isIncluded?: boolean
}

export interface PickupPoint {
  readonly id: string
  readonly name: string
  readonly address: Address
  readonly sellers: readonly SellerId[]
  readonly hours: readonly { readonly day: number; readonly opens: string; readonly closes: string }[]
  readonly instructions?: string
  readonly isActive: boolean
  /** Postal codes that it serves; empty: all of its country. */
  readonly postalRanges: readonly { readonly from: string; readonly to: string }[]
}

/** A way to pay that the channel offers. */
export interface PaymentMethod {
  readonly id: string
  readonly integerId: number
  readonly name: string
  /** Group that the shopper sees, e.g. the provider's trade name. */
  readonly providerName: string
  /** Which of our payment providers runs it: `manual`, `sandbox`, ... */
  readonly provider: string
  readonly kind: 'invoice' | 'check' | 'cash_on_delivery' | 'bank_transfer' | 'card' | 'free' | 'gift_card' | 'other'
  readonly position: number
  readonly isActive: boolean
  /** Dotted names of what a client must send along. */
  readonly requiredData: readonly string[]
  readonly enforcesRequiredData: boolean
  readonly installments?: readonly { readonly count: number; readonly interestRate: Rate }[]
  readonly instructions?: string
  /** Customers may have the gateway keep a card, and pay by it later; absent: they may not. */
  readonly storedCards?: { readonly requiresSecurityCode: boolean }
}

export interface Seller {
  readonly id: SellerId
  readonly name: string
  readonly logoUrl?: string
  readonly minimumOrderValue?: Minor
  readonly regions: readonly { readonly country: string; readonly postalFrom: string; readonly postalTo: string }[]
}
