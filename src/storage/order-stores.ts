import type { Cart } from '../core/cart/cart.js'
import type { CartId, Instant, OrderId, PaymentId, Sku } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import type { Payment } from '../core/payments/payment.js'
import type { OrderPageQuery, OrderTally, TallyQuery } from './order-query.js'
import type { OutboxEvent } from './outbox-store.js'

/** What `prepare` writes, all or nothing, in one transaction of a fixed number of statements. */
export interface PrepareOrder {
  /** Its number is taken from the channel's counter inside the transaction where `number` is `counted`. */
  readonly order: Order
  readonly number:
    | { readonly kind: 'given' }
    | { readonly kind: 'counted'; readonly prefix: string; readonly first: number; readonly partSuffix: boolean }
  readonly payments: readonly Payment[]
  /** The order stands as a draft of this version already, and is replaced. */
  readonly draftSince?: number
  /**
   * The cart as it shall stand while the order is pending, with the version that was read. Without it the cart is left as it
   * is: with its version it must still be there, though it may have been changed since; absent: whether it is or not.
   */
  readonly cart?: { readonly cart: Cart; readonly since: number } | { readonly since: number }
  readonly events: readonly OutboxEvent[]
}

export type PrepareOutcome =
  | { readonly kind: 'placed'; readonly order: Order; readonly payments: readonly Payment[] }
  | { readonly kind: 'lost' }
  /** Another order of the same purchase stands. */
  | { readonly kind: 'already_ordered'; readonly order: Order }
  | { readonly kind: 'insufficient_stock'; readonly sku: Sku; readonly available: number }
  | { readonly kind: 'coupon_used_up'; readonly code: string }
  | { readonly kind: 'gift_card_short'; readonly code: string }

/** What `settle` writes, all or nothing, and only where the order still has `since`'s status and version. */
export interface SettleOrder {
  readonly order: Order
  /** Version of the order that was read. */
  readonly since: number
  /** Each saved only where the stored version is one less. */
  readonly payments: readonly Payment[]
  /** `keep`: holds stay (still pending, or confirmed: they are consumed). `release`: stock, coupon uses, gift card amounts go back. */
  readonly holds: 'keep' | 'release'
  /** The cart after settling: closed, emptied for the next purchase, or open again; `remove`: its row goes. */
  readonly cart?: { readonly cart: Cart; readonly since: number } | { readonly remove: CartId }
  readonly events: readonly OutboxEvent[]
}

/** What `addPayment` writes; of the order only what its status, owner, e-mail address and deadline do not touch. */
export interface AddPayment {
  readonly order: Order
  readonly since: number
  readonly payment: Payment
  readonly events: readonly OutboxEvent[]
}

/** How an order is known. */
export type OrderKey = { readonly id: OrderId } | { readonly number: string } | { readonly integerId: number }

/** An order with its payments, as stored. */
export interface OrderState {
  readonly order: Order
  readonly payments: readonly Payment[]
}

export interface OrderStore {
  read(key: OrderKey): Promise<Order | undefined>
  /** The order with its payments, oldest first, as they stand at one moment. */
  readState(key: OrderKey): Promise<OrderState | undefined>
  /** The order of that purchase that is neither a draft nor canceled. */
  ofPurchase(cartId: CartId, purchase: number): Promise<Order | undefined>
  /** Orders of one cart, newest first, drafts and canceled ones included. */
  ofCart(cartId: CartId): Promise<readonly Order[]>
  /** The same, each with its payments. */
  statesOfCart(cartId: CartId): Promise<readonly OrderState[]>
  /** Those of several carts; each cart's come newest first. One statement. */
  statesOfCarts(cartIds: readonly CartId[]): Promise<readonly OrderState[]>
  list(query: OrderPageQuery): Promise<{ readonly orders: readonly Order[]; readonly total: number }>
  /** How many of them there are, by what they have come to. One statement. */
  tally(query: TallyQuery): Promise<readonly OrderTally[]>
  prepare(input: PrepareOrder): Promise<PrepareOutcome>
  settle(input: SettleOrder): Promise<'saved' | 'lost'>
  /** Adds a payment, and writes its order where that has still version `since`: both or neither. */
  addPayment(input: AddPayment): Promise<'saved' | 'lost'>
  /** Pending orders past their deadline, oldest first. */
  overdue(now: Instant, limit: number): Promise<readonly Order[]>
}

export interface PaymentStore {
  read(
    key:
      | { readonly id: PaymentId }
      | { readonly idempotencyKey: string }
      | { readonly gatewayReference: string }
      | { readonly integerId: number },
  ): Promise<Payment | undefined>
  ofOrder(orderId: OrderId): Promise<readonly Payment[]>
  /** Of several orders, one query. */
  ofOrders(orderIds: readonly OrderId[]): Promise<readonly Payment[]>
  /** Writes where the stored version is `since`. */
  save(payment: Payment, since: number, events: readonly OutboxEvent[]): Promise<'saved' | 'lost'>
  /** Attempts untouched since `before` that are created, unknown or refund_due: their process died, or the gateway was silent. */
  unsettled(before: Instant, limit: number): Promise<readonly Payment[]>
}
