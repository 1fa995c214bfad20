import type { SqlParameter, SqlValue } from '../../src/storage/postgres/sql.js'
import { describeOnEachDatabase } from '../support/test-server.js'

/** The demo store behind a real socket, and what its tables say. */
export interface Shop {
  readonly baseUrl: string
  rows(sql: string, values: readonly SqlParameter[]): Promise<readonly Readonly<Record<string, SqlValue>>[]>
}

/** The same suite on each database, over one server with a fresh demo store. */
export function describeShop(name: string, define: (getShop: () => Shop) => void): void {
  describeOnEachDatabase(name, getServer =>
    define(() => {
      const { baseUrl, storage } = getServer()
      return { baseUrl, rows: async (sql, values) => (await storage.sql.query(sql, values)).rows }
    }),
  )
}
