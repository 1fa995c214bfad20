import { checkBooks } from '../../src/operations/check-books.js'
import { createBookStore } from '../../src/storage/postgres/book-store.js'
import type { Database } from '../../src/storage/postgres/database.js'
import type { Sql } from '../../src/storage/postgres/sql.js'

/** What a store's tables must say whatever happened: nothing sold twice, no money without an order, nothing kept. */
export interface Books {
  /** One sentence per thing that does not add up; empty when all is well. `now`: the database, where it was opened anew. */
  faults(now?: Database): Promise<readonly string[]>
}

/** Opens the books of a store that is at rest: its stock now is what stock and holds must come to later. */
export async function openBooks(sql: Database): Promise<Books> {
  const opening = await stockAndHolds(sql)
  return {
    async faults(now = sql) {
      const deps = { books: createBookStore(now), clock: () => new Date().toISOString() }
      const { findings } = await checkBooks(deps)
      return [
        ...stockFaults(opening, await stockAndHolds(now)),
        ...findings.filter(({ grade }) => grade === 'fault').flatMap(({ shown }) => shown),
      ]
    },
  }
}

/** Pieces by SKU: those on the shelf and those that orders took and did not give back. */
async function stockAndHolds(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query<{ sku: string; pieces: number }>(
    `select sku, sum(pieces)::integer as pieces from (
       select sku, available as pieces from stock
       union all
       select t.sku, t.quantity from orders o, json_to_recordset(o.stock_taken) as t(sku text, quantity integer)
       where o.has_holds
     ) as everywhere group by sku`,
  )
  return new Map(rows.map(({ sku, pieces }) => [sku, pieces]))
}

function stockFaults(opening: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...opening.keys(), ...now.keys()])]
    .filter(sku => opening.get(sku) !== now.get(sku))
    .map(sku => `${sku}: ${now.get(sku) ?? 0} pieces in stock and orders, ${opening.get(sku) ?? 0} at the beginning`)
}
