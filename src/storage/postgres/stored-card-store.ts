import type { StoredCard } from '../../core/payments/stored-card.js'
import type { StoredCardStore } from '../stored-card-store.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

interface StoredCardRow {
  readonly token: string
  readonly customer_id: string
  readonly channel: string
  readonly method: string
  readonly provider: string
  readonly gateway_token: string
  readonly brand: string
  readonly last_four: string
  readonly expiry_month: number
  readonly expiry_year: number
  readonly is_default: boolean
}

const list: Statement = {
  name: 'stored_cards_list',
  text: `select token, customer_id, channel, method, provider, gateway_token, brand, last_four, expiry_month, expiry_year,
      default_since is not null and row_number() over (order by default_since desc nulls last, token) = 1 as is_default
    from stored_cards where customer_id = $1 and channel = $2
    order by is_default desc, created_at desc, token`,
}

/**
 * The customer's row is held meanwhile: whoever forgets the customer at the same moment comes before, and nothing is kept,
 * or after, and finds the card.
 */
const keep: Statement = {
  name: 'stored_card_keep',
  text: `with holder as (
      select id from customers where id = $2 and email_key <> id || '@anonymous.invalid' for share
    )
    insert into stored_cards as known (token, customer_id, channel, method, provider, gateway_token, brand, last_four,
      expiry_month, expiry_year, default_since, created_at)
    select $1, holder.id, $3, $4, $5, $6, $7, $8, $9::integer, $10::integer,
      case when $11::boolean then $12::timestamptz end, $12::timestamptz
    from holder where $13::integer > (
      select count(*) from stored_cards c where c.customer_id = $2 and c.channel = $3
        and (c.method, c.brand, c.last_four, c.expiry_month, c.expiry_year) <> ($4, $7, $8, $9::integer, $10::integer))
    on conflict (customer_id, channel, method, brand, last_four, expiry_month, expiry_year) do update
      set provider = excluded.provider, gateway_token = excluded.gateway_token,
        default_since = coalesce(excluded.default_since, known.default_since)`,
}

const makeDefault: Statement = {
  name: 'stored_card_default',
  text: 'update stored_cards set default_since = $3::timestamptz where customer_id = $1 and token = $2',
}

const remove: Statement = {
  name: 'stored_card_remove',
  text: 'delete from stored_cards where customer_id = $1 and token = $2',
}

const removeAll: Statement = {
  name: 'stored_cards_remove',
  text: 'delete from stored_cards where customer_id = $1',
}

/** Cards that gateways keep for customers. */
export function createStoredCardStore(database: Database): StoredCardStore {
  return {
    list: async (customerId, channel) =>
      (await database.query<StoredCardRow>(list, [customerId, channel])).rows.map(cardOf),
    keep: async (card, at, most) => {
      const { count } = await database.query(keep, [
        card.token,
        card.customerId,
        card.channel,
        card.method,
        card.provider,
        card.gatewayToken,
        card.brand,
        card.lastFour,
        card.expiryMonth,
        card.expiryYear,
        card.isDefault,
        at,
        most,
      ])
      return count === 1 ? 'kept' : 'refused'
    },
    makeDefault: async (customerId, token, at) =>
      (await database.query(makeDefault, [customerId, token, at])).count === 1,
    remove: async (customerId, token) => (await database.query(remove, [customerId, token])).count === 1,
    removeAll: async customerId => (await database.query(removeAll, [customerId])).count,
  }
}

function cardOf(row: StoredCardRow): StoredCard {
  return {
    token: row.token,
    customerId: row.customer_id,
    channel: row.channel,
    method: row.method,
    provider: row.provider,
    gatewayToken: row.gateway_token,
    brand: row.brand,
    lastFour: row.last_four,
    expiryMonth: row.expiry_month,
    expiryYear: row.expiry_year,
    isDefault: row.is_default,
  }
}
