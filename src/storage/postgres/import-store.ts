import { type ImportStore, RecordRefused, type StoreRecord } from '../import-store.js'
import { readPostalPlace } from './catalog-store.js'
import type { Database } from './database.js'
import { type RecordOf, recordKinds } from './import-records.js'
import type { Sql, SqlParameter, Statement } from './sql.js'
import { SqlError } from './sql.js'
import { readTagged } from './tagged-json.js'

const isEmpty: Statement = {
  name: 'import_is_empty',
  text: 'select not exists (select 1 from channels) and not exists (select 1 from variants) as is_empty',
}
const knownSkus: Statement = { name: 'import_known_skus', text: 'select sku from variants where sku = any($1::text[])' }
const moveEpoch: Statement = { name: 'import_epoch', text: 'update catalog_epoch set epoch = epoch + 1' }

/** The whole store in and out. */
export function createImportStore(database: Database): ImportStore {
  return {
    run: write =>
      database.bulk(async sql => {
        const result = await write(
          batch => putBatch(sql, batch),
          async skus => new Set((await sql.query<{ sku: string }>(knownSkus, [skus])).rows.map(row => row.sku)),
        )
        await sql.query(moveEpoch)
        return result
      }),
    isEmpty: async () => (await database.query<{ is_empty: boolean }>(isEmpty)).rows[0]?.is_empty === true,
    export: () => exportRecords(database),
  }
}

/** Kind by kind, so that what a batch refers to may stand anywhere in it. A key that comes twice: the later one counts. */
async function putBatch(sql: Sql, batch: readonly StoreRecord[]): Promise<void> {
  for (const kind of Object.keys(recordKinds) as StoreRecord['kind'][]) await putKind(sql, kind, batch)
}

async function putKind<K extends StoreRecord['kind']>(sql: Sql, kind: K, batch: readonly StoreRecord[]): Promise<void> {
  const { keyOf, put } = recordKinds[kind]
  const records = new Map<string, RecordOf<K>>()
  for (const record of batch) if (isKind(record, kind)) records.set(keyOf(record), record)
  if (records.size === 0) return
  try {
    await put(sql, [...records.values()])
  } catch (error) {
    // Integrity violations (class 23) and values out of range (class 22) are the file's fault.
    if (!(error instanceof SqlError) || !/^2[23]/.test(error.code)) throw error
    throw new RecordRefused(kind, error.detail ?? error.message, { cause: error })
  }
}

function isKind<K extends StoreRecord['kind']>(record: StoreRecord, kind: K): record is RecordOf<K> {
  return record.kind === kind
}

const pageRows = 500

interface ExportRow {
  readonly key: string | bigint
  readonly key2?: string
  readonly [column: string]: unknown
}

/** Rows of one table in the order of its key, a page at a time, so that memory does not grow with the table. */
async function* pages<Row extends ExportRow>(
  database: Database,
  name: string,
  text: string,
  start: readonly SqlParameter[],
): AsyncGenerator<Row> {
  let after = start
  for (;;) {
    const { rows } = await database.query<Row>({ name: `export_${name}`, text }, [...after, pageRows])
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = last.key2 === undefined ? [last.key] : [last.key, last.key2]
  }
}

interface BodyRow extends ExportRow {
  readonly body: unknown
  readonly channel?: string
  readonly channels?: readonly string[]
}

function byPosition(database: Database, table: string, columns: string, condition = 'true'): AsyncGenerator<BodyRow> {
  const text = `select position as key, ${columns} from ${table}
    where position > $1 and ${condition} order by position limit $2`
  return pages(database, table, text, [0])
}

const channelKinds = [
  ['tax_zone', 'tax_zones'],
  ['shipping_method', 'shipping_methods'],
  ['payment_method', 'payment_methods'],
  ['pickup_point', 'pickup_points'],
] as const

async function* exportRecords(database: Database): AsyncGenerator<StoreRecord> {
  for await (const { body } of byPosition(database, 'channels', 'body')) {
    yield { kind: 'channel', value: readTagged(body) }
  }
  for await (const { body } of byPosition(database, 'sellers', 'body')) {
    yield { kind: 'seller', value: readTagged(body) }
  }
  for (const [kind, table] of channelKinds) {
    for await (const { channel = '', body } of byPosition(database, table, 'channel, body')) {
      yield { kind, channel, value: readTagged<never>(body) }
    }
  }
  yield* exportVariants(database)
  yield* exportCodes(database)
  yield* exportPlaces(database)
}

async function* exportVariants(database: Database): AsyncGenerator<StoreRecord> {
  const variants = 'select sku as key, body from variants where sku > $1 order by sku limit $2'
  for await (const { body } of pages<BodyRow>(database, 'variants', variants, [''])) {
    yield { kind: 'variant', value: readTagged(body) }
  }
  const stock = `select sku as key, location as key2, available from stock
    where (sku, location) > ($1, $2) order by sku, location limit $3`
  const rows = pages<ExportRow & { key: string; key2: string; available: number }>(database, 'stock', stock, ['', ''])
  for await (const { key, key2, available } of rows) {
    yield { kind: 'stock', value: { sku: key, location: key2, available } }
  }
}

async function* exportCodes(database: Database): AsyncGenerator<StoreRecord> {
  for await (const { body } of byPosition(database, 'promotions', 'body')) {
    yield { kind: 'promotion', value: readTagged(body) }
  }
  for await (const { body } of byPosition(database, 'coupons', 'body')) {
    yield { kind: 'coupon', value: readTagged(body) }
  }
  for await (const { channels = [], body } of byPosition(
    database,
    'gift_cards',
    'channels, body',
    'customer_id is null',
  )) {
    yield { kind: 'gift_card', channels, value: readTagged(body) }
  }
}

async function* exportPlaces(database: Database): AsyncGenerator<StoreRecord> {
  const text = `select country as key, postal_key as key2, country, postal_code, place, subdivision, subdivision_name,
    district, street, latitude, longitude from postal_places
    where (country, postal_key) > ($1, $2) order by country, postal_key fetch first $3 rows with ties`
  type PlaceRow = ExportRow & Parameters<typeof readPostalPlace>[0]
  for await (const row of pages<PlaceRow>(database, 'postal_places', text, ['', ''])) {
    yield { kind: 'postal_place', value: readPostalPlace(row) }
  }
}
