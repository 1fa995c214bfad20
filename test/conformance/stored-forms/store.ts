import { readFileSync } from 'node:fs'
import type { OpenStorage } from '../../../src/storage/open-storage.js'

/** A stored record of any form. */
export type Stored = ReturnType<typeof JSON.parse>

/** The records of a file of this folder. */
export function linesOf(name: string): readonly Stored[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** The key of an owner that has one, as version 0.1.0 wrote it. */
const ownerKey = (owner: string) => `coalesce(${owner}->>'customerId', ${owner}->>'visitorId', ${owner}->>'guestKey')`

/** Writes rows as version 0.1.0 did, by no code of today. */
export async function storeCarts(sql: OpenStorage['sql'], carts: readonly Stored[]): Promise<void> {
  await sql.query(
    `insert into carts (id, integer_id, number, version, channel, status, owner_kind, owner_key, is_default, is_sole,
      created_at, expires_at, expires_on, body)
    select b->>'id', (b->>'integerId')::bigint, b->>'number', 1, b->>'channel', b->>'status', b->'owner'->>'kind',
      ${ownerKey("b->'owner'")}, (b->>'isDefault')::boolean, false, (b->>'createdAt')::timestamptz,
      (b->>'expiresAt')::timestamptz, (b->>'expiresAt')::date, b
    from json_array_elements($1::json) as b`,
    [JSON.stringify(carts)],
  )
}

/** As above; what the orders hold is not taken from anywhere. */
export async function storeOrders(sql: OpenStorage['sql'], orders: readonly Stored[]): Promise<void> {
  await sql.query(
    `insert into orders (id, number, part_numbering, version, channel, cart_id, purchase, status, owner_kind, owner_key,
      email_key, currency, grand_total, placed_at, deadline, has_holds, stock_taken, coupons_held, body, snapshot)
    select b->>'id', o->>'number', o->>'part_numbering', 1, b->>'channel', b->>'cartId', (b->>'purchase')::integer,
      b->>'status', b->'owner'->>'kind', ${ownerKey("b->'owner'")}, lower(b->>'email'), b->>'currency',
      ltrim(b->>'grandTotal', '#')::bigint, (b->>'placedAt')::timestamptz, (b->>'deadline')::timestamptz, false, '[]', '[]',
      b, o->'snapshot'
    from json_array_elements($1::json) as o cross join lateral (select o->'body' as b) as body`,
    [JSON.stringify(orders)],
  )
  const columns = `id, order_id, version, state, method, provider, amount, currency, captured, refunded, idempotency_key,
    gateway_reference, redirect_url, decline_reason, display, step, refunds, created_at, updated_at`
  await sql.query(
    `insert into payments (${columns}) select ${columns} from json_to_recordset($1::json) as p(
      id text, order_id text, version integer, state text, method text, provider text, amount bigint, currency text,
      captured bigint, refunded bigint, idempotency_key text, gateway_reference text, redirect_url text, decline_reason text,
      display json, step json, refunds json, created_at timestamptz, updated_at timestamptz)`,
    [JSON.stringify(orders.flatMap(({ payments }) => payments))],
  )
}
