import type { Instant, Json } from '../core/ids.js'

/** One event for the outbox, written in the same statement as the change that it tells of. */
export interface OutboxEvent {
  /** Such as `cart.changed`, `order.placed`, `order.confirmed`, `order.canceled`, `payment.captured`. */
  readonly type: string
  /** Cart, order or customer id: events of one subject keep their order. */
  readonly subject: string
  readonly data: Json
}

/** An event as the outbox has it. */
export interface StoredEvent extends OutboxEvent {
  /** Counts up, those of one subject in the order of its changes. */
  readonly id: bigint
  readonly at: Instant
}

export interface OutboxStore {
  /** Claims a batch with SKIP LOCKED, hands it to `deliver`, and acknowledges what it returned. */
  drain(limit: number, deliver: (events: readonly StoredEvent[]) => Promise<readonly bigint[]>): Promise<number>
  /** Writes an event that tells of no change of ours. */
  add(event: OutboxEvent): Promise<void>
  /** The oldest that are there, at most `limit`, of one type or all; they stay. */
  oldest(limit: number, type: string | undefined): Promise<readonly StoredEvent[]>
  /** Deletes these, but none (`waiting`) whose subject has an older one that stays. What is not there counts nowhere. */
  acknowledge(ids: readonly bigint[]): Promise<{ readonly deleted: number; readonly waiting: number }>
  /** Deletes every event of a subject that has somebody's personal data in it. */
  forget(subject: string): Promise<void>
  /** Deletes events older than `before` that nobody fetched, at most `limit`. */
  prune(before: Instant, limit: number): Promise<number>
}
