import type { Caller } from '../../core/access/caller.js'
import type { CheckoutError } from '../../core/errors.js'
import type { ChannelId, Json, OrderId, PaymentId } from '../../core/ids.js'
import type { CurrencyCode, Minor } from '../../core/money.js'
import type { Payment } from '../../core/payments/payment.js'
import type { Result } from '../../core/result.js'

import type { DraftOrder } from '../draft-order.js'
import type { ListedOrders, ListOrders, OrderTally } from '../list-orders.js'
import type { NewPurchase } from '../place-new-order.js'
import type { SeenGiftCard } from '../read-gift-card.js'
import type { Recorded } from '../record-payment.js'
import type { SendPayments } from '../send-payments.js'
import type { TenderForDraft } from '../tender-for-draft.js'

import type { Answer, CartDesk, CartRef, OrderView, Placed, Placement, PlannedPlacement } from './views.js'

/** Placing, paying, and orders. `order_not_found` also stands for "not yours". */
export interface OrderOperations {
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
  /**
   * Sends the payments of a pending order that was placed to be confirmed later, once; repeating it sends nothing new.
   *
   * @returns the order as it is then, canceled too; `order_state` when it does not wait for payments
   */
  sendPayments(caller: Caller, input: SendPayments): Answer<Placed>
  /**
   * Ends an order that was placed to be confirmed later: confirmed where its payments are secured; where the shopper must
   * go to a page first, it confirms itself when that succeeds. Repeating it gives the same answer.
   *
   * @returns `payment_missing` (none was sent), `payment_declined`, `payment_unknown`, `order_state` (a draft)
   */
  confirmOrder(caller: Caller, input: { readonly id: OrderId } | { readonly number: string }): Answer<Placed>
  /** An order of status `incomplete`: a frozen copy of the cart that holds nothing. As many of one cart as wanted. */
  draftOrder(caller: Caller, input: DraftOrder): Answer<OrderView>
  /**
   * Pays for a draft by its frozen figures: takes goods, codes and gift cards, and closes the cart when that succeeds. When
   * payment fails it is a draft again. Of all drafts of one purchase, one can be paid for.
   *
   * @returns `cart_already_ordered` when another one was, or this one (same idempotency key: that order again);
   *   `order_state` when it was canceled, and what `placeOrder` answers
   */
  placeDraft(
    caller: Caller,
    input: {
      readonly id: OrderId
      readonly placement: Pick<
        Placement,
        'payments' | 'instruments' | 'returnUrl' | 'capture' | 'idempotencyKey' | 'clientAddress'
      >
    },
  ): Answer<Placed>
  /** A gift card or store credit pays a draft, in part or whole; see `tenderForDraft`. */
  tenderForDraft(caller: Caller, input: TenderForDraft): Answer<OrderView>
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
  readGiftCard(caller: Caller, input: { readonly channel: ChannelId; readonly code: string }): Answer<SeenGiftCard>
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
  readOrder(
    caller: Caller,
    input: { readonly id: OrderId } | { readonly number: string } | { readonly integerId: number },
  ): Answer<OrderView>
  listOrders(caller: Caller, input: ListOrders): Answer<ListedOrders>
  tallyOrders(
    caller: Caller,
    input: Pick<ListOrders, 'channel' | 'acrossChannels' | 'filter'> & { readonly annotationAt?: readonly string[] },
  ): Answer<readonly OrderTally[]>
  cancelOrder(caller: Caller, input: { readonly id: OrderId; readonly reason: string }): Answer<OrderView>
}
