import type { GiftCardStore } from '../storage.js'
import type { Database } from './database.js'
import { caseKey } from './keys.js'
import type { Sql, SqlParameter, Statement } from './sql.js'

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

/** Gift cards that are spent without an order of ours. */
export function createGiftCardStore(database: Database): GiftCardStore {
  return {
    spend: async (code, amount, transaction) =>
      (await one(database, spend, [caseKey(code), amount, keyOf(transaction)])).changed === 1 ? 'saved' : 'short',
    giveBack: async transaction => {
      const { changed, known } = await one(database, giveBack, [keyOf(transaction)])
      if (changed === 1) return 'saved'
      return known === true ? 'repeat' : 'unknown'
    },
  }
}

interface ChangeRow {
  readonly changed: number
  readonly known?: boolean
}

async function one(sql: Sql, statement: Statement, parameters: readonly SqlParameter[]): Promise<ChangeRow> {
  const { rows } = await sql.query<ChangeRow>(statement, parameters)
  return rows[0] ?? { changed: 0 }
}
