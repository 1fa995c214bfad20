import { beforeAll, describe, inject } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { findPostgres } from './postgres-server.js'

/** Opens the suite's database, emptied. Its `close` does nothing: it serves the next suite too. */
export type Open = () => Promise<OpenStorage>

/**
 * The same suite on PGlite in memory and on a real PostgreSQL. Where npm delivers no PostgreSQL the second half is
 * skipped, and says so; with `CI=true` it fails instead.
 */
export function describeOnEachDatabase(name: string, define: (open: Open) => void, order: Order = 'in turn'): void {
  describeOnPglite(name, define, order)
  describeOnPostgres(name, define, order)
}

/**
 * The two halves of a suite: one after the other, or both at once for suites that wait for most of their time. The tests of
 * each half come one after the other in any case.
 */
export type Order = 'in turn' | 'side by side'

export function describeOnPglite(name: string, define: (open: Open) => void, order: Order = 'in turn'): void {
  describeHalf(`${name} (PGlite)`, () => define(useStorage(openPglite)), order)
}

export function describeOnPostgres(name: string, define: (open: Open) => void, order: Order = 'in turn'): void {
  const isMissing = findPostgres() === undefined && process.env.CI !== 'true'
  const reason = isMissing ? ` - SKIPPED: npm delivers none for ${process.platform} on ${process.arch}` : ''
  describeHalf(`${name} (PostgreSQL)${reason}`, () => define(useStorage(openPostgres)), order, isMissing)
}

function describeHalf(name: string, define: () => void, order: Order, skip = false): void {
  const suite = skip ? describe.skip : describe
  if (order === 'in turn') suite(name, define)
  else suite(name, { concurrent: true }, () => void describe.sequential('', define))
}

/** A URL of a new, migrated, empty database on the run's PostgreSQL server. */
export function requestDatabase(): Promise<string> {
  return ask('/database')
}

/** Makes sure that the template is built, so that PGlite opens fast. */
export async function requestTemplate(): Promise<void> {
  await ask('/template')
}

async function ask(path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${inject('databasePort')}${path}`, { method: 'POST' })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/**
 * One database of each kind per worker, for all files that it runs, one after the other; each test begins with an empty
 * one. They end with the worker and with the run's server.
 */
const opened = new Map<() => Promise<OpenStorage>, Promise<OpenStorage>>()

async function openPglite(): Promise<OpenStorage> {
  await requestTemplate()
  return openStorage({ url: 'memory:', dataDirectory: '' })
}

async function openPostgres(): Promise<OpenStorage> {
  return openStorage({ url: await requestDatabase(), dataDirectory: '', poolSize: 8 })
}

function useStorage(openNew: () => Promise<OpenStorage>): Open {
  const openOnce = () => {
    const storage = opened.get(openNew) ?? openNew()
    opened.set(openNew, storage)
    return storage
  }
  // Opening may take longer than one test may.
  beforeAll(openOnce)
  return async () => {
    const storage = await openOnce()
    await emptyDatabase(storage)
    return { ...storage, close: async () => undefined }
  }
}

/** Takes every row away and starts every counter anew. */
async function emptyDatabase({ sql }: OpenStorage): Promise<void> {
  const { rows } = await sql.query<{ names: string }>(
    `select string_agg(format('%I', tablename), ', ') as names from pg_tables
      where schemaname = 'public' and tablename <> 'schema_migrations'`,
  )
  await sql.query(`truncate ${rows[0]?.names} restart identity cascade`)
  await sql.query('insert into catalog_epoch (epoch) values (1)')
  await sql.query(`select setval(sequencename::regclass, 1, false) from pg_sequences
    where schemaname = 'public' and sequencename like '%_integer_ids'`)
}
