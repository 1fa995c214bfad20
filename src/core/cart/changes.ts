import type { ConsignmentId, Json, LineItemId, SellerId, ShippingOptionId, Sku } from '../ids.js'
import type { Address } from './address.js'
import type {
  Attachment,
  Buyer,
  Cart,
  Consignment,
  Destination,
  LineItem,
  LineOption,
  PaymentSelection,
  PriceOrigin,
  SubscriptionTerms,
} from './cart.js'
import type { ComponentUse } from './components.js'
import type { LineRef } from './line-reference.js'

export interface NewLine {
  readonly sku: Sku
  readonly quantity: number
  readonly seller?: SellerId
  readonly options?: readonly LineOption[]
  /** Manual prices and custom items need `carts:admin`. */
  readonly origin?: PriceOrigin
  readonly attachments?: readonly Attachment[]
  readonly subscription?: SubscriptionTerms
  readonly parent?: LineItemId
  /** What it shall be put together from; absent: from what it comes with. */
  readonly components?: readonly ComponentUse[]
  readonly wrapping?: NonNullable<LineItem['wrapping']>
  readonly configuration?: Json
  readonly customData?: Readonly<Record<string, string>>
  readonly extras?: Readonly<Record<string, Json>>
  readonly hasFixedQuantity?: true
  /** A line with the same variant, options, attachments, price and configuration: add up, set its quantity, or stand beside it. */
  readonly onPresent?: 'add' | 'set' | 'separate'
  /**
   * What the catalog does not know or does not sell here: refused (absent), or kept in the cart with a status, at no
   * price; such a cart cannot be ordered.
   */
  readonly ifUnavailable?: 'refuse' | 'keep'
}

/** Where goods go and how; replaces what the cart has. `items` absent or empty: all lines not named elsewhere. */
export interface NewConsignment {
  readonly items?: readonly { readonly lineItemId: LineItemId; readonly quantity: number }[]
  readonly destination: Destination
  readonly selectedOption?: string
  readonly requestedDate?: string
  readonly deliveryWindow?: NonNullable<Consignment['deliveryWindow']>
  readonly note?: string
}

/** Everything that people fill in during a checkout; a member that is absent stays as it is, null takes it away. */
export interface CheckoutChanges {
  readonly buyer?: Partial<Buyer>
  readonly billingAddress?: Address | null
  readonly consignments?: readonly NewConsignment[]
  readonly payments?: readonly Omit<PaymentSelection, 'id'>[]
  readonly customerNote?: string | null
  readonly marketing?: Cart['marketing']
  readonly preferences?: Cart['preferences']
  readonly step?: Cart['step']
  /**
   * An address with a `customerAddressId` stands for the owner's stored one and is replaced by it. `lenient` (default):
   * an unknown id, or one sent by a guest, falls back to the fields sent along; `strict`: refused with
   * `address_not_found` or `address_id_needs_customer`.
   */
  readonly addressIds?: 'lenient' | 'strict'
  /** Merged key by key over the dialect's own member. */
  readonly extras?: Readonly<Record<string, Json>>
}

/** What one request may change at once of a checkout that is walked step by step. */
export interface WalkChanges extends CheckoutChanges {
  /** In this order, all or none. Quantity 0 takes a line out. */
  readonly lines?: readonly LineChange[]
  /** Takes out every line, coupon and payment first. */
  readonly clears?: true
  /** Another place gives up what was planned for delivery. Null takes it away. */
  readonly shippingAddress?: Address | null
  readonly shippingOptions?: readonly {
    readonly consignmentId: ConsignmentId
    readonly optionId: ShippingOptionId
    readonly note?: string
  }[]
  /** Takes this coupon off; `coupon_absent` where it is not there. */
  readonly removeCoupon?: string
  /** Back to a step that was reached already. */
  readonly backTo?: Cart['step']
  /** Another owner; keys that may change carts of others only. */
  readonly owner?: Cart['owner']
}

export type LineChange = { readonly add: NewLine } | { readonly lineItem: LineRef; readonly quantity: number }
