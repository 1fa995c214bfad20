import type { ChannelId, CustomerId, Instant } from '../core/ids.js'
import type { StoredCard } from '../core/payments/stored-card.js'

/** Cards that gateways keep for customers. Every method is one statement. */
export interface StoredCardStore {
  /** The default first, then the newest. */
  list(customerId: CustomerId, channel: ChannelId): Promise<readonly StoredCard[]>
  /**
   * Adds a card, or gives the customer's same card (figures and method) the newer reference; it keeps its token then.
   * `isDefault` makes it the default; false leaves that as it is.
   *
   * @returns `refused` where the customer is gone or forgotten, also by somebody at the same moment, or has `most` cards
   */
  keep(card: StoredCard, at: Instant, most: number): Promise<'kept' | 'refused'>
  /** False where the customer has no such card. */
  makeDefault(customerId: CustomerId, token: string, at: Instant): Promise<boolean>
  /** False where the customer has no such card (any more): only one caller gets true. */
  remove(customerId: CustomerId, token: string): Promise<boolean>
  /** Of all channels; how many there were. */
  removeAll(customerId: CustomerId): Promise<number>
}
