import type { BookGrade } from '../book-store.js'
import { paymentRules } from './book-rules-payments.js'

/** A query with one column, `finding`: a sentence for each thing that breaks the rule. `clock.now` is the present. */
export interface BookRule {
  readonly name: string
  readonly grade: BookGrade
  readonly text: string
}

/** What an order holds of each kind, by what its own record says. Amounts in bodies are written as "#125". */
const orderRules: readonly BookRule[] = [
  {
    name: 'holds of orders',
    grade: 'fault',
    text: `select format('order %s is %s and %s what it took', number, status,
        case when has_holds then 'still keeps' else 'no longer keeps' end) as finding
      from orders where has_holds <> (status in ('pending', 'confirmed'))`,
  },
  {
    name: 'one order per purchase',
    grade: 'fault',
    text: `select format('cart %s, purchase %s: orders %s all stand', cart_id, purchase,
        string_agg(number, ', ' order by integer_id)) as finding
      from orders where status in ('pending', 'confirmed') group by cart_id, purchase having count(*) > 1`,
  },
  {
    name: 'order numbers',
    grade: 'fault',
    text: `select format('%s orders have the number %s', count(*), number) as finding
      from orders group by number having count(*) > 1`,
  },
  {
    name: 'order totals',
    grade: 'fault',
    text: `select format('order %s costs %s by its record, %s by its column and %s by what gift cards and payments owe',
        number, total, grand_total, due + cards) as finding
      from (
        select number, grand_total, ltrim(body ->> 'grandTotal', '#')::bigint as total,
          ltrim(body ->> 'amountDue', '#')::bigint as due,
          (select coalesce(sum(ltrim(g ->> 'amount', '#')::bigint), 0)
            from json_array_elements(body -> 'holds' -> 'giftCards') g) as cards
        from orders
      ) o where total <> grand_total or due + cards <> grand_total`,
  },
]

const cartRules: readonly BookRule[] = [
  {
    name: 'carts of orders',
    grade: 'fault',
    text: `select format('order %s is %s, its cart %s is %s', o.number, o.status, c.id, c.status) as finding
      from orders o join carts c on c.id = o.cart_id
      where case when o.body ->> 'keepsCartOpen' is null
        then (o.status = 'pending' and c.status <> 'placing') or (o.status = 'confirmed' and c.status <> 'closed')
        else (c.body ->> 'purchase')::integer < o.purchase + (o.status = 'confirmed')::integer end`,
  },
  {
    name: 'carts without orders',
    grade: 'fault',
    // A closed one may have none: it can be closed since it was ordered elsewhere, whatever drafts it has here.
    text: `select format('cart %s is %s and no order stands behind it', c.id, c.status) as finding from carts c
      where c.status = 'placing' and not exists (
        select 1 from orders o where o.cart_id = c.id and o.status = 'pending')`,
  },
]

/** Pieces by SKU on both sides: taken from the shelf, and held by the order. What was there at first is written nowhere. */
const stockRules: readonly BookRule[] = [
  {
    name: 'stock that orders took',
    grade: 'fault',
    text: `select format('order %s holds %s of %s and took %s from stock', o.number, p.held, p.sku, p.taken) as finding
      from orders o cross join lateral (
        select coalesce(t.sku, h.sku) as sku, coalesce(t.pieces, 0) as taken, coalesce(h.pieces, 0) as held
        from (select sku, sum(quantity) as pieces
            from json_to_recordset(o.stock_taken) as t(sku text, quantity integer) group by sku) t
          full join (select sku, sum(quantity) as pieces
            from json_to_recordset(o.body -> 'holds' -> 'stock') as h(sku text, quantity integer) group by sku) h
          on h.sku = t.sku
      ) p where o.status in ('pending', 'confirmed') and p.taken <> p.held`,
  },
]

const codeRules: readonly BookRule[] = [
  {
    name: 'gift card balances',
    grade: 'fault',
    text: `select format('gift card ...%s has %s, its ledger comes to %s', right(c.code_key, 4), c.balance,
        coalesce(l.amount, 0)) as finding
      from gift_cards c left join (select code_key, sum(amount) as amount from gift_card_ledger group by code_key) l
        on l.code_key = c.code_key
      where c.balance <> coalesce(l.amount, 0)`,
  },
  {
    name: 'gift card payments',
    grade: 'fault',
    text: `select format('order %s holds %s of gift cards, their ledgers say %s', o.number, o.held, coalesce(l.held, 0))
        as finding
      from (
        select id, number, case when status not in ('pending', 'confirmed') then 0 else (
          select coalesce(sum(ltrim(g ->> 'amount', '#')::bigint), 0)
          from json_array_elements(body -> 'holds' -> 'giftCards') g) end as held
        from orders
      ) o left join (
        select order_id, -sum(amount) as held from gift_card_ledger where order_id is not null group by order_id
      ) l on l.order_id = o.id
      where o.held <> coalesce(l.held, 0)`,
  },
  {
    name: 'gift card entries',
    grade: 'fault',
    text: `select format('gift card ...%s: %s entries of %s, which is %s', right(max(l.code_key), 4), count(*),
        l.order_id, case when l.order_id like 'transaction:%' then 'given back more than once' else 'no order' end)
        as finding
      from gift_card_ledger l left join orders o on o.id = l.order_id
      where l.order_id is not null and l.order_id not like 'adjustment:%' and o.id is null group by l.order_id
      having l.order_id not like 'transaction:%' or sum(l.amount) > 0`,
  },
  {
    name: 'store credit of others',
    grade: 'fault',
    text: `select format('order %s of %s is paid with store credit of %s', o.number, coalesce(o.owner_key, 'nobody'),
        c.customer_id) as finding
      from orders o join gift_card_ledger l on l.order_id = o.id join gift_cards c on c.code_key = l.code_key
      where c.customer_id is not null and (o.owner_kind <> 'member' or o.owner_key is distinct from c.customer_id)
      group by o.number, o.owner_key, c.customer_id`,
  },
  {
    name: 'coupon uses',
    grade: 'fault',
    text: `select format('coupon %s: used %s times, standing orders hold it %s times', c.code_key, c.used,
        coalesce(h.orders, 0)) as finding
      from coupons c left join (
        select t.code_key, count(distinct o.id) as orders
        from orders o, json_to_recordset(o.coupons_held) as t(code_key text)
        where o.status in ('pending', 'confirmed') group by t.code_key
      ) h on h.code_key = c.code_key
      where c.used <> coalesce(h.orders, 0)`,
  },
  {
    name: 'promotion uses',
    grade: 'fault',
    text: `select format('promotion %s: used %s times, standing orders hold it %s times', p.id, p.used,
        coalesce(h.orders, 0)) as finding
      from promotions p left join (
        select t.promotion_id, count(distinct o.id) as orders
        from orders o, json_to_recordset(o.coupons_held) as t(promotion_id text)
        where o.status in ('pending', 'confirmed') group by t.promotion_id
      ) h on h.promotion_id = p.id
      where p.used <> coalesce(h.orders, 0)`,
  },
  ...usesOfCustomers('coupon', 'coupon_uses', 'code_key'),
  ...usesOfCustomers('promotion', 'promotion_uses', 'promotion_id'),
]

function usesOfCustomers(what: string, table: string, key: string): readonly BookRule[] {
  return [
    {
      name: `${what} uses of customers`,
      grade: 'fault',
      text: `select format('${what} %s: customer %s used it %s times, standing orders hold it %s times', u.${key},
          u.customer_id, u.used, coalesce(h.orders, 0)) as finding
        from ${table} u left join (
          select t.${key}, coalesce(t.holder, o.owner_key) as holder, count(distinct o.id) as orders
          from orders o, json_to_recordset(o.coupons_held) as t(${key} text, holder text)
          where o.status in ('pending', 'confirmed') and (t.holder is not null or o.owner_kind = 'member')
          group by t.${key}, coalesce(t.holder, o.owner_key)
        ) h on h.${key} = u.${key} and h.holder = u.customer_id
        where u.used <> coalesce(h.orders, 0)`,
    },
  ]
}

/**
 * Events go out, and old ones are deleted, in the order of each subject: where one is still here, all later ones are.
 * So what is missing shows only while something older waits.
 */
const eventRules: readonly BookRule[] = [
  {
    name: 'events of orders',
    grade: 'fault',
    text: `select format('an event %s waits for order %s, which %s', e.type, coalesce(o.number, e.subject),
        case when o.id is null then 'does not exist' else 'is ' || o.status end) as finding
      from outbox e left join orders o on o.id = e.subject
      where (e.type ~ '^(order|payment)\\.' and o.id is null)
        or (e.type = 'order.confirmed' and o.status not in ('confirmed', 'canceled'))
        or (e.type = 'order.canceled' and o.status <> 'canceled')`,
  },
  {
    name: 'events that orders lack',
    grade: 'fault',
    text: `select format('order %s is %s, and no event tells of it', o.number, o.status) as finding
      from orders o
      where o.status in ('confirmed', 'canceled')
        and exists (select 1 from outbox e where e.subject = o.id and e.type = 'order.placed')
        and not exists (select 1 from outbox e where e.subject = o.id and e.type = 'order.' || o.status)`,
  },
  {
    name: 'events of carts',
    grade: 'fault',
    text: `select format('cart %s has version %s, the last event tells of %s', c.id, c.version, e.version) as finding
      from carts c join (
        select distinct on (subject) subject, (data ->> 'version')::integer as version from outbox
        where type like 'cart.%' order by subject, id desc
      ) e on e.subject = c.id
      where e.version <> c.version`,
  },
]

const customerRules: readonly BookRule[] = [
  {
    name: 'stored cards of nobody',
    grade: 'fault',
    text: `select format('customer %s is forgotten, and %s cards are still kept', u.integer_id, count(*)) as finding
      from stored_cards c join customers u on u.id = c.customer_id
      where u.email_key = u.id || '@anonymous.invalid' group by u.integer_id`,
  },
]

/** Every rule, in the order of the report. */
export const bookRules: readonly BookRule[] = [
  ...orderRules,
  ...cartRules,
  ...stockRules,
  ...codeRules,
  ...paymentRules,
  ...eventRules,
  ...customerRules,
]
