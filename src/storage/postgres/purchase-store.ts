import { present } from '../../core/assert.js'
import type { Cart } from '../../core/cart/cart.js'
import type { Order } from '../../core/orders/order.js'
import type { PurchaseCondition, PurchaseField, PurchaseQuery, PurchaseStore } from '../storage.js'
import { decodeCart } from './cart-codec.js'
import type { Database } from './database.js'
import { ownerKey } from './keys.js'
import { decodeOrder, type OrderRow, orderColumns } from './order-codec.js'
import { personOf } from './order-list.js'
import type { SqlParameter } from './sql.js'

/** An order or an open cart; the members of the other kind are null. */
interface PurchaseRow {
  readonly epoch: bigint
  readonly total: bigint
  readonly order: string | null
  readonly cart: string | null
}

interface CartRow {
  readonly id: string
  readonly version: number
  readonly body: unknown
}

/** Where the goods of a cart go: its first delivery's address; before there is one, the one that was filled in. */
function shippingIn(cart: string): string {
  return `coalesce(${cart}->'consignments'->0->'destination'->'address', (select a from json_array_elements(
    ${cart}->'addresses') a where a->>'kind' = 'shipping' limit 1))`
}

/**
 * Open carts, and orders that stand or were called off. A try that was declined is none: its cart is open again, or was
 * ordered by another try. A cart that stayed open gave its number to what was bought of it, and is listed no more.
 */
const purchases = `
  select o.id as order_id, null::text as cart_id, o.cart_id as key, o.number, o.email_key as email,
    case o.status when 'confirmed' then 'complete' when 'pending' then 'confirm' else o.status end as state,
    case when o.status = 'pending' then null else o.placed_at end as completed_at, o.placed_at as created_at,
    o.grand_total as total,
    o.owner_kind, o.owner_key, o.body->'extras' as extras,
    coalesce(o.body->'amendments'->'billingAddress', o.snapshot->'cart'->'billingAddress') as billing,
    coalesce(o.body->'amendments'->'shippingAddress', ${shippingIn("o.snapshot->'cart'")}) as shipping
  from orders o
  where o.channel = $1 and (o.status in ('pending', 'confirmed') or (o.status = 'canceled'
    and not exists (select 1 from carts c where c.id = o.cart_id and c.status <> 'closed'
      and (c.body->>'purchase')::integer = o.purchase)
    and not exists (select 1 from orders p where p.cart_id = o.cart_id and p.purchase = o.purchase and p.id <> o.id
      and (p.status in ('pending', 'confirmed') or p.placed_at > o.placed_at))))
  union all
  select null, c.id, c.id, c.number, lower(c.body->'buyer'->>'email'), c.body->>'step', null, c.created_at, null,
    c.owner_kind, c.owner_key, c.body->'extras', c.body->'billingAddress', ${shippingIn('c.body')}
  from carts c where c.channel = $1 and c.status = 'open' and not exists (select 1 from orders f
    where f.cart_id = c.id and f.number = c.number and f.purchase < (c.body->>'purchase')::integer)`

/** What is due of an order `o`, with what paying in installments costs on top. */
const owed = `ltrim(o.body->>'amountDue', '#')::bigint + (select coalesce(sum(ltrim(s->>'interest', '#')::bigint), 0)
  from json_array_elements(o.snapshot->'payments') s)`

/** A `PaymentStanding`; its own query, so that only a search for it costs one. */
const paymentStanding = `(select case
    when o.status = 'pending' then null
    when o.status = 'canceled' then case when held > 0 then 'over' else 'given_back' end
    when o.body->>'paymentStatus' = 'failed' then 'failed'
    when held = ${owed} then 'even'
    when held > ${owed} then 'over'
    else 'owing' end
  from orders o cross join lateral (
    select coalesce(sum(captured - refunded), 0) as held from payments where order_id = o.id) m
  where o.id = p.order_id)`

/** A `FulfillmentStanding`: goods may go once `isPaid` of the core holds; an order that sends none is never ready. */
const fulfillmentStanding = `(select case
    when o.status = 'pending' then null
    when o.status = 'canceled' then 'canceled'
    when o.body->>'fulfillmentStatus' <> 'unfulfilled' then o.body->>'fulfillmentStatus'
    when taken >= ${owed} and (o.body->>'amountDue' = '#0' or is_held) and exists (
      select 1 from json_array_elements(o.snapshot->'consignments') c where json_array_length(c->'items') > 0)
      then 'ready'
    else 'waiting' end
  from orders o cross join lateral (
    select coalesce(sum(captured) filter (where not is_stray), 0) as taken,
      coalesce(bool_or(captured > refunded), false) as is_held
    from payments cross join lateral (select state = 'refund_due'
      or coalesce(bool_or(r->>'key' = payments.id || ':stray'), false) as is_stray from json_array_elements(refunds) r) b
    where order_id = o.id) m
  where o.id = p.order_id)`

/** Looked up only where it is searched or sorted by, as the standings are. */
const changedAt = `coalesce((select o.changed_at from orders o where o.id = p.order_id),
  (select c.body->>'updatedAt' from carts c where c.id = p.cart_id))::timestamptz`

const cartInteger = `coalesce((select (o.snapshot->'cart'->>'integerId')::numeric from orders o where o.id = p.order_id),
  (select c.integer_id::numeric from carts c where c.id = p.cart_id))`

const columns: Readonly<Record<PurchaseField, { readonly column: string; readonly type: string }>> = {
  id: { column: cartInteger, type: 'numeric' },
  number: { column: 'p.number', type: 'text' },
  email: { column: 'p.email', type: 'text' },
  state: { column: 'p.state', type: 'text' },
  completed_at: { column: 'p.completed_at', type: 'timestamptz' },
  created_at: { column: 'p.created_at', type: 'timestamptz' },
  updated_at: { column: changedAt, type: 'timestamptz' },
  total: { column: 'p.total', type: 'bigint' },
  payment: { column: paymentStanding, type: 'text' },
  fulfillment: { column: fulfillmentStanding, type: 'text' },
}

/** Purchases over both tables; values are parameters, names come from the table above. */
export function createPurchaseStore(database: Database): PurchaseStore {
  return { list: query => listPurchases(database, query) }
}

async function listPurchases(database: Database, query: PurchaseQuery): ReturnType<PurchaseStore['list']> {
  const parameters: SqlParameter[] = [query.channel]
  const add = (value: SqlParameter) => `$${parameters.push(value)}`
  const conditions = query.conditions.map(condition => sqlOf(condition, add))
  if (query.owner !== undefined) {
    const key = add(ownerKey(query.owner))
    conditions.push(`p.owner_key = ${key}`, `p.owner_kind = ${add(query.owner.kind)}`)
    const own = `exists (select from orders o where o.id = p.order_id and ${personOf('o')} = ${key})`
    if (query.withoutOthers === true) conditions.push(`(p.order_id is null or ${own})`)
  }
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const sorts = query.sorts.map(({ field, isDescending }) => {
    return `${columns[field].column} ${isDescending ? 'desc' : 'asc'} nulls last`
  })
  const order = [...sorts, 'p.created_at desc', 'p.key'].join(', ')
  const [limit, offset] = [add(query.limit), add(query.offset)]
  const { rows } = await database.query<PurchaseRow>(
    `with p as (${purchases}), found as (select p.* from p ${where}),
      page as (select * from found p order by ${order} limit ${limit} offset ${offset})
    select (select epoch from catalog_epoch) as epoch, (select count(*) from found) as total,
      page.order_id as "order", page.cart_id as cart
    from (select 1) one left join page on true`,
    parameters,
  )
  const first = present(rows[0], 'there is always a row')
  const [orders, carts] = await Promise.all([readOrders(database, rows), readCarts(database, rows)])
  const found = rows.flatMap(({ order: orderId, cart: cartId }): readonly ({ order: Order } | { cart: Cart })[] => {
    const known = orderId === null ? undefined : orders.get(orderId)
    const open = cartId === null ? undefined : carts.get(cartId)
    return known !== undefined ? [{ order: known }] : open !== undefined ? [{ cart: open }] : []
  })
  return { purchases: found, total: Number(first.total), epoch: first.epoch }
}

async function readOrders(database: Database, rows: readonly PurchaseRow[]) {
  const ids = rows.flatMap(({ order }) => order ?? [])
  if (ids.length === 0) return new Map<string, Order>()
  const found = await database.query<OrderRow>(`select ${orderColumns} from orders where id = any($1::text[])`, [ids])
  return new Map(found.rows.map(decodeOrder).map(order => [order.id, order]))
}

async function readCarts(database: Database, rows: readonly PurchaseRow[]) {
  const ids = rows.flatMap(({ cart }) => cart ?? [])
  if (ids.length === 0) return new Map<string, Cart>()
  const found = await database.query<CartRow>('select id, version, body from carts where id = any($1::text[])', [ids])
  return new Map(found.rows.map(({ id, body, version }) => [id, decodeCart(body, version)]))
}

type Column = (typeof columns)[PurchaseField]

function columnOf(field: PurchaseCondition['field'], add: (value: SqlParameter) => string): Column {
  if (typeof field === 'string') return columns[field]
  if ('address' in field) return { column: `(p.${field.address}->>${add(field.part)}::text)`, type: 'text' }
  const kept = `(p.extras->${add(field.of)}::text->>${add(field.extra)}::text)`
  return { column: field.absent === undefined ? kept : `coalesce(${kept}, ${add(field.absent)}::text)`, type: 'text' }
}

function sqlOf(condition: PurchaseCondition, add: (value: SqlParameter) => string): string {
  const { column, type } = columnOf(condition.field, add)
  const [value = ''] = condition.values
  const text = type === 'text' ? `lower(${column})` : `(${column})::text`
  const like = (pattern: string) => `${text} like ${add(pattern.toLowerCase())}`
  const one = () => (type === 'text' ? `lower(${add(value)}::text)` : `${add(value)}::${type}`)
  const own = type === 'text' ? text : column
  const all = () => add(condition.values.map(each => (type === 'text' ? each.toLowerCase() : each)))
  const escaped = value.replace(/[\\%_]/g, '\\$&')
  switch (condition.test) {
    case 'eq':
      return `${own} = ${one()}`
    case 'not_eq':
      return `${own} is distinct from ${one()}`
    case 'cont':
      return like(`%${escaped}%`)
    case 'not_cont':
      return `not coalesce(${like(`%${escaped}%`)}, false)`
    case 'start':
      return like(`${escaped}%`)
    case 'end':
      return like(`%${escaped}`)
    case 'gt':
      return `${own} > ${one()}`
    case 'gteq':
      return `${own} >= ${one()}`
    case 'lt':
      return `${own} < ${one()}`
    case 'lteq':
      return `${own} <= ${one()}`
    case 'in':
      return `${own} = any(${all()}::${type}[])`
    case 'not_in':
      return `not coalesce(${own} = any(${all()}::${type}[]), false)`
    case 'null':
      return `${column} is null`
    case 'not_null':
      return `${column} is not null`
  }
}
