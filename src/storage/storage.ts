import type { CartOwner } from '../core/access/caller.js'
import type { Cart } from '../core/cart/cart.js'
import type { Channel } from '../core/catalog/channel.js'
import type { Variant } from '../core/catalog/variant.js'
import type { Customer } from '../core/customers/customer.js'
import type { Coordinates } from '../core/geography/distance.js'
import type { CartId, ChannelId, CustomerId, Instant, Json, PromotionId, Sku } from '../core/ids.js'
import type { Minor } from '../core/money.js'
import type {
  Coupon,
  GiftCard,
  PaymentMethod,
  PickupPoint,
  PromotionUses,
  Seller,
  ShippingMethod,
  TaxZone,
} from '../core/pricing/facts.js'
import type { Promotion } from '../core/promotions/promotion.js'
import type { AttemptStore } from './attempt-store.js'
import type { CouponStore, GiftCardStore, StoreCreditStore } from './code-stores.js'
import type { OrderStore, PaymentStore } from './order-stores.js'
import type { OutboxEvent, OutboxStore } from './outbox-store.js'
import type { PurchaseStore } from './purchase-list.js'
import type { SignOutStore } from './sign-out-store.js'
import type { StoredCardStore } from './stored-card-store.js'

export type { AttemptCount, AttemptKey, AttemptStore } from './attempt-store.js'
export type { BookFinding, BookStore } from './book-store.js'
export type {
  CouponQuery,
  CouponRecord,
  CouponStore,
  GiftCardDetails,
  GiftCardQuery,
  GiftCardRecord,
  GiftCardStore,
  StoreCreditStore,
} from './code-stores.js'
export type { Annotation, OrderFilter, OrderPageQuery, OrderQuery, OrderTally, TallyQuery } from './order-query.js'
export type {
  AddPayment,
  OrderKey,
  OrderState,
  OrderStore,
  PaymentStore,
  PrepareOrder,
  PrepareOutcome,
  SettleOrder,
} from './order-stores.js'
export type { OutboxEvent, OutboxStore, StoredEvent } from './outbox-store.js'
export type {
  FulfillmentStanding,
  PaymentStanding,
  PurchaseCondition,
  PurchaseField,
  PurchaseQuery,
  PurchaseStore,
} from './purchase-list.js'
export type { SignOutStore, StoredSignOut } from './sign-out-store.js'

/** How carts are found. At most one key per lookup. */
export type CartKey =
  | { readonly id: CartId }
  | { readonly number: string }
  | { readonly integerId: number }
  /** The newest open cart of that owner in the channel; default carts first. */
  | { readonly owner: CartOwner; readonly channel: ChannelId }

/** Every read of a cart also tells the catalog's epoch, so that cached facts need no query of their own. */
export interface CartRead {
  readonly cart: Cart | undefined
  readonly epoch: bigint
  /** Pieces that may be promised, where the read was told to ask: of the cart's own lines and of the SKUs named. */
  readonly stock?: ReadonlyMap<Sku, number>
}

/**
 * Carts. One row each; every method is one statement unless it says otherwise.
 * Infrastructure failures are thrown (`StorageUnavailable` when the database cannot be reached).
 */
export interface CartStore {
  /** With `stockOf`, the stock of the cart's lines and of those SKUs comes in the same statement. */
  read(key: CartKey, stockOf?: readonly Sku[]): Promise<CartRead>
  /** Open carts of an owner, oldest first. */
  list(owner: CartOwner, channel: ChannelId): Promise<{ readonly carts: readonly Cart[]; readonly epoch: bigint }>
  /**
   * Ids of open carts, but for the customer's own, in whose text the customer's id stands, among the `limit` carts that come after
   * `after` in the order of ids. `last`: up to where was looked; undefined at the end. No index helps.
   */
  naming(
    customerId: CustomerId,
    slice: { readonly after: string; readonly limit: number },
  ): Promise<{ readonly ids: readonly CartId[]; readonly last: CartId | undefined }>
  /** `exists` when a unique key is taken: another owner's sole cart, an integer id, a number. */
  insert(
    cart: Cart,
    options: { readonly soleOfOwner: boolean; readonly events: readonly OutboxEvent[] },
  ): Promise<'saved' | 'exists'>
  /** Writes where the stored version is `since`; `cart.version` is `since + 1`. */
  save(cart: Cart, since: number, events: readonly OutboxEvent[]): Promise<'saved' | 'lost'>
  /** Removes where the version is `since`. */
  remove(id: CartId, since: number, events: readonly OutboxEvent[]): Promise<'saved' | 'lost'>
  /**
   * Both in one transaction (log-in merge): `into` saved or inserted, `from` removed, each on its version. `lost` also while an
   * order of that purchase of `from` waits beside it: what is bought is taken out of that very cart.
   */
  merge(
    into: { readonly cart: Cart; readonly since: number | undefined },
    from: { readonly id: CartId; readonly since: number; readonly purchase: number },
    events: readonly OutboxEvent[],
  ): Promise<'saved' | 'lost'>
  /** Deletes carts that expired before `now`, at most `limit`. */
  prune(now: Instant, limit: number): Promise<number>
}

/** Everything about one channel that changes rarely; cached by epoch. */
export interface ChannelFacts {
  readonly channel: Channel
  readonly promotions: readonly Promotion[]
  readonly shippingMethods: readonly ShippingMethod[]
  readonly taxZones: readonly TaxZone[]
  readonly pickupPoints: readonly PickupPoint[]
  readonly paymentMethods: readonly PaymentMethod[]
  readonly sellers: readonly Seller[]
}

/** Which variants of a channel: so many from the one at `offset` on, with `text` in name or SKU. */
export interface VariantPage {
  readonly offset: number
  readonly limit: number
  readonly text?: string
  /** `offset`, `limit` and the total count products, and each comes with all of its variants. */
  readonly by?: 'product'
}

/** Catalog and rules, read only for a checkout. */
export interface CatalogStore {
  epoch(): Promise<bigint>
  channels(): Promise<readonly Channel[]>
  channelFacts(channel: ChannelId): Promise<ChannelFacts | undefined>
  /** One query whatever the number of SKUs. */
  variants(skus: readonly Sku[]): Promise<readonly Variant[]>
  /** Looks variants up by another key; one query. */
  findVariants(key: VariantKey): Promise<readonly Variant[]>
  /** Pieces that may be promised, all locations added; one query. */
  stock(skus: readonly Sku[]): Promise<ReadonlyMap<Sku, number>>
  /** Codes are compared in lower case; one query for both kinds. With the holder's own uses where one is named. */
  codes(
    codes: readonly string[],
    channel: ChannelId,
    also?: {
      readonly couponHolder?: string | undefined
      /** Accounts of store credit by their names, which are no codes: nobody reaches one by typing it. */
      readonly accounts?: readonly string[]
    },
  ): Promise<{
    readonly coupons: readonly Coupon[]
    readonly giftCards: readonly GiftCard[]
    /** What is left of each account that exists. */
    readonly storeCredit: ReadonlyMap<string, Minor>
  }>
  /** Uses of these promotions now, one query; with the holder's own where one is named. */
  promotionUses(ids: readonly PromotionId[], couponHolder?: string): Promise<ReadonlyMap<PromotionId, PromotionUses>>
  /** Page of active variants that have a price in the channel, by product id. */
  listVariants(
    channel: ChannelId,
    page: VariantPage,
  ): Promise<{ readonly variants: readonly Variant[]; readonly total: number }>
  postalPlaces(country: string, postalCode: string): Promise<readonly PostalPlace[]>
  /** The directory's place nearest to `at`, at most `degrees` away in either direction. */
  nearestPostalPlace(at: Coordinates, degrees: number): Promise<PostalPlace | undefined>
}

export type ChannelSettings = Readonly<Record<string, Json>>

/** What a store sets while it runs, per channel and name; `ChannelFacts.channel.settings` has it laid over the file's. */
export interface ChannelSettingsStore {
  read(
    channel: ChannelId,
    name: string,
  ): Promise<{ readonly settings: ChannelSettings; readonly version: number } | undefined>
  /** Writes where the stored version is `since` (0: nothing is stored yet), and moves the catalog's epoch. */
  save(channel: ChannelId, name: string, settings: ChannelSettings, since: number): Promise<'saved' | 'lost'>
}

export type VariantKey =
  | { readonly variantIds: readonly number[] }
  | { readonly productIds: readonly number[] }
  | { readonly externalIds: { readonly name: string; readonly values: readonly string[] } }
  | { readonly productSkus: readonly string[] }

export interface PostalPlace {
  readonly country: string
  readonly postalCode: string
  readonly place: string
  readonly subdivision: string
  readonly subdivisionName: string
  readonly district?: string
  readonly street?: string
  readonly latitude?: number
  readonly longitude?: number
}

/** Secrets are stored hashed; the plain value is never read back. */
export interface CustomerStore {
  read(
    key:
      | { readonly id: CustomerId }
      | { readonly email: string }
      | { readonly reference: string }
      | { readonly integerId: number },
  ): Promise<Customer | undefined>
  /** Those that there are, one query. */
  readMany(ids: readonly CustomerId[]): Promise<readonly Customer[]>
  /** Those with one of these e-mail addresses, one query. */
  withEmails(emails: readonly string[]): Promise<readonly Customer[]>
  passwordHash(id: CustomerId): Promise<string | undefined>
  /** `exists` when the e-mail address is taken. The integer id and the reference (`<prefix><n>`) are given by storage. */
  insert(
    customer: Omit<Customer, 'integerId' | 'reference'>,
    options: { readonly passwordHash: string; readonly referencePrefix: string },
  ): Promise<Customer | 'exists'>
  save(customer: Customer, since: number): Promise<'saved' | 'lost'>
  orderCount(id: CustomerId): Promise<number>
}

/** Refresh tokens, sessions, API keys: random secrets, looked up by their SHA-256. */
export interface CredentialStore {
  /** Nothing is stored of somebody whose `customerVersion` in the data is of before they were signed out everywhere. */
  insert(credential: Credential): Promise<void>
  read(kind: Credential['kind'], secretHash: string): Promise<Credential | undefined>
  /** Writes it, also in the place of one with the same secret. */
  replace(credential: CountedCredential): Promise<void>
  /** One with these members added to its data, or in the place of those of the same name; undefined: there is none. */
  amend(kind: CountedCredential['kind'], secretHash: string, data: Credential['data']): Promise<Credential | undefined>
  /** Adds one to `tries` in its data, and tells it with that; of several at once each is counted. Undefined: there is none. */
  countTry(kind: CountedCredential['kind'], secretHash: string): Promise<Credential | undefined>
  /** Deletes one; false when it was not there (single use: only one caller gets true). */
  take(kind: Credential['kind'], secretHash: string): Promise<Credential | undefined>
  revokeAll(kind: Credential['kind'], subject: string): Promise<number>
  /** Deletes what expired before `now`, at most `limit`. */
  prune(now: Instant, limit: number): Promise<number>
}

export interface Credential {
  readonly kind: 'refresh_token' | 'session' | 'api_key' | 'single_use'
  readonly secretHash: string
  /** Customer id, visitor id or key id. */
  readonly subject: string
  readonly dialect?: string
  readonly permissions: readonly string[]
  readonly data: Readonly<Record<string, Json>>
  readonly createdAt: Instant
  readonly expiresAt?: Instant
}

/** One that is changed while it is there. Keys of backends never are, so that whoever keeps them for a moment keeps them right. */
export type CountedCredential = Credential & { readonly kind: 'single_use' }

/** First answers under an `Idempotency-Key`. */
export interface IdempotencyStore {
  /** Claims the key, or returns what was stored under it and has not expired by `now`. `busy`: the first request is at work. */
  claim(
    key: string,
    bodyHash: string,
    times: { readonly now: Instant; readonly expiresAt: Instant },
  ): Promise<
    | { readonly kind: 'claimed' }
    | { readonly kind: 'answered'; readonly answer: Json }
    | { readonly kind: 'busy' }
    | { readonly kind: 'mismatch' }
  >
  answer(key: string, answer: Json): Promise<void>
  release(key: string): Promise<void>
  /** Deletes what expired before `now`, at most `limit`. */
  prune(now: Instant, limit: number): Promise<number>
}

/** Secret keys of this store by name (token signing), made once and kept. */
export interface SettingStore {
  readOrCreate(name: string, create: () => string): Promise<string>
}

export interface Storage {
  readonly carts: CartStore
  readonly catalog: CatalogStore
  readonly orders: OrderStore
  readonly purchases: PurchaseStore
  readonly payments: PaymentStore
  readonly coupons: CouponStore
  readonly giftCards: GiftCardStore
  readonly storeCredit: StoreCreditStore
  readonly customers: CustomerStore
  readonly storedCards: StoredCardStore
  readonly credentials: CredentialStore
  readonly signOuts: SignOutStore
  readonly attempts: AttemptStore
  readonly idempotency: IdempotencyStore
  readonly outbox: OutboxStore
  readonly settings: SettingStore
  readonly channelSettings: ChannelSettingsStore
  /** One trivial statement; throws when the database is away. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The database cannot be reached or did not answer in time. Answered 503. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
}
