import type { CartOwner } from '../access/caller.js'
import type { Address } from '../cart/address.js'
import type { CartId, ChannelId, Instant, Json, OrderId, SellerId } from '../ids.js'
import type { CurrencyCode, Minor } from '../money.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import type { BoughtGiftCard } from './bought-gift-cards.js'
import type { Tender } from './tender.js'

/**
 * The frozen record of a purchase; never repriced. `incomplete`: a draft, holds nothing. `pending`: placed, holds stock,
 * coupon uses and gift card amounts until `deadline`. `confirmed`: paid or promised. `canceled`: everything released.
 */
export const orderStatuses = ['incomplete', 'pending', 'confirmed', 'canceled'] as const

export type OrderStatus = (typeof orderStatuses)[number]

export const paymentStatuses = [
  'none',
  'pending',
  'authorized',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
  'failed',
] as const

export type PaymentStatus = (typeof paymentStatuses)[number]

export const fulfillmentStatuses = ['unfulfilled', 'partially_fulfilled', 'fulfilled', 'canceled'] as const

export type FulfillmentStatus = (typeof fulfillmentStatuses)[number]

export interface Order {
  readonly id: OrderId
  /** Counts up over the store. */
  readonly integerId: number
  /** What people read out. Unique in the store. */
  readonly number: string
  readonly channel: ChannelId
  readonly cartId: CartId
  /** `Cart.purchase` when it was placed: with `cartId` it names the purchase. */
  readonly purchase: number
  readonly status: OrderStatus
  readonly paymentStatus: PaymentStatus
  readonly fulfillmentStatus: FulfillmentStatus
  readonly owner: CartOwner
  readonly accessToken: string
  readonly email?: string
  readonly currency: CurrencyCode
  readonly grandTotal: Minor
  readonly amountDue: Minor
  /** The cart as it was priced when the order was placed: every figure of the order comes from here. */
  readonly snapshot: PricedCart
  /** One per seller, in order of first appearance; a single-seller order has one. */
  readonly parts: readonly OrderPart[]
  readonly holds: Holds
  readonly fulfillments: readonly Fulfillment[]
  /** Made when it is confirmed, taken back when it is called off; absent: it buys none. */
  readonly giftCards?: readonly BoughtGiftCard[]
  readonly cancelReason?: string
  /** Its cart stays open, and loses what was bought once the order is confirmed; absent: the cart is frozen meanwhile. */
  readonly keepsCartOpen?: true
  /** Stands also where every payment of it was refused: somebody is to collect what it costs by hand. */
  readonly standsUnpaid?: true
  /** What it was to be paid with is tried once: where the order is given up, its cart is open again without it. */
  readonly paysOnce?: true
  /** Even paid for, it waits for a call that says so, until its deadline. */
  readonly confirmsLater?: true
  /** Was a draft; when payment fails it is one again, so that the shopper may try another. */
  readonly isDraft?: true
  /** What pays beside the gift cards of its cart: sent for the draft, each as a payment of its own. */
  readonly tenders?: readonly Tender[]
  /** What was changed about it since; `snapshot` shows it already. */
  readonly amendments?: OrderAmendments
  readonly extras: Readonly<Record<string, Json>>
  readonly placedAt: Instant
  /** A pending order that is not settled by then is released. */
  readonly deadline?: Instant
  readonly updatedAt: Instant
  readonly version: number
}

/** Contact and places of an order that somebody put right after it was placed. Never a figure: those are what was bought. */
export interface OrderAmendments {
  readonly email?: string
  readonly customerNote?: string
  readonly billingAddress?: Address
  readonly shippingAddress?: Address
  readonly amendedAt: Instant
}

/** A seller's share of an order that spans sellers. */
export interface OrderPart {
  /** `<number>-01` where the channel numbers parts; else the order's number. */
  readonly number: string
  readonly seller: SellerId
  /** Positions in `snapshot.lines`. */
  readonly lines: readonly number[]
  readonly total: Minor
}

/** What an order keeps from others until it is settled; released or consumed exactly once. */
export interface Holds {
  readonly stock: readonly { readonly sku: string; readonly quantity: number }[]
  /** `code` is empty for an automatic promotion with a usage limit. */
  readonly coupons: readonly { readonly code: string; readonly promotionId: string }[]
  /** By whom uses per customer are counted: a member, or the hash of a guest's e-mail address; absent: by nobody. */
  readonly couponHolder?: string
  readonly giftCards: readonly { readonly code: string; readonly amount: Minor }[]
}

/** Goods sent. */
export interface Fulfillment {
  readonly id: string
  readonly items: readonly { readonly lineItemId: string; readonly quantity: number }[]
  readonly carrier?: string
  readonly trackingNumber?: string
  readonly trackingUrl?: string
  readonly at: Instant
}
