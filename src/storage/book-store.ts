import type { Instant } from '../core/ids.js'

/**
 * `fault`: two tables contradict each other. `look`: nothing is wrong yet, but something has waited for longer than it
 * should and somebody has to look at it, such as money that is to go back.
 */
export type BookGrade = 'fault' | 'look'

/** What one rule found. */
export interface BookFinding {
  /** What the rule looks at, as `gift card balances`. */
  readonly rule: string
  readonly grade: BookGrade
  /** Things that break the rule; 0: all is well. */
  readonly total: number
  /** One sentence for each of the first of them. They name orders by number and end a secret code in four characters. */
  readonly shown: readonly string[]
}

/** Reads all tables against each other. */
export interface BookStore {
  /**
   * Every rule over one moment of the whole store: changes that happen meanwhile are not seen, and nobody waits for it.
   * The database does the work; memory here does not grow with the store.
   *
   * @param options `shown`: how many findings of each rule are put into words; `onFinding` is told after each rule
   */
  check(options: {
    readonly now: Instant
    readonly shown: number
    readonly onFinding?: (finding: BookFinding) => void
  }): Promise<readonly BookFinding[]>
}
