import type { CustomerId } from '../../core/ids.js'
import type { CurrencyCode, Minor } from '../../core/money.js'
import { storeCreditCode } from '../../core/pricing/store-credit.js'
import type { StoreCreditStore } from '../code-stores.js'
import type { Database } from './database.js'
import { caseKey } from './keys.js'
import type { Sql, Statement } from './sql.js'
import { writeTagged } from './tagged-json.js'

/** Accounts with what they begin with, the first entry of their ledger; one that exists keeps what it has. */
export const openAccounts = `with accounts as (
    insert into gift_cards (code_key, channels, balance, body, customer_id)
    select n.code_key, '{}', n.balance, n.body, n.holder
    from json_to_recordset($1::json) as n(code_key text, holder text, balance bigint, body json)
    on conflict (code_key) do nothing returning code_key, balance
  ) insert into gift_card_ledger (code_key, kind, amount) select code_key, 'initial', balance from accounts`

const openAccount: Statement = { name: 'store_credit_open', text: openAccounts }

interface NewAccount {
  readonly holder: CustomerId
  readonly currency: CurrencyCode
  readonly amount: Minor
}

/** An account as `openAccounts` takes it: its columns, and its body as JSON text. */
export function accountRow({ holder, currency, amount }: NewAccount) {
  const code = storeCreditCode(holder, currency)
  const body = { code, integerId: 0, name: 'Store credit', currency, initial: amount, isActive: true }
  const columns = { code_key: caseKey(code), holder, balance: amount.toString() }
  return [columns, writeTagged(body)] as const
}

/** As with gift cards, what a new balance adds stands in the ledger as a release, what it takes as a hold. */
const setBalance: Statement = {
  name: 'store_credit_set',
  text: `with changed as (
      update gift_cards set balance = $3::bigint
      where code_key = $1 and balance = $2::bigint and customer_id is not null returning code_key
    ), noted as (
      insert into gift_card_ledger (code_key, order_id, kind, amount)
      select code_key, $4, case when $3::bigint < $2::bigint then 'hold' else 'release' end, $3::bigint - $2::bigint
      from changed where $3::bigint <> $2::bigint
    ) select count(*)::integer as changed from changed`,
}

/** What customers have to spend, beside what orders take and give back. */
export function createStoreCreditStore(database: Database): StoreCreditStore {
  return {
    set: ({ customerId, currency, balance }, since, adjustment) =>
      database.transaction(async (sql: Sql) => {
        const code = storeCreditCode(customerId, currency)
        const [columns, body] = accountRow({ holder: customerId, currency, amount: 0n })
        await sql.query(openAccount, [`[${JSON.stringify(columns).slice(0, -1)},"body":${body}}]`])
        const parameters = [caseKey(code), since, balance, `adjustment:${adjustment}`]
        const { rows } = await sql.query<{ changed: number }>(setBalance, parameters)
        return rows[0]?.changed === 1 ? 'saved' : 'lost'
      }),
  }
}
