import type { HttpConnection } from './http-connection.js'

/** One request of a checkout, timed and counted under its name. */
export interface FlowStep<State> {
  readonly name: string
  /** Sends it, checks that the answer is the expected one, and returns what later steps need. */
  run(connection: HttpConnection, state: State): Promise<State>
}

/** What a flow may choose from; SKUs are sold in the dialect's demo channel with stock that a run cannot use up. */
export interface Shopper {
  /** Unique over the whole run. */
  readonly id: string
  readonly skus: readonly [string, string]
}

/** A whole guest checkout in one dialect: create with item 1, item 2, addresses, shipping, payment, place. */
export interface Flow<State> {
  readonly dialect: string
  readonly steps: readonly FlowStep<State>[]
  begin(shopper: Shopper): State
  /** A cart with that many lines, and one write to it (a quantity of one line) for every call of `write`. */
  fillCart(
    connection: HttpConnection,
    shopperId: string,
    skus: readonly string[],
  ): Promise<{ write(quantity: number): Promise<void> }>
}

/** Does something around each step: takes its time, or counts its statements. */
export type AroundStep = (step: number, work: () => Promise<void>) => Promise<void>

/** A checkout as the measuring loop sees it: it only needs names and a way to run each step. */
export interface Checkout {
  readonly steps: readonly string[]
  /** Runs one whole checkout of the shopper on that lane. */
  run(lane: number, around: AroundStep): Promise<void>
}
