import type { ReadinessCheck } from './http/probes.js'
import type { OpenStorage } from './storage/open-storage.js'
import { readMigrations } from './storage/postgres/migrate.js'

/** A database that takes longer to answer one trivial statement is not ready, milliseconds. */
const patienceMilliseconds = 2_000

/** What must hold before this process may get traffic: the database answers, and it knows our tables. */
export async function checkReadiness(storage: OpenStorage): Promise<readonly ReadinessCheck[]> {
  const database = await check('database', () => storage.ping())
  if (!database.isOk) return [database]
  return [database, await check('migrations', () => refusePending(storage))]
}

async function refusePending(storage: OpenStorage): Promise<void> {
  const pending = await pendingMigrations(storage)
  if (pending.length > 0) throw new Error(`not applied yet: ${pending.join(', ')}; run "polytill migrate"`)
}

/** Migrations of this version that the database has not seen. */
export async function pendingMigrations(storage: OpenStorage): Promise<readonly string[]> {
  const [known, applied] = await Promise.all([readMigrations(), appliedMigrations(storage)])
  return known.filter(migration => !applied.has(migration.number)).map(migration => migration.name)
}

async function appliedMigrations(storage: OpenStorage): Promise<ReadonlySet<number>> {
  const { rows: tables } = await storage.sql.query<{ present: boolean }>(
    "select to_regclass('schema_migrations') is not null as present",
  )
  if (tables[0]?.present !== true) return new Set()
  const { rows } = await storage.sql.query<{ number: number }>('select number from schema_migrations')
  return new Set(rows.map(row => row.number))
}

/** The reason is told without the database's own words, which may name hosts and users. */
async function check(name: string, run: () => Promise<void>): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMilliseconds} ms`)), patienceMilliseconds)
  })
  try {
    await Promise.race([run(), tooLong])
    return { name, isOk: true }
  } catch (error) {
    const isOurs = error instanceof Error && error.name === 'Error'
    return { name, isOk: false, detail: isOurs ? error.message : 'cannot be reached' }
  } finally {
    clearTimeout(timer)
  }
}
