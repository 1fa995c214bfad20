import type { Instant } from '../core/ids.js'
import type { BookFinding, BookStore } from '../storage/storage.js'

export interface BookReport {
  readonly findings: readonly BookFinding[]
  /** Things that contradict each other; 0: the books balance. */
  readonly faults: number
  /** Things that somebody has to look at. */
  readonly looks: number
}

/** Findings of one rule that are put into words; the rest is counted. Ours. */
const shownPerRule = 20

/**
 * Reads every table against the others: goods, codes and gift cards against orders, payments against orders, orders
 * against carts, events against changes. Changes nothing, and may run while the store sells.
 *
 * @param onFinding  is told after each rule
 */
export async function checkBooks(
  deps: { readonly books: BookStore; readonly clock: () => Instant },
  onFinding?: (finding: BookFinding) => void,
): Promise<BookReport> {
  const findings = await deps.books.check({
    now: deps.clock(),
    shown: shownPerRule,
    ...(onFinding === undefined ? {} : { onFinding }),
  })
  const total = (grade: BookFinding['grade']) =>
    findings.filter(finding => finding.grade === grade).reduce((sum, finding) => sum + finding.total, 0)
  return { findings, faults: total('fault'), looks: total('look') }
}
