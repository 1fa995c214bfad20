import type { Caller } from '../../core/access/caller.js'
import type { CheckoutError } from '../../core/errors.js'
import type { ChannelId, Json, OrderId } from '../../core/ids.js'
import type { Amendments } from '../../core/orders/amend-order.js'
import type { Order } from '../../core/orders/order.js'
import type { Result } from '../../core/result.js'
import type { KeptInstrument } from '../../payments/provider.js'
import type { ChangeTracking } from '../change-tracking.js'
import type { FulfillOrder } from '../fulfill-order.js'
import type { ListPurchases } from '../list-purchases.js'
import type { PayAhead } from '../pay-ahead.js'
import type { Offers } from '../read-offers.js'
import type { PurchaseRef, PurchaseView } from '../read-purchase.js'
import type { WalkCheckout, Walked } from '../walk-checkout.js'
import type { Answer, OrderView, Placed } from './views.js'

/** Checkouts that are walked step by step, and purchases that are one thing from the first line to the delivery. */
export interface WalkOperations {
  walkCheckout(caller: Caller, input: WalkCheckout): Answer<Walked>
  /** Sends payments before the shopper said to buy; an order stands behind them until `walkCheckout` ends it. */
  payAhead(caller: Caller, input: PayAhead): Answer<Placed>
  readPurchase(caller: Caller, input: PurchaseRef): Answer<PurchaseView>
  /** Has a gateway keep a card for later. */
  keepInstrument(input: {
    readonly channel: ChannelId
    readonly method: string
    /** May hold a card number: never stored, never logged. */
    readonly instrument: Readonly<Record<string, Json>>
  }): Answer<KeptInstrument>
  /** Notes that a consignment of a confirmed order was sent, once, or all that is left of it. */
  fulfillOrder(caller: Caller, input: FulfillOrder): Answer<OrderView>
  /** Puts the tracking number of goods right that were sent. */
  changeTracking(caller: Caller, input: ChangeTracking): Answer<OrderView>
  /** Puts contact and addresses of a confirmed order right; no figure moves. */
  amendOrder(caller: Caller, input: { readonly id: OrderId; readonly amendments: Amendments }): Answer<OrderView>
  /** Keeps with a placed order what only one dialect knows of. */
  annotateOrder(
    caller: Caller,
    input: {
      readonly id: OrderId
      readonly dialect: string
      readonly note: (order: Order) => Result<Json, CheckoutError>
    },
  ): Answer<OrderView>
  listPurchases(
    caller: Caller,
    input: ListPurchases,
  ): Answer<{ readonly purchases: readonly PurchaseView[]; readonly total: number }>
  readOffers(input: { readonly channel: ChannelId }): Answer<Offers>
}
