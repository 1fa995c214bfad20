import type { ChannelId, CustomerId, Instant } from '../core/ids.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import type { Coupon, GiftCard } from '../core/pricing/facts.js'
import type { Benefit, Promotion } from '../core/promotions/promotion.js'

/** A coupon with the rule that its code stands for. */
export interface CouponRecord {
  readonly coupon: Coupon
  readonly promotion: Promotion
  readonly createdAt: Instant
}

/** Which coupons of a channel, by integer id; all conditions must hold, and of a list any one. */
export interface CouponQuery {
  readonly channel: ChannelId
  readonly integerIds?: readonly number[]
  readonly fromIntegerId?: number
  readonly toIntegerId?: number
  readonly codes?: readonly string[]
  /** Of the promotion, exactly. */
  readonly name?: string
  /** Kinds of the promotion's first benefit. */
  readonly benefits?: readonly Benefit['kind'][]
  readonly otherThan?: readonly Benefit['kind'][]
  readonly offset: number
  readonly limit: number
}

export type NewCouponRule = Omit<Promotion, 'integerId' | 'used'>
export type NewCouponCode = Omit<Coupon, 'integerId' | 'used' | 'usedByCustomer'>

/** Coupons that a store makes while it runs. Every write moves the catalog's epoch, so that carts know of it at once. */
export interface CouponStore {
  list(query: CouponQuery): Promise<{ readonly coupons: readonly CouponRecord[]; readonly total: number }>
  /** Both with the next integer ids; or tells whether the code, or the name in the promotion's channels, is taken. */
  insert(promotion: NewCouponRule, coupon: NewCouponCode): Promise<CouponRecord | 'code_exists' | 'name_exists'>
  /** Replaces the rule and the code's own limits; uses counted so far stay. False when it is gone. */
  save(promotion: Omit<Promotion, 'used'>, coupon: Omit<Coupon, 'used' | 'usedByCustomer'>): Promise<boolean>
  /**
   * Takes codes back, and their promotions where no other code is left of them. One that orders were given stays as a
   * record, and its code stays taken.
   */
  remove(codes: readonly string[]): Promise<number>
}

/** Who gave a gift card to whom. Personal: never exported, never logged. */
export interface GiftCardDetails {
  readonly recipient: { readonly name: string; readonly email: string }
  readonly sender: { readonly name: string; readonly email: string }
  readonly message: string
  /** How it looks, as the client names it. */
  readonly design: string
  readonly purchasedAt: Instant
  readonly customerIntegerId?: number
  /** The order that bought it; absent: somebody made it by hand. */
  readonly order?: { readonly number: string; readonly integerId: number }
  /** Not to be used yet, though nothing is wrong with it. */
  readonly isPending?: true
}

export interface GiftCardRecord {
  readonly card: GiftCard
  /** Absent: the card came with a store file. */
  readonly details?: GiftCardDetails
}

/** Which gift cards of a channel, by integer id; all conditions must hold. Texts are compared in lower case. */
export interface GiftCardQuery {
  readonly channel: ChannelId
  readonly integerIds?: readonly number[]
  readonly fromIntegerId?: number
  readonly toIntegerId?: number
  readonly code?: string
  readonly recipient?: { readonly name?: string; readonly email?: string }
  readonly sender?: { readonly name?: string; readonly email?: string }
  readonly offset: number
  readonly limit: number
  readonly descending?: true
}

/** Gift cards outside of orders. Each of the first two methods is one statement. */
export interface GiftCardStore {
  /** Takes `amount` minor units off; `short`: the card is unknown or holds less. */
  spend(code: string, amount: Minor, transaction: string): Promise<'saved' | 'short'>
  /** Puts back what that transaction took, once; `repeat`: it was put back before. */
  giveBack(transaction: string): Promise<'saved' | 'repeat' | 'unknown'>
  /** Cards that were taken back are not among them. */
  list(query: GiftCardQuery): Promise<{ readonly cards: readonly GiftCardRecord[]; readonly total: number }>
  /** With the next integer id, and `balance` as the first entry of its ledger; or the code is taken. */
  insert(
    channel: ChannelId,
    card: Omit<GiftCard, 'integerId'> & { readonly currency: CurrencyCode },
    details: GiftCardDetails,
  ): Promise<GiftCardRecord | 'code_exists'>
  /**
   * Replaces what is known of a card where its balance is still `since`; a new balance is one more entry of its ledger,
   * under `adjustment`.
   */
  save(record: GiftCardRecord, since: Minor, adjustment: string): Promise<'saved' | 'lost'>
  /** Cards that pay no more and are listed no more, and what was known of people with them; their ledgers stay. */
  remove(codes: readonly string[]): Promise<number>
}

/** Accounts of customers, kept beside gift cards and in their ledger. */
export interface StoreCreditStore {
  /** A new balance where it is still `since` (0: no account yet), as one entry of its ledger under `adjustment`. */
  set(
    account: { readonly customerId: CustomerId; readonly currency: CurrencyCode; readonly balance: Minor },
    since: Minor,
    adjustment: string,
  ): Promise<'saved' | 'lost'>
}
