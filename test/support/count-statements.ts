import type { Database } from '../../src/storage/postgres/database.js'

/** How many statements were sent, by what they were sent for. */
export type StatementCounts = Readonly<Record<string, number>>

/** Counts by name the statements that are sent while something is asked for. */
export function statementCounts(sql: Pick<Database, 'statementCount'>) {
  const counts: Record<string, number> = {}
  return {
    counts: counts as StatementCounts,
    async counted<T>(name: string, ask: () => Promise<T>): Promise<T> {
      const before = sql.statementCount()
      const answer = await ask()
      counts[name] = sql.statementCount() - before
      return answer
    },
  }
}

/**
 * The least of several runs, name by name. A server that nobody has asked for two seconds looks whether the catalog has
 * changed, and whether a token is still one: that is no part of a request.
 */
export function leastOf(runs: readonly StatementCounts[]): StatementCounts {
  return Object.fromEntries(
    Object.keys(runs[0] ?? {}).map(name => [name, Math.min(...runs.map(counts => counts[name] ?? 0))]),
  )
}
