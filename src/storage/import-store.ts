import type { Channel } from '../core/catalog/channel.js'
import type { Price, Variant } from '../core/catalog/variant.js'
import type { Customer } from '../core/customers/customer.js'
import type { ChannelId, Sku } from '../core/ids.js'
import type {
  Coupon,
  GiftCard,
  PaymentMethod,
  PickupPoint,
  Seller,
  ShippingMethod,
  TaxZone,
} from '../core/pricing/facts.js'
import type { Promotion } from '../core/promotions/promotion.js'
import type { Credential, PostalPlace } from './storage.js'

/** One entry of a store file, validated. Putting one whose key exists replaces it, so that an import can be repeated. */
export type StoreRecord =
  | { readonly kind: 'channel'; readonly value: Channel }
  | { readonly kind: 'tax_zone'; readonly channel: ChannelId; readonly value: TaxZone }
  | { readonly kind: 'shipping_method'; readonly channel: ChannelId; readonly value: ShippingMethod }
  | { readonly kind: 'payment_method'; readonly channel: ChannelId; readonly value: PaymentMethod }
  | { readonly kind: 'pickup_point'; readonly channel: ChannelId; readonly value: PickupPoint }
  | { readonly kind: 'seller'; readonly value: Seller }
  | { readonly kind: 'variant'; readonly value: Variant }
  /** Sets what may be promised at that location. */
  | {
      readonly kind: 'stock'
      readonly value: { readonly sku: Sku; readonly location: string; readonly available: number }
    }
  /** One price of a variant that is there: replaces the one of the same channel, currency and mode, keeps the others. */
  | { readonly kind: 'price'; readonly sku: Sku; readonly value: Price }
  /** Uses counted so far are kept. */
  | { readonly kind: 'promotion'; readonly value: Omit<Promotion, 'used'> }
  | { readonly kind: 'coupon'; readonly value: Omit<Coupon, 'used' | 'usedByCustomer'> }
  /** A new card gets its initial balance as the first ledger entry; the ledger of one that exists is kept. */
  | { readonly kind: 'gift_card'; readonly channels: readonly ChannelId[]; readonly value: Omit<GiftCard, 'balance'> }
  | { readonly kind: 'customer'; readonly value: Omit<Customer, 'version'>; readonly passwordHash: string }
  | { readonly kind: 'credential'; readonly value: Credential }
  | { readonly kind: 'postal_place'; readonly value: PostalPlace }

/** Writes and reads the whole store in the form of a store file. */
export interface ImportStore {
  /**
   * All records or none: one transaction, rolled back when `write` throws. `put` writes a batch with a few statements
   * per kind, whatever its size. The catalog's epoch moves once at the end. `write` may be called again when the
   * transaction is retried. `knownSkus` answers inside the transaction which of these SKUs a variant has; one query.
   */
  run<T>(
    write: (
      put: (batch: readonly StoreRecord[]) => Promise<void>,
      knownSkus?: (skus: readonly Sku[]) => Promise<ReadonlySet<Sku>>,
    ) => Promise<T>,
  ): Promise<T>
  /** No channel and no variant is there. */
  isEmpty(): Promise<boolean>
  /** Everything but customers and credentials, in an order in which it can be imported again; streamed. */
  export(): AsyncIterable<StoreRecord>
}

/** A record that cannot stand: it names something that is not there, or takes an id that another one has. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused'
  constructor(
    readonly kind: StoreRecord['kind'],
    /** What the database found wrong, with the key. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${kind}: ${detail}`, options)
  }
}
