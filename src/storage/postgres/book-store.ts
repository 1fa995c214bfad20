import type { BookFinding, BookStore } from '../book-store.js'
import { type BookRule, bookRules } from './book-rules.js'
import type { Database } from './database.js'
import type { Sql } from './sql.js'

/** The rules of the books as one long reading transaction. */
export function createBookStore(database: Database): BookStore {
  return {
    check: ({ now, shown, onFinding }) =>
      database.bulk(async sql => {
        await sql.query('set transaction isolation level repeatable read, read only')
        // A large store takes longer than any request may.
        await sql.query('set local statement_timeout = 0')
        const findings: BookFinding[] = []
        for (const rule of bookRules) {
          const finding = await checkRule(sql, rule, now, shown)
          onFinding?.(finding)
          findings.push(finding)
        }
        return findings
      }),
  }
}

async function checkRule(sql: Sql, { name, grade, text }: BookRule, now: string, shown: number): Promise<BookFinding> {
  const { rows } = await sql.query<{ finding: string; total: bigint }>(
    `with clock as (select $1::timestamptz as now), findings as (${text})
     select finding, count(*) over () as total from findings order by finding limit $2::integer`,
    [now, shown],
  )
  return { rule: name, grade, total: Number(rows[0]?.total ?? 0), shown: rows.map(row => row.finding) }
}
