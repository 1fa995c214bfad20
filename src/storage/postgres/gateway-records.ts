import type { Json } from '../../core/ids.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

const read: Statement = {
  name: 'gateway_record_read',
  text: 'select value, version from gateway_records where key = $1',
}
const insert: Statement = {
  name: 'gateway_record_insert',
  text: 'insert into gateway_records (key, value) values ($1, $2) on conflict do nothing',
}
const replace: Statement = {
  name: 'gateway_record_replace',
  text: `update gateway_records set value = $2, version = version + 1, changed_at = now()
    where key = $1 and version = $3`,
}

/** A stored value and how often it was written, from 1. */
export interface GatewayRecord {
  readonly value: Json
  readonly version: number
}

/** Records of the test gateway, by key; each method is one statement. */
export interface GatewayRecords {
  get(key: string): Promise<GatewayRecord | undefined>
  /** False when the key is taken; nothing is written then. */
  putIfAbsent(key: string, value: Json): Promise<boolean>
  /** Writes where the stored version is `expectedVersion`. */
  replace(key: string, value: Json, expectedVersion: number): Promise<boolean>
}

/** The test gateway's table. */
export function createGatewayRecords(database: Database): GatewayRecords {
  return {
    get: async key => (await database.query<GatewayRecord>(read, [key])).rows[0],
    putIfAbsent: async (key, value) => (await database.query(insert, [key, JSON.stringify(value)])).count === 1,
    replace: async (key, value, expectedVersion) =>
      (await database.query(replace, [key, JSON.stringify(value), expectedVersion])).count === 1,
  }
}
