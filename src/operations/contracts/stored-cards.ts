import type { Caller } from '../../core/access/caller.js'
import type { ChannelId, CustomerId, Json, OrderId } from '../../core/ids.js'
import type { GivenWithCard, StoredCard } from '../../core/payments/stored-card.js'
import type { Answer, Placed, Placement } from './views.js'

/** A card that pays now: one whose data come along, or one that the gateway keeps. */
export type CardToPayBy =
  | {
      readonly kind: 'given'
      /** May hold a card number: never stored, never logged. */
      readonly instrument: Readonly<Record<string, Json>>
      /** Asked for: the gateway keeps it for the customer once it has paid. */
      readonly keeps?: { readonly isDefault: boolean }
    }
  | ({
      readonly kind: 'stored'
      readonly token: string
      /** It becomes the customer's default once it has paid. */
      readonly makesDefault?: boolean
    } & GivenWithCard)

export interface PaidByCard extends Placed {
  /** What became of the wish to keep the card; absent: nobody wished it. The order stands either way. */
  readonly keeping?: 'kept' | 'not_kept'
}

/** Cards that gateways keep for customers. */
export interface StoredCardOperations {
  /**
   * Pays for a draft by one card, all that is due; as `placeDraft`, which see. A card is kept where its customer is known,
   * asked for it, and the gateway said at once that the money is there; that it cannot be kept never undoes a payment.
   *
   * @returns also `cards_not_kept` where the method keeps none and one is to be kept or to pay, `stored_card_unknown`,
   *   `payment_declined` (`card_expired`, `number_mismatch`), `payment_data_missing`: nothing was asked of a gateway then
   */
  payByCard(
    caller: Caller,
    input: {
      readonly id: OrderId
      readonly method: string
      readonly card: CardToPayBy
      readonly placement: Pick<Placement, 'returnUrl' | 'capture' | 'idempotencyKey' | 'clientAddress'>
    },
  ): Answer<PaidByCard>
  /** The default first, then the newest; expired ones too. `customer_not_found` for others'. */
  listStoredCards(
    caller: Caller,
    input: { readonly customerId: CustomerId; readonly channel: ChannelId },
  ): Answer<readonly StoredCard[]>
  /** It pays for nothing from then on. `stored_card_unknown` where there is none, or was. */
  deleteStoredCard(caller: Caller, input: { readonly customerId: CustomerId; readonly token: string }): Answer<null>
}
