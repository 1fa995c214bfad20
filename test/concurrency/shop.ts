import { afterAll, beforeAll } from 'vitest'
import type { SqlParameter, SqlValue } from '../../src/storage/postgres/sql.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { startTestServer } from '../support/test-server.js'

/** The demo store behind a real socket, and what its tables say. */
export interface Shop {
  readonly baseUrl: string
  rows(sql: string, values: readonly SqlParameter[]): Promise<readonly Readonly<Record<string, SqlValue>>[]>
}

/** The same suite on each database, over one server with a fresh demo store. */
export function describeShop(name: string, define: (getShop: () => Shop) => void): void {
  describeOnEachDatabase(name, open => {
    let shop: Shop | undefined
    let stop: (() => Promise<void>) | undefined
    beforeAll(async () => {
      const storage = await open()
      const server = await startTestServer({ listen: true, storage })
      stop = () => server.close()
      shop = { baseUrl: server.baseUrl, rows: async (sql, values) => (await storage.sql.query(sql, values)).rows }
    })
    afterAll(() => stop?.())
    define(() => {
      if (shop === undefined) throw new Error('The shop opens before the first test')
      return shop
    })
  })
}
