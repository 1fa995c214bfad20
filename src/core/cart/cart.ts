import type { CartOwner } from '../access/caller.js'
import type {
  CartId,
  ChannelId,
  ConsignmentId,
  CustomerId,
  Instant,
  Json,
  LineItemId,
  SellerId,
  ShippingOptionId,
  Sku,
} from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { TaxQuote } from '../pricing/tax-quote.js'
import type { Address } from './address.js'

/** Whether the amounts that people enter and see include tax. */
export type PriceMode = 'gross' | 'net'

/** A stored, rewindable cursor. What is complete is computed from the contents, not from this. */
export type CheckoutStep = 'cart' | 'address' | 'delivery' | 'payment' | 'confirm' | 'complete'

/**
 * What is being bought. Holds what people chose, never a computed figure: `priceCart` computes them anew.
 * Amounts are minor units of `currency`. Stored as one row; `version` counts its writes.
 */
export interface Cart {
  readonly id: CartId
  /** Random, unique, positive, below 2^31: a dialect shows it. */
  readonly integerId: number
  /** Random, unique, exists from the first call: "R" and nine digits. */
  readonly number: string
  /** Random secret, 32 characters; reading by it is a capability. */
  readonly accessToken: string
  readonly version: number
  /** While `version` is `until`, the cart is what it was at `since`. Any other write ends that. */
  readonly same?: { readonly since: number; readonly until: number }
  readonly channel: ChannelId
  readonly currency: CurrencyCode
  /** BCP 47 with underscore or hyphen as the channel lists it, e.g. `en_US`. */
  readonly locale: string
  readonly priceMode: PriceMode
  /** `placing`: an order is pending and the contents are frozen until it is settled. */
  readonly status: 'open' | 'placing' | 'closed'
  /** How often a cart of this id was bought. */
  readonly purchase: number
  readonly step: CheckoutStep
  readonly owner: CartOwner
  readonly buyer: Buyer
  readonly name?: string
  readonly isDefault: boolean
  readonly lineItems: readonly LineItem[]
  /** Highest `LineItem.sequence` ever given; absent: the highest that is there. */
  readonly lastSequence?: number
  readonly consignments: readonly Consignment[]
  readonly billingAddress?: Address
  /** Further addresses known to this checkout, chosen or not. */
  readonly addresses: readonly Address[]
  /** In the order in which they were added. */
  readonly couponCodes: readonly string[]
  readonly giftCards: readonly GiftCardUse[]
  /** Pay what gift cards leave from the owner's store credit, as far as it goes. */
  readonly usesStoreCredit?: true
  readonly payments: readonly PaymentSelection[]
  readonly marketing: Marketing
  readonly preferences: Preferences
  readonly customerNote?: string
  readonly staffNote?: string
  /** By app id, then by field. */
  readonly customData: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly fees: readonly ManualFee[]
  readonly manualDiscounts: readonly ManualDiscount[]
  readonly notices: readonly Notice[]
  /** What an outside provider of taxes said last; counts only while the question would be the same. */
  readonly taxQuote?: TaxQuote
  /** Per dialect, opaque, never read by core. */
  readonly extras: Readonly<Record<string, Json>>
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly expiresAt: Instant
}

/** Who buys, as far as told. A member's identity is in the owner; the rest is here. */
export interface Buyer {
  readonly customerId?: CustomerId
  /** Registered customer from whose profile the rest was filled in for somebody who is not known to be them; see `shownTo`. */
  readonly profileId?: CustomerId
  readonly email?: string
  readonly contactId?: string
  readonly salutation?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly phone?: string
  readonly document?: string
  readonly documentType?: string
  readonly isCorporate?: boolean
  readonly corporateName?: string
  readonly tradeName?: string
  readonly corporateDocument?: string
  readonly corporatePhone?: string
  readonly stateInscription?: string
  readonly customerGroup?: string
  readonly dateOfBirth?: string
  readonly ipAddress?: string
}

export type LineItemKind = 'physical' | 'digital' | 'service' | 'custom' | 'gift_certificate'

/** A variant and a quantity, or a custom item. */
export interface LineItem {
  readonly id: LineItemId
  /** Counts up per cart, never reused: for dialects with integer line ids. */
  readonly sequence: number
  readonly sku: Sku
  readonly seller: SellerId
  /** Whole pieces, 1 or more. */
  readonly quantity: number
  readonly options: readonly LineOption[]
  readonly origin: PriceOrigin
  /** Named texts or schema-bound forms filled in by the shopper. */
  readonly attachments: readonly Attachment[]
  readonly subscription?: SubscriptionTerms
  /** Neither more nor fewer pieces may be had. */
  readonly hasFixedQuantity?: true
  readonly isGift: boolean
  /** Free gift of this promotion. */
  readonly giftOf?: string
  readonly parent?: LineItemId
  /** It is a component of its parent, of this group: its pieces follow the parent's. */
  readonly componentOf?: string
  /** Lines with different marks never merge. */
  readonly separate?: string
  /** Unit price that the shopper last saw; differs after a catalog change. */
  readonly seenUnitPrice?: Minor
  /** Each piece is wrapped so (`Channel.wrappings`); pieces that are wrapped otherwise stand on a line of their own. */
  readonly wrapping?: { readonly wrappingId: number; readonly message?: string }
  /** Opaque configuration, part of the line's identity. */
  readonly configuration?: Json
  readonly customData?: Readonly<Record<string, string>>
  readonly extras?: Readonly<Record<string, Json>>
  readonly addedAt: Instant
}

/** A priced add-on of the line, with its own tax class; one per piece. */
export interface LineOption {
  readonly sku: string
  /** Forms filled in for it. */
  readonly attachments?: readonly Attachment[]
}

/** Where the unit price comes from. */
export type PriceOrigin =
  | { readonly kind: 'catalog' }
  /** Replaces the catalog price; `by` names the actor. */
  | { readonly kind: 'manual'; readonly unitPrice: Minor; readonly by?: string }
  | {
      readonly kind: 'custom'
      readonly name: string
      readonly unitPrice: Minor
      readonly listPrice?: Minor
      readonly taxClass?: string
      readonly itemKind: 'physical' | 'digital' | 'service'
    }
  | {
      readonly kind: 'gift_certificate'
      readonly amount: Minor
      readonly name: string
      readonly theme?: string
      readonly sender: { readonly name: string; readonly email: string }
      readonly recipient: { readonly name: string; readonly email: string }
      readonly message?: string
    }

export interface Attachment {
  readonly name: string
  readonly content: Readonly<Record<string, string>>
}

export interface SubscriptionTerms {
  readonly optionId: string
  readonly frequency: 'day' | 'week' | 'month' | 'year'
  readonly interval: number
  /** Absent: until canceled. */
  readonly cycles?: number
  readonly trialDays?: number
}

/** Id of the shipping option that somebody set by hand (`Consignment.customOption`). */
export const customOptionId = 'custom'

/** Lines going to one place by one shipping option, before purchase. */
export interface Consignment {
  readonly id: ConsignmentId
  readonly sequence: number
  /** Pieces per line; a line may be split over consignments. Empty: everything that is not assigned elsewhere. */
  readonly items: readonly ConsignmentItem[]
  readonly destination: Destination
  readonly selectedOption?: ShippingOptionId
  /** Price that the shopper saw when choosing, minor units; lets a dialect drop a choice whose price moved. */
  readonly selectedPrice?: Minor
  /** A way of shipping set by hand, beside what is offered; chosen by the id `custom`. */
  readonly customOption?: { readonly name: string; readonly price: Minor }
  readonly deliveryWindow?: { readonly start: Instant; readonly end: Instant; readonly price: Minor }
  /** YYYY-MM-DD */
  readonly requestedDate?: string
  readonly note?: string
}

export interface ConsignmentItem {
  readonly lineItemId: LineItemId
  readonly quantity: number
}

export type Destination =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'pickup'; readonly pickupPointId: string; readonly receiver?: Address }

/** A prepaid card that shall pay a part. */
export interface GiftCardUse {
  readonly code: string
  /** Pay at most this much. */
  readonly limit?: Minor
}

/** What the shopper means to pay with; becomes a payment attempt when the order is placed. */
export interface PaymentSelection {
  readonly id: string
  readonly method: string
  /** Absent: what is left to pay. */
  readonly amount?: Minor
  readonly installments?: number
  /** Token or reference of a gateway, never a card number. */
  readonly token?: string
  readonly data?: Readonly<Record<string, Json>>
}

export interface Marketing {
  readonly source?: string
  readonly medium?: string
  readonly campaign?: string
  readonly page?: string
  readonly part?: string
  readonly internalCampaign?: string
  readonly tags?: readonly string[]
}

export interface Preferences {
  readonly locale?: string
  readonly newsletter?: boolean
  readonly savePersonalData?: boolean
}

/** A charge added by hand. */
export interface ManualFee {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly amount: Minor
  readonly taxClass?: string
  readonly source?: string
}

/** A discount added by hand, on the order or on one line. */
export interface ManualDiscount {
  readonly id: string
  readonly name: string
  readonly amount: Minor
  readonly lineItemId?: LineItemId
}

/** Something the shopper should be told; stays until cleared. Words are the dialect's business. */
export interface Notice {
  readonly code: NoticeCode
  readonly level: 'info' | 'warning' | 'error'
  readonly data: Readonly<Record<string, string>>
  readonly at: Instant
}

export type NoticeCode =
  | 'price_changed'
  | 'quantity_reduced'
  | 'line_unavailable'
  | 'line_removed'
  | 'shipping_option_gone'
  | 'shipping_price_changed'
  | 'payment_unavailable'
  | 'payment_declined'
  | 'payment_expired'
  | 'coupon_invalid'
  | 'coupon_expired'
  | 'gift_card_invalid'
  | 'attachments_removed'
  | 'options_removed'
  | 'gift_unavailable'
  | 'taxes_unknown'
