import pg from 'pg'
import { StorageUnavailable } from '../storage.js'
import { isPrepared, runQuery, runTogether } from './server-query.js'
import { type Carrier, createSharedTrips } from './shared-trips.js'
import type { Connection, Driver } from './sql.js'
import { SqlError } from './sql.js'

/** Codes that say "not now" rather than "not like that": lost connection, shutdown, too many, took too long. */
const unavailable = /^(08...|57P0[1-3]|57014|53300|55P03|25P03)$/

/**
 * Connects to a PostgreSQL server through a pool.
 *
 * @param options `poolSize` connections at most; `statementTimeoutMs` per statement, 0 for none (a pooler in between may
 *   refuse the setting)
 */
export function createServerDriver(options: {
  readonly url: string
  readonly poolSize: number
  readonly statementTimeoutMs: number
}): Driver {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'polytill',
    ...(options.statementTimeoutMs > 0 ? { statement_timeout: options.statementTimeoutMs } : {}),
  })
  // A connection that breaks while idle is replaced by the pool; whoever needs the server next gets the error.
  pool.on('error', () => undefined)
  const broken = new WeakSet<pg.PoolClient>()
  pool.on('connect', client => client.on('error', () => void broken.add(client)))
  const alone: Driver['run'] = async statement => {
    const client = await connect(pool)
    try {
      return await runQuery(client, statement)
    } catch (error) {
      throw noted(client, error, broken)
    } finally {
      client.release(broken.has(client))
    }
  }
  const shared = createSharedTrips(async use => lend(await connect(pool), use, broken), alone)
  return {
    description: describe(options.url),
    run: statement => (statement.shares === undefined ? alone : shared)(statement),
    hold: async use => lend(await connect(pool), use, broken),
    close: () => pool.end(),
  }
}

function describe(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw toStorageError(error)
  }
}

async function lend<T>(
  client: pg.PoolClient,
  use: (connection: Connection & Carrier, markBroken: () => void) => Promise<T>,
  broken: WeakSet<pg.PoolClient>,
): Promise<T> {
  const attempt = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work()
    } catch (error) {
      throw noted(client, error, broken)
    }
  }
  try {
    return await use(
      {
        run: statement => attempt(() => runQuery(client, statement)),
        isPrepared: statement => isPrepared(client, statement),
        runTogether: statements =>
          attempt(async () => {
            const outcome = await runTogether(client, statements)
            return 'error' in outcome ? { ...outcome, error: toStorageError(outcome.error) } : outcome
          }),
        script: text => attempt(async () => void (await client.query(text))),
      },
      () => void broken.add(client),
    )
  } finally {
    client.release(broken.has(client))
  }
}

/** The error in our words; a connection that it came from, rather than from the statement, is not used again. */
function noted(client: pg.PoolClient, error: unknown, broken: WeakSet<pg.PoolClient>): Error {
  const translated = toStorageError(error)
  if (translated instanceof StorageUnavailable) broken.add(client)
  return translated
}

function toStorageError(error: unknown): Error {
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? ''
    if (unavailable.test(code)) return new StorageUnavailable(`${error.message} (${code})`, { cause: error })
    return new SqlError(error.message, code, error.constraint, error.detail)
  }
  // Everything else comes from the connection: refused, reset, timed out, ended.
  const message = error instanceof Error ? error.message || error.name : String(error)
  return new StorageUnavailable(`the database cannot be reached: ${message}`, { cause: error })
}
