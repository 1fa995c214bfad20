import type { Database } from '../../src/storage/postgres/database.js'

/** Counts by name the statements that are sent while something is asked for. */
export function statementCounts(sql: Pick<Database, 'statementCount'>) {
  const counts: Record<string, number> = {}
  return {
    counts: counts as Readonly<Record<string, number>>,
    async counted<T>(name: string, ask: () => Promise<T>): Promise<T> {
      const before = sql.statementCount()
      const answer = await ask()
      counts[name] = sql.statementCount() - before
      return answer
    },
  }
}
