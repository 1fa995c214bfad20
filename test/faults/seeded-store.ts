import { expect } from 'vitest'
import { type OpenStorage, openStorage } from '../../src/storage/open-storage.js'
import { type Books, openBooks } from '../support/books.js'
import { requestDatabase } from '../support/databases.js'
import { runBuilt } from './killable-server.js'

/** The demo store on a PostgreSQL database of its own, filled by the command that a merchant uses, and a look at its tables. */
export interface SeededStore {
  readonly url: string
  readonly storage: OpenStorage
  readonly books: Books
}

/** The caller closes the storage. */
export async function openSeededStore(): Promise<SeededStore> {
  const url = await requestDatabase()
  const seeded = await runBuilt(['seed', 'demo'], { DATABASE_URL: url })
  expect(seeded.code, seeded.output).toBe(0)
  const storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
  return { url, storage, books: await openBooks(storage.sql) }
}
