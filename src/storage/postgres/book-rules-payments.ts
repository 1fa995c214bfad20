import type { BookRule } from './book-rules.js'

/** Each order that stands, with what secures its price. `due` is what gift cards leave over; interest comes on top. */
const ordersWithPayments = `select o.number, o.status, o.currency, o.body ->> 'paymentStatus' as payment_status,
    o.body ->> 'standsUnpaid' as stands_unpaid,
    ltrim(o.body ->> 'amountDue', '#')::bigint as due, p.*,
    json_array_length(o.body -> 'holds' -> 'giftCards') as gift_cards,
    (select coalesce(sum(ltrim(s ->> 'interest', '#')::bigint), 0)
      from json_array_elements(o.snapshot -> 'payments') s) as interest
  from orders o cross join lateral (
    select count(*) as payments, coalesce(sum(captured - excess), 0) as captured,
      coalesce(sum(refunded - excess), 0) as refunded,
      coalesce(sum(amount) filter (where state in ('authorized', 'captured', 'partially_refunded', 'refunded')), 0)
        as secured,
      coalesce(sum(amount) filter (where provider <> 'manual'
        and state in ('authorized', 'captured', 'partially_refunded', 'refunded')), 0) as at_gateways,
      coalesce(sum(amount) filter (where state = 'authorized'), 0) as authorized,
      count(*) filter (where state not in ('failed', 'voided')) as alive,
      count(*) filter (where state = 'voided') as voided
    from payments cross join lateral (
      select coalesce(sum(ltrim(r ->> 'amount', '#')::bigint) filter (where r ->> 'key' = payments.id || ':excess'), 0) as excess,
        coalesce(bool_or(r ->> 'key' = payments.id || ':stray'), false) or state = 'refund_due' as is_stray
      from json_array_elements(refunds) r
    ) back
    where payments.order_id = o.id and not (o.status = 'confirmed' and is_stray)
  ) p`

/** As `paymentStatus` of the core decides it; written again, so that one checks the other. */
const statusOfPayments = `case
    when refunded > 0 then case when refunded >= captured then 'refunded' else 'partially_refunded' end
    when captured > 0 then case when captured >= due + interest then 'paid' else 'partially_paid' end
    when alive > 0 then case when authorized > 0 and authorized >= due + interest then 'authorized' else 'pending' end
    when voided > 0 then 'voided'
    when payments > 0 and not (due = 0 and gift_cards > 0) then 'failed'
    when due = 0 then case when status = 'canceled' and gift_cards > 0 then 'voided' else 'paid' end
    else 'none' end`

/** Money that the test gateway keeps of the shopper, by attempt. What it approves later stands as pending there. */
const atGateway = `select substr(key, 9) as idempotency_key, value ->> 'state' as gateway_state,
    case value ->> 'state'
      when 'authorized' then (value ->> 'amount')::bigint
      when 'captured' then (value ->> 'captured')::bigint - coalesce(
        (select sum((r ->> 'amount')::bigint) from json_array_elements(value -> 'refunds') as r), 0)
      else 0 end as held
  from gateway_records where key like 'attempt:%'`

/** How long something may wait before somebody should look at it: thrice the longest that a gateway is waited for. */
const patience = `interval '15 minutes'`

export const paymentRules: readonly BookRule[] = [
  {
    name: 'confirmed orders are paid',
    grade: 'fault',
    text: `select format('order %s is confirmed and %s of %s are paid or promised', number, secured, due + interest)
        as finding
      from (${ordersWithPayments}) o where status = 'confirmed' and secured < due + interest and voided = 0
        and stands_unpaid is null`,
  },
  {
    name: 'nobody pays twice',
    grade: 'fault',
    text: `select format('order %s costs %s, gateways secured %s and %s was taken', number, due + interest, at_gateways,
        captured - refunded) as finding
      from (${ordersWithPayments}) o
      where status = 'confirmed' and (at_gateways > due + interest or captured - refunded > due + interest)`,
  },
  {
    name: 'orders that were given up',
    grade: 'fault',
    text: `select format('order %s is %s, its payment %s is %s', o.number, o.status, p.id, p.state) as finding
      from orders o join payments p on p.order_id = o.id
      where o.status in ('canceled', 'incomplete') and p.state not in ('failed', 'voided', 'refunded', 'refund_due')`,
  },
  {
    name: 'payment status of orders',
    grade: 'fault',
    text: `select format('order %s says %s, its payments come to %s', number, payment_status, actual) as finding
      from (select o.*, ${statusOfPayments} as actual from (${ordersWithPayments}) o) o
      where payment_status <> actual and (status = 'confirmed'
        or (status = 'canceled' and payment_status <> 'failed' and actual in ('refunded', 'voided')))`,
  },
  {
    name: 'amounts of payments',
    grade: 'fault',
    text: `select format('payment %s of order %s is %s with %s taken and %s given back of %s', p.id, o.number, p.state,
        p.captured, p.refunded, p.amount) as finding
      from payments p join orders o on o.id = p.order_id
      where p.captured > p.amount or p.refunded > p.captured or case p.state
        when 'captured' then p.captured = 0 or p.refunded > 0
        when 'partially_refunded' then p.refunded = 0 or p.refunded = p.captured
        when 'refunded' then p.refunded <> p.captured
        when 'refund_due' then false
        else p.captured > 0 end`,
  },
  {
    name: 'refunds of payments',
    grade: 'fault',
    text: `select format('payment %s gave %s back, its refunds come to %s', id, refunded, made) as finding
      from (select id, refunded, (
          select coalesce(sum(ltrim(r ->> 'amount', '#')::bigint), 0) from json_array_elements(refunds) r) as made
        from payments where refunds is not null) p
      where made <> refunded`,
  },
  {
    name: 'currencies of payments',
    grade: 'fault',
    text: `select format('payment %s is in %s, its order %s in %s', p.id, p.currency, o.number, o.currency) as finding
      from payments p join orders o on o.id = p.order_id where p.currency <> o.currency`,
  },
  {
    name: 'payments have orders',
    grade: 'fault',
    text: `select format('payment %s is of order %s, which does not exist', p.id, p.order_id) as finding
      from payments p where not exists (select 1 from orders o where o.id = p.order_id)
      union all
      select format('the test gateway keeps %s under %s, which is no payment of ours', g.held, g.idempotency_key)
      from (${atGateway}) g
      where g.held > 0 and not exists (select 1 from payments p where p.idempotency_key = g.idempotency_key)`,
  },
  {
    name: 'the test gateway agrees',
    grade: 'fault',
    text: `select format('payment %s is %s, the test gateway keeps %s', p.id, p.state, coalesce(g.held, 0)) as finding
      from payments p left join (${atGateway}) g on g.idempotency_key = p.idempotency_key
      where p.provider = 'sandbox' and p.state not in ('created', 'unknown', 'refund_due') and p.step is null
        and coalesce(g.gateway_state, '') <> 'pending' and coalesce(g.held, 0) <> case p.state
          when 'authorized' then p.amount
          when 'captured' then p.captured
          when 'partially_refunded' then p.captured - p.refunded
          else 0 end`,
  },
  {
    name: 'money to give back',
    grade: 'look',
    text: `select format('payment %s of order %s: the gateway does not say that its %s went back', p.id, o.number,
        p.amount) as finding
      from payments p join orders o on o.id = p.order_id cross join clock
      where p.state = 'refund_due' and p.created_at < clock.now - ${patience}`,
  },
  {
    name: 'payments that nobody knows of',
    grade: 'look',
    text: `select format('payment %s of order %s is %s', p.id, o.number,
        case when p.step is null then p.state else (p.step ->> 'kind') || ' begun' end) as finding
      from payments p join orders o on o.id = p.order_id cross join clock
      where (p.state = 'unknown' and p.created_at < clock.now - ${patience})
        or (p.step ->> 'since')::timestamptz < clock.now - ${patience}`,
  },
  {
    name: 'orders past their deadline',
    grade: 'look',
    text: `select format('order %s is pending, its deadline was %s', number, deadline at time zone 'UTC') as finding
      from orders cross join clock where status = 'pending' and deadline < clock.now - ${patience}`,
  },
]
