import { openInDirectory, openInMemory } from './pglite/open-embedded.js'
import { createDatabase, type Database } from './postgres/database.js'
import { createServerDriver } from './postgres/server-driver.js'
import { type StorageLogger, silentLogger } from './storage-logger.js'

export interface DatabaseOptions {
  /** `postgres://...`: a server; `memory:`: PGlite in memory; undefined: PGlite in `dataDirectory`. */
  readonly url: string | undefined
  readonly dataDirectory: string
  readonly logger?: StorageLogger
  /** Connections to a server, at most. */
  readonly poolSize?: number
  /** Longest time for one statement on a server; 0: no limit, and nothing that a pooler in between could refuse. */
  readonly statementTimeoutMs?: number
}

/**
 * Opens a database. An embedded one is migrated at once, since it has no other user; a server's is migrated by `migrate`.
 *
 * @throws DirectoryLocked when another process has the data directory; StorageUnavailable; RangeError for another URL
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, dataDirectory, logger = silentLogger, poolSize = 10, statementTimeoutMs = 20_000 } = options
  if (url === undefined) return openInDirectory(dataDirectory, logger)
  if (url === 'memory:') return openInMemory()
  if (!/^postgres(ql)?:\/\//.test(url)) throw new RangeError('the database URL must be postgres://... or memory:')
  return createDatabase(createServerDriver({ url, poolSize, statementTimeoutMs }))
}
