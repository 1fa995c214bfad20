import type { Price, Variant } from '../../core/catalog/variant.js'
import type { StoreRecord } from '../import-store.js'
import { encodeCustomer } from './customer-store.js'
import { caseKey, postalKey } from './keys.js'
import type { Sql, SqlParameter } from './sql.js'
import { accountRow, openAccounts } from './store-credit-store.js'
import { readTagged, writeTagged } from './tagged-json.js'

export type RecordOf<Kind extends StoreRecord['kind']> = Extract<StoreRecord, { readonly kind: Kind }>

/** Writes all records of one kind, no key twice, with a number of statements that does not depend on how many they are. */
type Put<Kind extends StoreRecord['kind']> = (sql: Sql, records: readonly RecordOf<Kind>[]) => Promise<void>

interface Kind<K extends StoreRecord['kind']> {
  readonly keyOf: (record: RecordOf<K>) => string
  readonly put: Put<K>
}

/** Kinds in an order in which each refers only to earlier ones. */
export const recordKinds: { readonly [K in StoreRecord['kind']]: Kind<K> } = {
  channel: { keyOf: record => record.value.id, put: putNamed('channels') },
  seller: { keyOf: record => record.value.id, put: putNamed('sellers') },
  tax_zone: { keyOf: ofChannel, put: putOfChannel('tax_zones') },
  shipping_method: { keyOf: ofChannel, put: putOfChannel('shipping_methods') },
  payment_method: { keyOf: ofChannel, put: putOfChannel('payment_methods') },
  pickup_point: { keyOf: ofChannel, put: putOfChannel('pickup_points') },
  variant: { keyOf: record => record.value.sku, put: putVariants },
  price: {
    keyOf: ({ sku, value }) => JSON.stringify([sku, value.channel, value.currency, value.mode]),
    put: putPrices,
  },
  stock: { keyOf: ({ value }) => JSON.stringify([value.sku, value.location]), put: putStock },
  promotion: { keyOf: record => record.value.id, put: putPromotions },
  coupon: { keyOf: record => caseKey(record.value.code), put: putCoupons },
  gift_card: { keyOf: record => caseKey(record.value.code), put: putGiftCards },
  customer: { keyOf: record => record.value.id, put: putCustomers },
  credential: { keyOf: ({ value }) => JSON.stringify([value.kind, value.secretHash]), put: putCredentials },
  postal_place: { keyOf: keyOfPlace, put: putPostalPlaces },
}

function ofChannel(record: { readonly channel: string; readonly value: { readonly id: string } }): string {
  return JSON.stringify([record.channel, record.value.id])
}

/** A JSON list of rows; `body` is JSON text already and stays as it is. */
function rowsText<T>(records: readonly T[], row: (record: T) => readonly [Readonly<Record<string, unknown>>, string?]) {
  const texts = records.map(record => {
    const [columns, body] = row(record)
    const text = JSON.stringify(columns)
    return body === undefined ? text : `${text.slice(0, -1)},"body":${body}}`
  })
  return `[${texts.join(',')}]`
}

async function send(sql: Sql, name: string, text: string, ...parameters: readonly SqlParameter[]): Promise<void> {
  await sql.query({ name: `import_${name}`, text }, parameters)
}

function putNamed(table: string): (sql: Sql, records: readonly NamedRecord[]) => Promise<void> {
  return (sql, records) =>
    send(
      sql,
      table,
      `insert into ${table} (id, body) select n.id, n.body from json_to_recordset($1::json) as n(id text, body json)
        on conflict (id) do update set body = excluded.body`,
      rowsText(records, ({ value }) => [{ id: value.id }, writeTagged(value)]),
    )
}

interface NamedRecord {
  readonly value: { readonly id: string }
}

function putOfChannel(
  table: string,
): (sql: Sql, records: readonly (NamedRecord & { readonly channel: string })[]) => Promise<void> {
  return (sql, records) =>
    send(
      sql,
      table,
      `insert into ${table} (channel, id, body)
        select n.channel, n.id, n.body from json_to_recordset($1::json) as n(channel text, id text, body json)
        on conflict (channel, id) do update set body = excluded.body`,
      rowsText(records, ({ channel, value }) => [{ channel, id: value.id }, writeTagged(value)]),
    )
}

async function putVariants(sql: Sql, records: readonly RecordOf<'variant'>[]): Promise<void> {
  await send(
    sql,
    'variants_clear',
    `with a as (delete from variant_channels where sku = any($1::text[]))
      delete from variant_external_ids where sku = any($1::text[])`,
    records.map(({ value }) => value.sku),
  )
  await send(
    sql,
    'variants',
    `with a as (
      insert into variants (sku, variant_id, product_id, product_sku, is_active, search_text, body)
      select n.* from json_to_recordset($1::json) as n(
        sku text, variant_id bigint, product_id bigint, product_sku text, is_active boolean, search_text text, body json)
      on conflict (sku) do update set variant_id = excluded.variant_id, product_id = excluded.product_id,
        product_sku = excluded.product_sku, is_active = excluded.is_active, search_text = excluded.search_text,
        body = excluded.body
    ), b as (
      insert into variant_channels (channel, product_id, variant_id, sku)
      select n.channel, n.product_id, n.variant_id, n.sku
      from json_to_recordset($2::json) as n(channel text, product_id bigint, variant_id bigint, sku text)
    )
    insert into variant_external_ids (name, value, sku)
    select n.name, n.value, n.sku from json_to_recordset($3::json) as n(name text, value text, sku text)`,
    rowsText(records, ({ value }) => [variantColumns(value), writeTagged(value)]),
    JSON.stringify(records.flatMap(({ value }) => channelRows(value))),
    JSON.stringify(
      records.flatMap(({ value }) =>
        Object.entries(value.externalIds).map(([name, id]) => ({ name, value: id, sku: value.sku })),
      ),
    ),
  )
}

/** Reads the variants, puts the prices in their places, and writes them back: three statements. Unknown SKUs are left out. */
async function putPrices(sql: Sql, records: readonly RecordOf<'price'>[]): Promise<void> {
  const { rows } = await sql.query<{ body: unknown }>(
    {
      name: 'import_prices_read',
      text: 'select body from variants where sku = any($1::text[]) order by sku for update',
    },
    [[...new Set(records.map(record => record.sku))]],
  )
  const bySku = new Map(rows.map(row => readTagged<Variant>(row.body)).map(variant => [variant.sku, variant]))
  for (const { sku, value } of records) {
    const variant = bySku.get(sku)
    if (variant !== undefined) bySku.set(sku, { ...variant, prices: withPrice(variant.prices, value) })
  }
  await putVariants(
    sql,
    [...bySku.values()].map(value => ({ kind: 'variant', value })),
  )
}

function withPrice(prices: Variant['prices'], price: Price): Variant['prices'] {
  const others = prices.filter(
    known => known.channel !== price.channel || known.currency !== price.currency || known.mode !== price.mode,
  )
  return [...others, price]
}

function variantColumns(variant: Variant) {
  const { sku, variantId, productId, productSku, isActive, name, variantName = '', brand = '' } = variant
  return {
    sku,
    variant_id: variantId,
    product_id: productId,
    product_sku: productSku,
    is_active: isActive,
    search_text: caseKey([name, variantName, brand, sku].join('\n')),
  }
}

function channelRows({ sku, variantId, productId, isActive, prices }: Variant) {
  const channels = isActive ? [...new Set(prices.map(price => price.channel))] : []
  return channels.map(channel => ({ channel, product_id: productId, variant_id: variantId, sku }))
}

function putStock(sql: Sql, records: readonly RecordOf<'stock'>[]): Promise<void> {
  return send(
    sql,
    'stock',
    `insert into stock (sku, location, available)
      select n.sku, n.location, n.available
      from json_to_recordset($1::json) as n(sku text, location text, available integer) order by n.sku, n.location
      on conflict (sku, location) do update set available = excluded.available`,
    JSON.stringify(records.map(({ value }) => value)),
  )
}

function putPromotions(sql: Sql, records: readonly RecordOf<'promotion'>[]): Promise<void> {
  return send(
    sql,
    'promotions',
    `insert into promotions (id, channels, usage_limit, usage_limit_per_customer, body)
      select n.* from json_to_recordset($1::json) as n(
        id text, channels text[], usage_limit integer, usage_limit_per_customer integer, body json)
      on conflict (id) do update set channels = excluded.channels, usage_limit = excluded.usage_limit,
        usage_limit_per_customer = excluded.usage_limit_per_customer, body = excluded.body`,
    rowsText(records, ({ value }) => [
      { id: value.id, channels: value.channels, ...limitColumns(value) },
      writeTagged(value),
    ]),
  )
}

function limitColumns(value: { readonly usageLimit?: number; readonly usageLimitPerCustomer?: number }) {
  return { usage_limit: value.usageLimit ?? null, usage_limit_per_customer: value.usageLimitPerCustomer ?? null }
}

function putCoupons(sql: Sql, records: readonly RecordOf<'coupon'>[]): Promise<void> {
  return send(
    sql,
    'coupons',
    `insert into coupons (code_key, promotion_id, usage_limit, usage_limit_per_customer, body)
      select n.* from json_to_recordset($1::json) as n(
        code_key text, promotion_id text, usage_limit integer, usage_limit_per_customer integer, body json)
      on conflict (code_key) do update set promotion_id = excluded.promotion_id, usage_limit = excluded.usage_limit,
        usage_limit_per_customer = excluded.usage_limit_per_customer, body = excluded.body`,
    rowsText(records, ({ value }) => [
      { code_key: caseKey(value.code), promotion_id: value.promotionId, ...limitColumns(value) },
      writeTagged(value),
    ]),
  )
}

async function putGiftCards(sql: Sql, records: readonly RecordOf<'gift_card'>[]): Promise<void> {
  await send(
    sql,
    'gift_cards',
    `with cards as (
      select n.* from json_to_recordset($1::json) as n(code_key text, channels text[], initial bigint, body json)
    ), opened as (
      insert into gift_card_ledger (code_key, kind, amount) select code_key, 'initial', initial from cards
      on conflict (code_key) where kind = 'initial' do nothing
    )
    insert into gift_cards (code_key, channels, balance, body) select code_key, channels, initial, body from cards
      on conflict (code_key) do update set channels = excluded.channels, body = excluded.body
        where gift_cards.customer_id is null`,
    rowsText(records, ({ channels, value }) => [
      { code_key: caseKey(value.code), channels, initial: value.initial.toString() },
      writeTagged(value),
    ]),
  )
}

async function putCustomers(sql: Sql, records: readonly RecordOf<'customer'>[]): Promise<void> {
  await send(
    sql,
    'customers',
    `with people as (
      select n.* from json_to_recordset($1::json) as n(
        id text, integer_id bigint, reference text, email_key text, hash text, body json)
    ), added as (
      insert into customers as c (id, integer_id, reference, email_key, version, body)
      select id, integer_id, reference, email_key, 1, body from people
      on conflict (id) do update set integer_id = excluded.integer_id, reference = excluded.reference,
        email_key = excluded.email_key, version = c.version + 1, body = excluded.body
    ), secrets as (
      insert into customer_passwords (customer_id, hash) select id, hash from people
      on conflict (customer_id) do update set hash = excluded.hash
    )
    select setval('customer_integer_ids', greatest((select last_value from customer_integer_ids),
      (select max(integer_id) from people)))`,
    rowsText(records, ({ value, passwordHash }) => [
      {
        id: value.id,
        integer_id: value.integerId,
        reference: value.reference,
        email_key: caseKey(value.email),
        hash: passwordHash,
      },
      encodeCustomer(value),
    ]),
  )
  const accounts = records.flatMap(({ value }) => (value.storeCredit ?? []).map(one => ({ ...one, holder: value.id })))
  if (accounts.length > 0) await send(sql, 'store_credit', openAccounts, rowsText(accounts, accountRow))
}

function putCredentials(sql: Sql, records: readonly RecordOf<'credential'>[]): Promise<void> {
  return send(
    sql,
    'credentials',
    `insert into credentials (kind, secret_hash, subject, dialect, permissions, data, created_at, expires_at)
      select n.* from json_to_recordset($1::json) as n(kind text, secret_hash text, subject text, dialect text,
        permissions text[], data json, created_at timestamptz, expires_at timestamptz)
      on conflict (kind, secret_hash) do update set subject = excluded.subject, dialect = excluded.dialect,
        permissions = excluded.permissions, data = excluded.data, created_at = excluded.created_at,
        expires_at = excluded.expires_at`,
    rowsText(records, ({ value }) => [
      {
        kind: value.kind,
        secret_hash: value.secretHash,
        subject: value.subject,
        dialect: value.dialect ?? null,
        permissions: value.permissions,
        data: value.data,
        created_at: value.createdAt,
        expires_at: value.expiresAt ?? null,
      },
    ]),
  )
}

function keyOfPlace({ value }: RecordOf<'postal_place'>): string {
  const { country, postalCode, place, district, street } = value
  return JSON.stringify([country, postalKey(postalCode), place, district ?? '', street ?? ''])
}

function putPostalPlaces(sql: Sql, records: readonly RecordOf<'postal_place'>[]): Promise<void> {
  return send(
    sql,
    'postal_places',
    `insert into postal_places (country, postal_key, postal_code, place, subdivision, subdivision_name, district, street,
        latitude, longitude)
      select n.* from json_to_recordset($1::json) as n(country text, postal_key text, postal_code text, place text,
        subdivision text, subdivision_name text, district text, street text, latitude double precision,
        longitude double precision)
      on conflict (country, postal_key, place, district, street) do update set postal_code = excluded.postal_code,
        subdivision = excluded.subdivision, subdivision_name = excluded.subdivision_name,
        latitude = excluded.latitude, longitude = excluded.longitude`,
    rowsText(records, ({ value }) => [
      {
        country: value.country,
        postal_key: postalKey(value.postalCode),
        postal_code: value.postalCode,
        place: value.place,
        subdivision: value.subdivision,
        subdivision_name: value.subdivisionName,
        district: value.district ?? '',
        street: value.street ?? '',
        latitude: value.latitude ?? null,
        longitude: value.longitude ?? null,
      },
    ]),
  )
}
