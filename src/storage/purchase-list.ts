import type { CartOwner } from '../core/access/caller.js'
import type { Address } from '../core/cart/address.js'
import type { Cart } from '../core/cart/cart.js'
import type { ChannelId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'

/** What purchases are sorted and searched by. */
export type PurchaseField =
  /** The integer by which a cart is known, and what was bought of it. */
  | 'id'
  | 'number'
  | 'email'
  /** A cart's step; `complete`, `confirm` (waits for its payment) or `canceled` for an order. */
  | 'state'
  | 'completed_at'
  | 'created_at'
  /** When it changed last. */
  | 'updated_at'
  /** Minor units; of orders only. */
  | 'total'
  /** A `PaymentStanding`; none while an order waits for its payment. */
  | 'payment'
  /** A `FulfillmentStanding`; none while an order waits for its payment. */
  | 'fulfillment'

/** How what an order's payments hold compares with what is due: of a canceled one, whether anything is still held. */
export type PaymentStanding = 'owing' | 'even' | 'over' | 'failed' | 'given_back'

/** `Order.fulfillmentStatus`, where goods that are paid for and may go are told from those that wait. */
export type FulfillmentStanding = 'waiting' | 'ready' | 'partially_fulfilled' | 'fulfilled' | 'canceled'

/** What purchases are searched by besides: a part of an address, or a text that one dialect keeps. */
export type PurchaseDetail =
  | { readonly address: 'billing' | 'shipping'; readonly part: keyof Address }
  /** `absent`: what it stands for where nothing is kept; nothing, if it does not say. */
  | { readonly extra: string; readonly of: string; readonly absent?: string }

/** One condition on open carts and orders together. Texts are compared in lower case. */
export interface PurchaseCondition {
  readonly field: PurchaseField | PurchaseDetail
  readonly test:
    | 'eq'
    | 'not_eq'
    | 'cont'
    | 'not_cont'
    | 'start'
    | 'end'
    | 'gt'
    | 'gteq'
    | 'lt'
    | 'lteq'
    | 'in'
    | 'not_in'
    | 'null'
    | 'not_null'
  /** Of the field's own kind: times as `Instant`, totals as whole numbers. */
  readonly values: readonly string[]
}

export interface PurchaseQuery {
  readonly channel: ChannelId
  readonly owner?: CartOwner
  /** As in `OrderQuery`; of open carts none is left out. */
  readonly withoutOthers?: boolean
  readonly conditions: readonly PurchaseCondition[]
  readonly sorts: readonly { readonly field: PurchaseField; readonly isDescending: boolean }[]
  readonly offset: number
  readonly limit: number
}

/** Carts and orders as one list, for dialects in which they are one thing. */
export interface PurchaseStore {
  list(query: PurchaseQuery): Promise<{
    readonly purchases: readonly ({ readonly order: Order } | { readonly cart: Cart })[]
    readonly total: number
    readonly epoch: bigint
  }>
}
