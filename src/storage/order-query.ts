import type { CartOwner } from '../core/access/caller.js'
import type { CartId, ChannelId, Instant, OrderId } from '../core/ids.js'
import type { Minor } from '../core/money.js'
import type { Order } from '../core/orders/order.js'
import type { PaymentMethod } from '../core/pricing/facts.js'

/** Which orders; all conditions must hold. */
export interface OrderQuery {
  readonly owner?: CartOwner
  /** With `owner`: without those in the name of a registered customer who is not the owner, see `isOrderHidden`. */
  readonly withoutOthers?: boolean
  readonly channel?: ChannelId
  readonly email?: string
  readonly statuses?: readonly Order['status'][]
  readonly filter?: OrderFilter
  /** Absent: newest first, or the highest. */
  readonly oldestFirst?: boolean
  /** Absent: by the time of placing. `read_out`: by the integer of `OrderFilter.readOutFrom`. */
  readonly sortBy?: 'placed' | 'updated' | 'integer' | 'read_out'
}

/** A page of them. */
export interface OrderPageQuery extends OrderQuery {
  readonly offset: number
  readonly limit: number
  /** How many there are is not asked for, which looks at each of them. */
  readonly isUncounted?: true
}

/** Orders that have come to the same. */
export interface OrderTally extends Pick<Order, 'status' | 'paymentStatus' | 'fulfillmentStatus'> {
  /** As in `OrderFilter`. */
  readonly isPromised: boolean
  /** What stands where the tally was asked to look (`TallyQuery.annotationAt`), as JSON unless it is a text. */
  readonly annotation?: string
  readonly count: number
}

/** Which orders are counted. */
export interface TallyQuery extends OrderQuery {
  /** Orders are told apart by what a dialect keeps with them there (`Order.extras`), too. */
  readonly annotationAt?: readonly string[]
}

/** Texts that may stand at a place in an order. */
export interface Annotation {
  readonly path: readonly string[]
  readonly values: readonly string[]
}

/** Further conditions on orders; all must hold, and of a list any one. */
export interface OrderFilter {
  readonly ids?: readonly OrderId[]
  readonly channels?: readonly ChannelId[]
  readonly numbers?: readonly string[]
  readonly cartIds?: readonly CartId[]
  readonly email?: string
  readonly statuses?: readonly Order['status'][]
  readonly paymentStatuses?: readonly Order['paymentStatus'][]
  readonly fulfillmentStatuses?: readonly Order['fulfillmentStatus'][]
  readonly owners?: readonly CartOwner[]
  /** From this instant on, itself included. */
  readonly placedFrom?: Instant
  /** Up to this instant, itself not included. */
  readonly placedBefore?: Instant
  readonly updatedFrom?: Instant
  readonly updatedBefore?: Instant
  /** By the integer by which it is read out: its number where that is one, else the store's own; both included. */
  readonly readOutFrom?: number
  readonly readOutTo?: number
  /** Minor units, both included. */
  readonly grandTotalFrom?: Minor
  readonly grandTotalTo?: Minor
  /** Bought without an account. */
  readonly isOfGuest?: boolean
  /** Payment was promised outside of every gateway, and has not come yet. */
  readonly isPromised?: boolean
  /** Ids of methods by which it is paid: attempts that came to nothing do not count. */
  readonly paymentMethods?: readonly string[]
  /** What a dialect keeps with an order (`Order.extras`) says one of these there. */
  readonly annotation?: Annotation
  /** It says none of these there, or nothing. */
  readonly notAnnotated?: Annotation
  /** Besides, one of these holds. */
  readonly isAnyOf?: readonly OrderFilter[]
  /** Some payment, or none, is by a method of these kinds. */
  readonly paidBy?: readonly PaymentMethod['kind'][]
  readonly notPaidBy?: readonly PaymentMethod['kind'][]
}
