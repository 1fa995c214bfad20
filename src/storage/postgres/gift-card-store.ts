import { present } from '../../core/assert.js'
import type { ChannelId } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import type { GiftCard } from '../../core/pricing/facts.js'
import type { GiftCardDetails, GiftCardQuery, GiftCardRecord, GiftCardStore } from '../code-stores.js'
import { moveEpoch } from './coupon-store.js'
import type { Database } from './database.js'
import { caseKey } from './keys.js'
import { queryParts } from './query-parts.js'
import type { Sql, SqlParameter, Statement } from './sql.js'
import { readTagged, writeTagged } from './tagged-json.js'

/** A spending stands in the ledger as an order's does, under the id of its transaction. */
const keyOf = (transaction: string) => `transaction:${transaction}`

const spend: Statement = {
  name: 'gift_card_spend',
  text: `with taken as (
    update gift_cards set balance = balance - $2::bigint where code_key = $1 and balance >= $2::bigint returning code_key
  ), noted as (
    insert into gift_card_ledger (code_key, order_id, kind, amount)
    select code_key, $3, 'hold', -$2::bigint from taken returning code_key
  ) select count(*)::integer as changed from noted`,
}

const giveBack: Statement = {
  name: 'gift_card_give_back',
  text: `with returned as (
    insert into gift_card_ledger (code_key, order_id, kind, amount)
    select code_key, order_id, 'release', -amount from gift_card_ledger where order_id = $1 and kind = 'hold'
    on conflict do nothing returning code_key, amount
  ), changed as (
    update gift_cards g set balance = g.balance + r.amount from returned r where g.code_key = r.code_key returning g.code_key
  ) select (select count(*) from changed)::integer as changed,
    exists (select 1 from gift_card_ledger where order_id = $1 and kind = 'hold') as known`,
}

const integerId = `(g.body->>'integerId')::bigint`

const taken: Statement = {
  name: 'gift_card_taken',
  text: `select exists (select 1 from gift_cards where code_key = $1) as code_taken,
    (select coalesce(max((body->>'integerId')::bigint), 0) + 1 from gift_cards) as next_id`,
}

const insertCard: Statement = {
  name: 'gift_card_insert',
  text: `with card as (
      insert into gift_cards (code_key, channels, balance, body, details) values ($1, $2::text[], $3, $4::json, $5::json)
      returning code_key, balance
    ) insert into gift_card_ledger (code_key, kind, amount) select code_key, 'initial', balance from card`,
}

/** What a new balance adds stands in the ledger as a release, what it takes as a hold: under a name of its own. */
const saveCard: Statement = {
  name: 'gift_card_save',
  text: `with changed as (
      update gift_cards set balance = $3::bigint, body = $4::json, details = $5::json
      where code_key = $1 and balance = $2::bigint and (details->>'isGone') is null
      returning code_key
    ), noted as (
      insert into gift_card_ledger (code_key, order_id, kind, amount)
      select code_key, $6, case when $3::bigint < $2::bigint then 'hold' else 'release' end, $3::bigint - $2::bigint
      from changed where $3::bigint <> $2::bigint
    ), moved as (
      update catalog_epoch set epoch = epoch + 1 where exists (select 1 from changed)
    ) select count(*)::integer as changed from changed`,
}

const removeCards: Statement = {
  name: 'gift_cards_remove',
  text: `with gone as (
      update gift_cards g set details = '{"isGone":true}', body = (g.body::jsonb || '{"isActive":false}')::json
      where g.code_key = any($1::text[]) and (g.details->>'isGone') is null returning 1
    ), moved as (
      update catalog_epoch set epoch = epoch + 1 where exists (select 1 from gone)
    ) select count(*)::integer as changed from gone`,
}

/** Gift cards that are spent without an order of ours, and those that the store makes while it runs. */
export function createGiftCardStore(database: Database): GiftCardStore {
  return {
    spend: async (code, amount, transaction) =>
      (await one(database, spend, [caseKey(code), amount, keyOf(transaction)])).changed === 1 ? 'saved' : 'short',
    giveBack: async transaction => {
      const { changed, known } = await one(database, giveBack, [keyOf(transaction)])
      if (changed === 1) return 'saved'
      return known === true ? 'repeat' : 'unknown'
    },
    list: query => list(database, query),
    insert: (channel, card, details) => database.transaction(sql => insert(sql, channel, card, details)),
    save: async ({ card, details }, since, adjustment) => {
      const { balance, ...body } = card
      const columns = [writeTagged(body), details === undefined ? undefined : JSON.stringify(details)]
      const parameters = [caseKey(card.code), since, balance, ...columns, `adjustment:${adjustment}`]
      return (await one(database, saveCard, parameters)).changed === 1 ? 'saved' : 'lost'
    },
    remove: async codes => (await one(database, removeCards, [codes.map(caseKey)])).changed,
  }
}

interface CardRow {
  readonly body: unknown
  readonly balance: Minor
  readonly details: GiftCardDetails | null
}

async function list(sql: Sql, query: GiftCardQuery) {
  const parts = queryParts()
  parts.require(place => `${place}::text = any(g.channels)`, query.channel)
  parts.requireIf(place => `${integerId} = any(${place}::bigint[])`, query.integerIds)
  parts.requireIf(place => `${integerId} >= ${place}::bigint`, query.fromIntegerId)
  parts.requireIf(place => `${integerId} <= ${place}::bigint`, query.toIntegerId)
  parts.requireIf(place => `g.code_key = ${place}`, query.code === undefined ? undefined : caseKey(query.code))
  for (const person of ['recipient', 'sender'] as const) {
    for (const part of ['name', 'email'] as const) {
      const wanted = query[person]?.[part]
      parts.requireIf(place => `lower(g.details #>> '{${person},${part}}') = lower(${place})`, wanted)
    }
  }
  const from = `from gift_cards g where (g.details->>'isGone') is null and ${parts.where()}`
  const page = [...parts.parameters(), query.limit, query.offset]
  const direction = query.descending === true ? 'desc' : 'asc'
  const counted = await sql.query<{ total: bigint }>(`select count(*) as total ${from}`, parts.parameters())
  const { rows } = await sql.query<CardRow>(
    `select g.body, g.balance, g.details ${from} order by ${integerId} ${direction}, g.code_key
      limit $${(page.length - 1).toString()} offset $${page.length.toString()}`,
    page,
  )
  return { cards: rows.map(readCard), total: Number(present(counted.rows[0], 'a count has a row').total) }
}

function readCard({ body, balance, details }: CardRow): GiftCardRecord {
  const card = { ...readTagged<Omit<GiftCard, 'balance'>>(body), balance }
  return details === null ? { card } : { card, details }
}

async function insert(
  sql: Sql,
  channel: ChannelId,
  { balance, ...card }: Omit<GiftCard, 'integerId'>,
  details: GiftCardDetails,
): Promise<GiftCardRecord | 'code_exists'> {
  await sql.query(moveEpoch)
  const asked = await sql.query<{ code_taken: boolean; next_id: bigint }>(taken, [caseKey(card.code)])
  const { code_taken, next_id } = present(asked.rows[0], 'a question without tables has an answer')
  if (code_taken) return 'code_exists'
  const body = { ...card, integerId: Number(next_id) }
  const columns = [caseKey(card.code), [channel], balance, writeTagged(body), JSON.stringify(details)]
  await sql.query(insertCard, columns)
  return { card: { ...body, balance }, details }
}

interface ChangeRow {
  readonly changed: number
  readonly known?: boolean
}

async function one(sql: Sql, statement: Statement, parameters: readonly SqlParameter[]): Promise<ChangeRow> {
  const { rows } = await sql.query<ChangeRow>(statement, parameters)
  return rows[0] ?? { changed: 0 }
}
