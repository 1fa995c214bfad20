import type { Json } from './core/ids.js'
import type { SandboxStore } from './payments/sandbox/sandbox-store.js'
import type { Database } from './storage/postgres/database.js'

interface Row {
  readonly value: Json
  readonly version: number
}

/** The test gateway's memory in a table of its own beside ours: it outlives a restart, as a real gateway would. */
export function createGatewayRecords(database: Database): SandboxStore {
  return {
    async get(key) {
      const { rows } = await database.query<Row>(
        { name: 'gateway_record_read', text: 'select value, version from gateway_records where key = $1' },
        [key],
      )
      return rows[0]
    },
    async putIfAbsent(key, value) {
      const { count } = await database.query(
        {
          name: 'gateway_record_insert',
          text: 'insert into gateway_records (key, value) values ($1, $2::json) on conflict (key) do nothing',
        },
        [key, JSON.stringify(value)],
      )
      return count === 1
    },
    async replace(key, value, expectedVersion) {
      const { count } = await database.query(
        {
          name: 'gateway_record_replace',
          text: `update gateway_records set value = $2::json, version = version + 1, changed_at = now()
            where key = $1 and version = $3`,
        },
        [key, JSON.stringify(value), expectedVersion],
      )
      return count === 1
    },
  }
}
