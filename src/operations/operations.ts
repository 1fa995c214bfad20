import type { Caller, CartOwner, Permission } from '../core/access/caller.js'
import type { Buyer, Cart, PriceMode } from '../core/cart/cart.js'
import type { CheckoutChanges, NewLine } from '../core/cart/changes.js'
import type { LineRef } from '../core/cart/line-reference.js'
import type { Channel } from '../core/catalog/channel.js'
import type { Variant } from '../core/catalog/variant.js'
import type { Customer, CustomerAddress } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { NearbyPickupPoint, Place } from '../core/geography/pickup-search.js'
import type { Region } from '../core/geography/regions.js'
import type { CartId, ChannelId, CustomerId, Json, OrderId, PaymentId, Sku } from '../core/ids.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import type { Order } from '../core/orders/order.js'
import type { Payment } from '../core/payments/payment.js'
import type { Facts, GiftCard, ShippingMethod } from '../core/pricing/facts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import type { Result } from '../core/result.js'
import type { CartKey, ChannelSettings, Credential, PostalPlace, VariantKey } from '../storage/storage.js'
import type { CodeInput } from './change-codes.js'
import type { SettingsKey } from './channel-settings.js'
import type { EditCart } from './edit-cart.js'
import type { Profile } from './find-profile.js'
import type { ListOrders } from './list-orders.js'
import type { NewPurchase } from './place-new-order.js'
import type { Recorded } from './record-payment.js'

export type { CheckoutChanges, NewConsignment, NewLine } from '../core/cart/changes.js'
export type { LineRef } from '../core/cart/line-reference.js'
export type { ChannelSettings, PostalPlace } from '../storage/storage.js'
export type { EditCart, EditDesk } from './edit-cart.js'

/** A cart with its figures, and the channel that it belongs to (settings, locales, countries). */
export interface CartView {
  readonly cart: PricedCart
  readonly channel: Channel
  /** The member that owns the cart, address book included; filled on a `CartDesk` only. */
  readonly customer?: Customer
  /** What the figures come from; where a cart was created, read or changed by itself. */
  readonly facts?: Facts
}

export interface OrderView {
  readonly order: Order
  readonly payments: readonly Payment[]
  readonly channel: Channel
}

export type Answer<T> = Promise<Result<T, CheckoutError>>

/** Which cart; `own`: the caller's open one in that channel, made when `create` says so. */
export type CartRef = { readonly key: CartKey } | { readonly own: ChannelId; readonly create?: NewCart }

export interface NewCart {
  readonly channel: ChannelId
  /** A random id that the client holds already, such as that of a cart that is long gone; absent: a new one. */
  readonly id?: CartId
  readonly currency?: string
  readonly locale?: string
  readonly priceMode?: PriceMode
  readonly name?: string
  readonly isDefault?: boolean
  /** Privileged callers only; else the caller owns it. */
  readonly owner?: CartOwner
  readonly buyer?: Buyer
  /** Refuse with `cart_exists` when the owner has an open cart in the channel. */
  readonly soleOfOwner?: boolean
  readonly extras?: Readonly<Record<string, Json>>
}

export interface Placement extends CheckoutChanges {
  /** Refuse with `total_changed` when the grand total is another. */
  readonly expectedTotal?: Minor
  readonly expectedVersion?: number
  /** Repeating the same key for the same cart gives the same order. */
  readonly idempotencyKey?: string
  /**
   * What the gateway needs, one per entry of `payments`, in its order. May hold card numbers: never stored, never logged.
   */
  readonly instruments?: readonly Readonly<Record<string, Json>>[]
  /** Where a hosted payment page sends the shopper back to. */
  readonly returnUrl?: string
  readonly capture?: boolean
  /** Look at the cart's rules only after these: the order in which a client learns of faults. */
  readonly requires?: readonly ('billing_address' | 'shipping_address' | 'shipping_option' | 'payment' | 'email')[]
}

/** A cart to try things on, in memory: nothing is stored, nothing is asked of the database. */
export interface CartDesk {
  readonly cart: Cart
  /** Of the channel, whether offered to this cart or not. */
  readonly shippingMethods: readonly ShippingMethod[]
  /** The cart with these changes instead of what it holds, priced by the function that prices the purchase. */
  quote(changes: CheckoutChanges): Result<CartView, CheckoutError>
}

/** What a placement holds that may depend on the cart. */
export type PlannedPlacement = CheckoutChanges & Pick<Placement, 'instruments'>

export interface Placed extends OrderView {
  /** Where the shopper must go to pay; null when nothing is left to do. */
  readonly redirectUrl: string | null
  /** An order of this purchase stood already (same key, or the dialect asked for it). */
  readonly isRepeat: boolean
}

export interface NewCustomer {
  readonly email: string
  readonly password: string
  readonly salutation?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly gender?: string
  readonly dateOfBirth?: string
  readonly phone?: string
  readonly acceptsMarketing?: boolean
  readonly isConfirmed?: boolean
  /** `<prefix><n>`, e.g. `DE--`. */
  readonly referencePrefix: string
  /** The guest's cart in this channel becomes the customer's. */
  readonly adoptCart?: { readonly guest: CartOwner; readonly channel: ChannelId }
}

export type NewAddress = Omit<CustomerAddress, 'id' | 'integerId'>

/**
 * Everything that somebody can do. One file each in this folder; dialects, admin and pages call these and nothing else.
 * All check what the caller may do; `cart_not_found` and `order_not_found` also stand for "not yours".
 */
export interface Operations {
  // carts
  createCart(caller: Caller, input: NewCart & { readonly lines?: readonly NewLine[] }): Answer<CartView>
  readCart(caller: Caller, input: CartRef): Answer<CartView>
  listCarts(
    caller: Caller,
    input: { readonly channel: ChannelId; readonly owner?: CartOwner },
  ): Answer<readonly CartView[]>
  /** Currency and price mode reprice every line; lines without a price there leave with a notice. */
  updateCart(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly since?: number
      readonly currency?: string
      readonly priceMode?: PriceMode
      readonly locale?: string
      readonly name?: string
      readonly isDefault?: boolean
    },
  ): Answer<CartView>
  deleteCart(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly keepLast?: boolean },
  ): Answer<null>
  /** The member's cart becomes a guest's, without anything personal: signing out at a browser that keeps its cart. */
  releaseCart(caller: Caller, input: { readonly cart: CartRef; readonly to: CartOwner }): Answer<CartView>
  addLineItems(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly lines: readonly NewLine[] },
  ): Answer<CartView>
  /** Quantity 0 removes the line. */
  changeLineItems(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly since?: number
      readonly changes: readonly { readonly lineItem: LineRef; readonly quantity: number }[]
    },
  ): Answer<CartView>
  removeLineItems(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly lineItems: readonly LineRef[] },
  ): Answer<CartView>
  /** Several changes of one cart, all or none, in one write; for clients that say many things at once. */
  editCart(caller: Caller, input: EditCart): Answer<CartView>
  applyCoupon(caller: Caller, input: CodeInput): Answer<CartView>
  removeCoupon(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  applyGiftCard(caller: Caller, input: CodeInput & { readonly limit?: Minor }): Answer<CartView>
  removeGiftCard(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  /** A code of either kind. */
  applyCode(caller: Caller, input: CodeInput): Answer<CartView>
  removeCode(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly code: string },
  ): Answer<CartView>
  /** Stores what people filled in. */
  changeCheckout(
    caller: Caller,
    input: { readonly cart: CartRef; readonly since?: number; readonly changes: CheckoutChanges },
  ): Answer<CartView>
  /** Looks at a copy of the cart, with any changes, as often as `plan` wants; one read, nothing is stored. */
  quoteCart<T>(
    caller: Caller,
    input: { readonly cart: CartRef; readonly plan: (desk: CartDesk) => Result<T, CheckoutError> },
  ): Answer<T>

  // placing and paying
  /**
   * `plan` looks at the cart at the moment of placing, and lays what it returns over `placement`; what it refuses is
   * refused. It may run more than once, each time on the newest cart.
   */
  placeOrder(
    caller: Caller,
    input: {
      readonly cart: CartRef
      readonly placement: Placement
      readonly plan?: (desk: CartDesk) => Result<PlannedPlacement, CheckoutError>
    },
  ): Answer<Placed>
  /** Orders without a cart of before: one is made for this purchase, and gone again where it is refused. */
  placeNewOrder(caller: Caller, purchase: NewPurchase): Answer<Placed>
  /** What a redirect or 3-D Secure page handed back; repeating it changes nothing. `order`: its number, or the payment's id. */
  confirmPayment(caller: Caller, input: { readonly order: string; readonly payload: Json }): Answer<Placed>
  /** A gateway's notification. */
  receiveWebhook(input: {
    readonly provider: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }): Answer<null>
  readPayment(caller: Caller, input: { readonly id: PaymentId }): Answer<Payment>
  capturePayment(caller: Caller, input: { readonly id: PaymentId; readonly amount?: Minor }): Answer<OrderView>
  voidPayment(caller: Caller, input: { readonly id: PaymentId }): Answer<OrderView>
  refundPayment(
    caller: Caller,
    input: { readonly id: PaymentId; readonly amount?: Minor; readonly refundKey: string },
  ): Answer<OrderView>
  /** Finishes what a crash or a silent gateway left open; returns how many orders it looked at. */
  recoverOrders(signal?: AbortSignal): Promise<number>

  /** Money that came in outside of every gateway; absent amount: all that is left. See `record-payment.ts`. */
  recordPayment(
    caller: Caller,
    input: { readonly order: OrderId; readonly amount?: Minor; readonly method?: string },
  ): Answer<Recorded>
  readGiftCard(caller: Caller, input: { readonly channel: ChannelId; readonly code: string }): Answer<GiftCard>
  /** Takes an amount off a gift card without an order. */
  spendGiftCard(
    caller: Caller,
    input: {
      readonly channel: ChannelId
      readonly code: string
      readonly amount: Minor
      readonly currency: CurrencyCode
    },
  ): Answer<{ readonly transaction: string }>
  /** Puts back what such a spending took. */
  returnGiftCard(caller: Caller, input: { readonly transaction: string }): Answer<null>

  // orders
  readOrder(
    caller: Caller,
    input: { readonly id: OrderId } | { readonly number: string } | { readonly integerId: number },
  ): Answer<OrderView>
  listOrders(
    caller: Caller,
    input: ListOrders,
  ): Answer<{ readonly orders: readonly Order[]; readonly total: number; readonly channel: Channel }>
  cancelOrder(caller: Caller, input: { readonly id: OrderId; readonly reason: string }): Answer<OrderView>

  // customers
  registerCustomer(caller: Caller, input: NewCustomer): Answer<Customer>
  /** The guest's cart, where named, is merged into the customer's. */
  signIn(input: {
    readonly email: string
    readonly password: string
    readonly clientAddress: string
    readonly adoptCart?: { readonly guest: CartOwner; readonly channel: ChannelId }
  }): Answer<Customer>
  /** The cart of somebody who signed in elsewhere joins the customer's; as `adoptCart` of `signIn`. */
  adoptCart(input: {
    readonly customerId: CustomerId
    readonly guest: CartOwner
    readonly channel: ChannelId
  }): Promise<void>
  readCustomer(
    caller: Caller,
    input: { readonly id: CustomerId } | { readonly reference: string } | { readonly email: string },
  ): Answer<Customer>
  /** Who has an account under this e-mail address, also for strangers: what they are shown is for the dialect to mask. */
  findProfile(caller: Caller, input: { readonly email: string }): Promise<Profile | undefined>
  updateCustomer(
    caller: Caller,
    input: {
      readonly id: CustomerId
      readonly changes: Partial<
        Pick<
          Customer,
          | 'email'
          | 'salutation'
          | 'firstName'
          | 'lastName'
          | 'gender'
          | 'dateOfBirth'
          | 'phone'
          | 'document'
          | 'documentType'
          | 'company'
          | 'acceptsMarketing'
        >
      >
    },
  ): Answer<Customer>
  /** Takes every personal datum away and signs the customer out everywhere; orders stay. */
  anonymizeCustomer(caller: Caller, input: { readonly id: CustomerId }): Answer<null>
  /** The first address becomes default for both; a new default clears the old one. */
  addAddress(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly address: NewAddress },
  ): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }>
  changeAddress(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly addressId: string; readonly changes: Partial<NewAddress> },
  ): Answer<{ readonly customer: Customer; readonly address: CustomerAddress }>
  removeAddress(caller: Caller, input: { readonly customerId: CustomerId; readonly addressId: string }): Answer<null>

  // credentials
  /** A new random secret; only its hash is kept. */
  issueCredential(input: {
    readonly kind: Credential['kind']
    readonly subject: string
    readonly dialect?: string
    readonly permissions?: readonly Permission[]
    readonly data?: Credential['data']
    readonly ttlSeconds?: number
  }): Promise<string>
  checkCredential(input: {
    readonly kind: Credential['kind']
    readonly secret: string
  }): Promise<Credential | undefined>
  /** As `checkCredential`, and used up: only one caller gets it. */
  takeCredential(input: { readonly kind: Credential['kind']; readonly secret: string }): Promise<Credential | undefined>
  revokeCredentials(input: { readonly kind: Credential['kind']; readonly subject: string }): Promise<number>
  /** A secret of this store, made once and kept; for signing tokens. */
  signingSecret(name: string): Promise<string>

  // catalog and channel, as far as a checkout client reads them
  readChannel(input: { readonly channel: ChannelId }): Answer<Channel>
  listChannels(): Promise<readonly Channel[]>
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
  findPickupPoints(input: { readonly channel: ChannelId; readonly near: Place }): Answer<readonly NearbyPickupPoint[]>
  /** Who serves a place. */
  findRegion(input: { readonly channel: ChannelId; readonly country: string; readonly near: Place }): Answer<Region>
  /** Every region that somebody serves. */
  listRegions(input: { readonly channel: ChannelId }): Answer<readonly Region[]>
  findVariants(input: {
    readonly channel: ChannelId
    readonly key: VariantKey | { readonly skus: readonly Sku[] }
  }): Promise<readonly { readonly variant: Variant; readonly stock: number }[]>
  listVariants(input: {
    readonly channel: ChannelId
    readonly offset: number
    readonly limit: number
    readonly text?: string
  }): Promise<{ readonly variants: readonly Variant[]; readonly total: number }>

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
