import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { ownFile } from '../../own-files.js'
import type { Database } from './database.js'
import type { Sql } from './sql.js'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly checksum: string
}

export interface MigrationReport {
  /** File names applied now, in order. */
  readonly applied: readonly string[]
  /** Highest number in the database. */
  readonly current: number
}

const folder = ownFile('storage/migrations/')

/** Reads the numbered SQL files that belong to this version of the program, in order. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async name => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, checksum: sha256(text.replaceAll('\r\n', '\n')) }
    }),
  )
}

/** Names this set of migrations: changes whenever one of them does. */
export function migrationsKey(migrations: readonly Migration[]): string {
  return sha256(migrations.map(({ name, checksum }) => `${name} ${checksum}\n`).join('')).slice(0, 16)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Any number that nobody else on the server uses for an advisory lock. */
const lockNumber = 7_405_613_118_204n

/**
 * Applies what the database has not seen yet, all in one transaction under one lock, so that any number of processes may
 * call it at once. A database that a newer version has migrated is left as it is: migrations only ever add.
 *
 * @throws Error when a file was changed after it had been applied
 */
export async function migrate(database: Database): Promise<MigrationReport> {
  const migrations = await readMigrations()
  return database.bulk(async (sql, script) => {
    await sql.query('set local statement_timeout = 0')
    await sql.query('select pg_advisory_xact_lock($1)', [lockNumber])
    const seen = await readSeen(sql)
    const applied: string[] = []
    for (const migration of migrations) {
      const checksum = seen.get(migration.number)
      if (checksum !== undefined && checksum !== migration.checksum) {
        throw new Error(`migration ${migration.name} was changed after it had been applied to this database`)
      }
      if (checksum !== undefined) continue
      await script(migration.text)
      await sql.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.checksum,
      ])
      applied.push(migration.name)
    }
    const current = Math.max(0, ...seen.keys(), ...migrations.map(migration => migration.number))
    return { applied, current }
  })
}

async function readSeen(sql: Sql): Promise<ReadonlyMap<number, string>> {
  await sql.query(`create table if not exists schema_migrations (
    number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows } = await sql.query<{ number: number; checksum: string }>(
    'select number, checksum from schema_migrations order by number',
  )
  return new Map(rows.map(row => [row.number, row.checksum]))
}
