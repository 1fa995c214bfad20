import type { Sql } from '../../src/storage/postgres/sql.js'

/** What a store's tables must say whatever happened: nothing sold twice, no money without an order, nothing kept. */
export interface Books {
  /** One sentence per thing that does not add up; empty when all is well. */
  faults(): Promise<readonly string[]>
}

/** Opens the books of a store that is at rest: its stock now is what stock and holds must come to later. */
export async function openBooks(sql: Sql): Promise<Books> {
  const opening = await stockAndHolds(sql)
  return {
    async faults() {
      const faults = await Promise.all(rules.map(async rule => (await sql.query<{ fault: string }>(rule)).rows))
      return [...stockFaults(opening, await stockAndHolds(sql)), ...faults.flat().map(row => row.fault)]
    },
  }
}

/** Pieces by SKU: those on the shelf and those that orders took and did not give back. */
async function stockAndHolds(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query<{ sku: string; pieces: number }>(
    `select sku, sum(pieces)::integer as pieces from (
       select sku, available as pieces from stock
       union all
       select t.sku, t.quantity from orders o, json_to_recordset(o.stock_taken) as t(sku text, quantity integer)
       where o.has_holds
     ) as everywhere group by sku`,
  )
  return new Map(rows.map(({ sku, pieces }) => [sku, pieces]))
}

function stockFaults(opening: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly string[] {
  return [...new Set([...opening.keys(), ...now.keys()])]
    .filter(sku => opening.get(sku) !== now.get(sku))
    .map(sku => `${sku}: ${now.get(sku) ?? 0} pieces in stock and orders, ${opening.get(sku) ?? 0} at the beginning`)
}

/** Money that the test gateway keeps of the shopper, by payment. What it approves later stands as pending in its records. */
const atGateway = `select p.*, coalesce(g.value ->> 'state', '') as gateway_state, case g.value ->> 'state'
    when 'authorized' then (g.value ->> 'amount')::bigint
    when 'captured' then (g.value ->> 'captured')::bigint - coalesce(
      (select sum((r ->> 'amount')::bigint) from json_array_elements(g.value -> 'refunds') as r), 0)
    else 0 end as held
  from payments p left join gateway_records g on g.key = 'attempt:' || p.idempotency_key
  where p.provider = 'sandbox'`

/** Each finds the rows that break one rule. */
const rules: readonly string[] = [
  `select format('order %s is %s, holds: %s', number, status, has_holds) as fault from orders
    where has_holds <> (status in ('pending', 'confirmed'))`,

  `select format('%s standing orders of cart %s', count(*), cart_id) as fault from orders
    where status in ('pending', 'confirmed') group by cart_id, purchase having count(*) > 1`,

  `select format('cart %s is %s, its order %s is %s', c.id, c.status, o.number, o.status) as fault
    from orders o join carts c on c.id = o.cart_id
    where case when o.body ->> 'keepsCartOpen' is null
      then (o.status = 'pending' and c.status <> 'placing') or (o.status = 'confirmed' and c.status <> 'closed')
      else (c.body ->> 'purchase')::integer < o.purchase + (o.status = 'confirmed')::integer end`,

  `select format('cart %s is %s without a standing order', c.id, c.status) as fault from carts c
    where (c.status = 'placing' and not exists (select 1 from orders o where o.cart_id = c.id and o.status = 'pending'))
      or (c.status = 'closed' and exists (select 1 from orders o where o.cart_id = c.id)
        and not exists (select 1 from orders o where o.cart_id = c.id and o.status in ('confirmed', 'canceled')))`,

  `select format('gift card %s has %s, its ledger %s', c.code_key, c.balance, coalesce(sum(l.amount), 0)) as fault
    from gift_cards c left join gift_card_ledger l on l.code_key = c.code_key
    group by c.code_key having c.balance <> coalesce(sum(l.amount), 0)`,

  `select format('order %s is %s, gift cards paid %s of it', o.number, o.status, -sum(l.amount)) as fault
    from orders o join gift_card_ledger l on l.order_id = o.id
    group by o.id having (sum(l.amount) <> 0) <> o.has_holds or sum(l.amount) > 0`,

  `select format('coupon %s: used %s times, held by %s orders', c.code_key, c.used, count(h.id)) as fault
    from coupons c left join (
      select distinct o.id, t.code_key from orders o, json_to_recordset(o.coupons_held) as t(code_key text) where o.has_holds
    ) as h on h.code_key = c.code_key
    group by c.code_key having c.used <> count(h.id)`,

  `select format('promotion %s: used %s times, held by %s orders', p.id, p.used, count(h.id)) as fault
    from promotions p left join (
      select distinct o.id, t.promotion_id from orders o, json_to_recordset(o.coupons_held) as t(promotion_id text)
      where o.has_holds
    ) as h on h.promotion_id = p.id
    group by p.id having p.used <> count(h.id)`,

  `select format('order %s of %s is confirmed, paid: %s', o.number, o.grand_total, paid) as fault from (
      select orders.*, coalesce((select -sum(l.amount) from gift_card_ledger l where l.order_id = orders.id), 0)
        + coalesce((select sum(p.amount) from payments p where p.order_id = orders.id
            and p.state in ('authorized', 'captured', 'partially_refunded', 'refunded')), 0) as paid
      from orders where status = 'confirmed') as o
    where o.paid <> o.grand_total`,

  `select format('order %s is canceled, payment %s is %s', o.number, p.id, p.state) as fault
    from orders o join payments p on p.order_id = o.id
    where o.status = 'canceled' and p.state not in ('failed', 'voided', 'refunded')`,

  `select format('payment %s is %s, the gateway keeps %s', p.id, p.state, p.held) as fault from (${atGateway}) as p
    where p.state not in ('created', 'unknown') and p.gateway_state <> 'pending' and p.held <> case p.state
      when 'authorized' then p.amount
      when 'captured' then p.captured
      when 'partially_refunded' then p.captured - p.refunded
      else 0 end`,
]
