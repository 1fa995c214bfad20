import type { Sku } from '../../core/ids.js'
import type { StoreRecord } from '../../storage/import-store.js'
import { recordKey } from './kinds.js'
import type { FileProblem, Place } from './problem.js'

/** Records that go to the database in one call. Ours: enough to make round trips cheap, small enough to hold. */
export const BATCH_SIZE = 1_000

/** Records read and not yet written, with the SKUs that must exist for them. */
export interface Batch {
  readonly size: number
  readonly firstLine: number | undefined
  /** A record whose key is here already takes its place: the later entry counts. */
  add(records: readonly StoreRecord[], line: number): void
  expectSku(sku: Sku, place: () => Place): void
  records(): readonly StoreRecord[]
  /** SKUs that no variant of this batch has. */
  foreignSkus(): readonly Sku[]
  problemsOf(missing: ReadonlySet<Sku>): readonly FileProblem[]
}

/** An empty batch. */
export function batch(): Batch {
  const byKey = new Map<string, StoreRecord>()
  const expected = new Map<Sku, () => Place>()
  let firstLine: number | undefined
  return {
    get size() {
      return byKey.size
    },
    get firstLine() {
      return firstLine
    },
    add(records, line) {
      firstLine ??= line
      for (const record of records) byKey.set(recordKey(record), record)
    },
    expectSku(sku, place) {
      if (!expected.has(sku)) expected.set(sku, place)
    },
    records: () => [...byKey.values()],
    foreignSkus() {
      return [...expected.keys()].filter(sku => !byKey.has(JSON.stringify(['variant', sku])))
    },
    problemsOf: missing =>
      [...expected].flatMap(([sku, place]) =>
        missing.has(sku) ? [{ ...place(), message: `there is no variant "${sku}"` }] : [],
      ),
  }
}
