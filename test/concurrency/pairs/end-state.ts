import type { OpenStorage } from '../../../src/storage/open-storage.js'
import type { World } from './world.js'

/** Everything that the tables say of a world: carts, orders, money (but for what was recorded and given back), goods, codes. */
const endQuery = `
  with mine as (select * from orders where cart_id = $1)
  select
    (select json_agg(row_to_json(c) order by c.created_at, c.owner_kind) from (
       select * from carts where id = $1 or owner_key = any($2::text[])) c) as carts,
    -- Without the columns that repeat what the body says.
    (select json_agg(to_jsonb(o) - array['standing', 'changed_at', 'mark', 'external_id']
       order by o.status, o.placed_at, o.integer_id) from mine o) as orders,
    (select json_agg(row_to_json(p) order by p.state, p.created_at, p.integer_id) from payments p
       where p.order_id in (select id from mine) and not (p.method = 'recorded' and p.state = 'refunded')) as payments,
    (select json_agg(g.value order by p.state, p.created_at, p.integer_id)
       from gateway_records g join payments p on g.key = 'attempt:' || p.idempotency_key
       where p.order_id in (select id from mine)) as gateway,
    (select json_agg(json_build_array(l.code_key, l.kind, l.amount) order by l.id) from gift_card_ledger l
       where l.order_id in (select id from mine)) as ledger`

const countsQuery = `
  select
    (select json_object_agg(sku, available order by sku) from stock where sku in ('MUG-1', 'TEE-1', '005_30663301')) as stock,
    (select json_object_agg(code_key, used order by code_key) from coupons where code_key like 'race-%') as coupons,
    (select json_object_agg(code_key, balance order by code_key) from gift_cards where code_key like 'racecard-%') as cards`

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Pieces, uses and balances that all worlds share. */
export async function readCounts({ sql }: OpenStorage): Promise<Counts> {
  const { rows } = await sql.query(countsQuery)
  return (rows[0] ?? {}) as unknown as Counts
}

/** The end of a world in a form in which two ends can be compared: without ids, times and numbers that are drawn. */
export async function readEnd(storage: OpenStorage, world: World, before: Counts, after: Counts): Promise<string> {
  const owners = [world.guest.guestKey, world.member.customerId, world.other.customerId, world.cartId]
  const { rows } = await storage.sql.query(endQuery, [world.cartId, owners])
  const moved = Object.entries(after).flatMap(([kind, counts]) =>
    Object.entries(counts)
      .map(([name, count]) => [kind, name, Number(count) - Number(before[kind]?.[name])])
      .filter(([, , difference]) => difference !== 0),
  )
  return nameless(
    JSON.stringify({ ...rows[0], moved }, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1),
  )
}

/** Ids by the order in which they occur; times, secrets and numbers that count by what they are; what others use up too, not. */
function nameless(text: string): string {
  const names = new Map<string, string>()
  const nameOf = (id: string) => {
    const name = names.get(id) ?? `#${names.size + 1}`
    names.set(id, name)
    return name
  }
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, nameOf)
    .replace(/"\d{4}-\d\d-\d\d([T ][^"]*)?"/g, '"time"')
    .replace(/"R\d{9}"/g, '"number"')
    .replace(/DE--\d+/g, 'number')
    .replace(/("(?:integer_?[iI]d|position)": )\d+/g, '$10')
    .replace(/("access_?[tT]oken": )"[^"]*"/g, '$1"secret"')
    .replace(/("(?:balance|initial|remaining|used|available)": )"?#?\d+"?/g, '$1counted')
    .replace(/"skus_version": \d+/g, '"skus_version": counted')
    .replace(/"((?:payment|fulfillment)?_?[sS]tat(?:us|e))": "(failed|voided|refunded)"/g, '"$1": "nothing is kept"')
    .replace(/"manual\.[^"]*"/g, '"reference"')
    .replace(/sbx_\w{24}/g, 'reference')
    .replace(/\/sandbox\/pay\/[\w-]+|"pageToken": "[^"]*"/g, 'page')
}
