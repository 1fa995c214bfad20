import pg from 'pg'

/** Statements that one request sent: reads and writes, and apart from them begin, commit and the like. */
export interface StatementCount {
  readonly statements: number
  readonly transactionControl: number
}

/** Counts what a database was asked, through `pg_stat_statements`. */
export interface StatementCounter {
  /** Runs `work` and returns what the database named in the URL was asked meanwhile, by anyone. */
  during(work: () => Promise<void>): Promise<StatementCount>
  close(): Promise<void>
}

const countQuery = `
  select coalesce(sum(calls) filter (where not is_control), 0)::int as statements,
         coalesce(sum(calls) filter (where is_control), 0)::int as control
  from (
    select calls, query ~* '^\\s*(begin|commit|rollback|savepoint|release|start transaction|end)' as is_control
    from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database())
      and query !~ 'pg_stat_statements'
  ) counted`

/** Opens a connection of its own to the database at `url`, whose statements it leaves out of the count. */
export async function openStatementCounter(url: string): Promise<StatementCounter> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return {
    async during(work) {
      await client.query('select pg_stat_statements_reset()')
      await work()
      const { rows } = await client.query<{ statements: number; control: number }>(countQuery)
      return { statements: rows[0]?.statements ?? 0, transactionControl: rows[0]?.control ?? 0 }
    },
    close: () => client.end(),
  }
}
