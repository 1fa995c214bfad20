import type { CartOwner } from '../../core/access/caller.js'
import type { Buyer, Cart, PriceMode } from '../../core/cart/cart.js'
import type { CheckoutChanges } from '../../core/cart/changes.js'
import type { Channel } from '../../core/catalog/channel.js'
import type { Customer } from '../../core/customers/customer.js'
import type { CheckoutError } from '../../core/errors.js'
import type { CartId, ChannelId, Json } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { Order } from '../../core/orders/order.js'
import type { Requirement } from '../../core/orders/placement-faults.js'
import type { Payment } from '../../core/payments/payment.js'
import type { Facts, ShippingMethod } from '../../core/pricing/facts.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import type { Result } from '../../core/result.js'
import type { CartKey } from '../../storage/storage.js'

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

/** What the request takes the cart for; another one is as good as absent, and is not claimed by asking for it. */
interface Meant {
  readonly isMeant?: (cart: Cart) => boolean
}

/**
 * Which cart; `own`: the caller's open one in that channel, made when `create` says so. `onlyDefault`: carts that are not
 * the default one do not count. With `token` present, even if undefined, the key proves nothing: the secret does, or the
 * caller's own right.
 */
export type CartRef =
  | ({ readonly key: CartKey; readonly token?: never } & Meant)
  | { readonly key: CartKey; readonly token: string | undefined }
  | { readonly own: ChannelId; readonly create?: NewCart; readonly onlyDefault?: true }

/** A cart to change; `fresh`: a new one, whatever carts the caller has. */
export type CartSource = CartRef | { readonly fresh: NewCart }

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
  /**
   * The cart stays open and may be changed while its order is pending; once the order is confirmed, what was bought leaves
   * the cart, which can then be bought again. Placing it again meanwhile answers the pending order where nothing was
   * changed since, and replaces it where something was.
   */
  readonly keepsCartOpen?: true
  /**
   * Takes the goods now and asks no gateway: `sendPayments` does, and `confirmOrder` ends it; else the order is given up at
   * its deadline. Where nothing is due the order is confirmed at once.
   */
  readonly confirmsLater?: true
  /** What is said with the purchase is written in the order alone: where that is given up, the cart is as it was before. */
  readonly leavesCart?: true
  /** The order stands although its payments are refused; those who collect what it costs see that nothing was paid. */
  readonly standsUnpaid?: true
  /** Once the order is given up, another payment has to be chosen, also where a payment page said so later. */
  readonly paysOnce?: true
  /**
   * With `keepsCartOpen`: whether an order of this purchase that waits for its payment is what is asked for, before it is
   * answered or replaced; else `cart_already_ordered`. Absent: it is.
   */
  readonly isMeant?: (standing: Order) => boolean
  /** Whoever is declined too often from one address has to wait. */
  readonly clientAddress?: string
  /** Look at the cart's rules only after these: the order in which a client learns of faults. */
  readonly requires?: readonly Requirement[]
  /** Ask the stock before anything else is judged, so that what is sold out is told before what is missing. */
  readonly looksAtStock?: true
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
export type PlannedPlacement = CheckoutChanges & Pick<Placement, 'instruments' | 'requires'>

export interface Placed extends OrderView {
  /** Where the shopper must go to pay; null when nothing is left to do. */
  readonly redirectUrl: string | null
  /** An order of this purchase stood already (same key, or the dialect asked for it). */
  readonly isRepeat: boolean
  /** Of an order that has just been placed and keeps its cart open: the cart, as it still is. */
  readonly cart?: CartView
}
