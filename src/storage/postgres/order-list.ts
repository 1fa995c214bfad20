import { present } from '../../core/assert.js'
import {
  fulfillmentStatuses as fulfillmentStatusNames,
  type Order,
  orderStatuses as orderStatusNames,
  paymentStatuses as paymentStatusNames,
} from '../../core/orders/order.js'
import { firstIntegerUnnumbered } from '../../core/orders/order-number.js'
import type { Annotation, OrderFilter, OrderPageQuery, OrderQuery, OrderTally, TallyQuery } from '../storage.js'
import { caseKey, ownerKey } from './keys.js'
import { decodeOrder, type OrderRow, orderColumns } from './order-codec.js'
import { type QueryParts, queryParts } from './query-parts.js'
import type { Sql } from './sql.js'

/** The integer by which an order is read out, as `readOutInteger` has it; written as in the index of migration 0019. */
const readOut = `(case when number ~ '^[1-9][0-9]{0,14}$' then number::bigint
  else ${firstIntegerUnnumbered} + integer_id end)`

/** What dialects keep with an order and look for has a column. */
const annotationColumns: ReadonlyMap<string, string> = new Map([
  ['extras,bigcommerce,mark', 'mark'],
  ['extras,bigcommerce,notes,externalOrderId', 'external_id'],
])

const sortings = {
  placed: 'placed_at',
  updated: 'changed_at',
  integer: 'integer_id',
  read_out: readOut,
} as const

function annotationColumn(path: readonly string[]): string {
  return present(annotationColumns.get(path.join(',')), 'what is looked for has a column')
}

/** A page of the orders that a query asks for, and how many there are; uncounted: up to the end of the page. */
export async function listOrders(sql: Sql, query: OrderPageQuery) {
  const parts = partsOf(query)
  const where = parts.where()
  const counted = query.isUncounted === true ? undefined : await countOrders(sql, parts)
  const page = [...parts.parameters(), query.limit, query.offset]
  const direction = query.oldestFirst === true ? 'asc' : 'desc'
  const column = sortings[query.sortBy ?? 'placed']
  const { rows } = await sql.query<OrderRow>(
    `select ${orderColumns} from orders where ${where} order by ${column} ${direction}, integer_id ${direction}
      limit $${(page.length - 1).toString()} offset $${page.length.toString()}`,
    page,
  )
  const orders: readonly Order[] = rows.map(decodeOrder)
  return { orders, total: counted ?? query.offset + orders.length }
}

async function countOrders(sql: Sql, parts: QueryParts): Promise<number> {
  const counted = `select count(*) as total from orders where ${parts.where()}`
  const { rows } = await sql.query<{ total: bigint }>(counted, parts.parameters())
  return Number(present(rows[0], 'a count has a row').total)
}

interface TallyRow {
  readonly status: Order['status']
  readonly payment_status: Order['paymentStatus']
  readonly fulfillment_status: Order['fulfillmentStatus']
  readonly is_promised: boolean
  readonly annotation: string | null
  readonly total: bigint
}

/** How many orders there are, by what they have come to; one statement, which reads the bodies of none of them. */
export async function tallyOrders(sql: Sql, query: TallyQuery): Promise<readonly OrderTally[]> {
  const parts = partsOf(query)
  const annotation = query.annotationAt === undefined ? 'null' : annotationColumn(query.annotationAt)
  const { rows } = await sql.query<TallyRow>(
    `select status, split_part(standing, ' ', 2) as payment_status, split_part(standing, ' ', 3) as fulfillment_status,
      ${isPromised} as is_promised, ${annotation} as annotation, count(*) as total
      from orders where ${parts.where()} group by 1, 2, 3, 4, 5`,
    parts.parameters(),
  )
  return rows.map(row => ({
    status: row.status,
    paymentStatus: row.payment_status,
    fulfillmentStatus: row.fulfillment_status,
    isPromised: row.is_promised,
    ...(row.annotation === null ? {} : { annotation: row.annotation }),
    count: Number(row.total),
  }))
}

const isPromised = `exists (
  select 1 from payments p where p.order_id = orders.id and p.provider = 'manual' and p.state = 'authorized')`

/**
 * In whose name the order was bought: a registered customer's, or else its owner's; what `isOrderHidden` looks at. A customer's id
 * is a UUID, which stands in JSON as it is.
 */
export function personOf(order: string): string {
  const buyer = (member: string) => `${order}.snapshot #>> '{cart,buyer,${member}}'`
  return `coalesce(${buyer('profileId')}, ${buyer('customerId')}, ${order}.owner_key)`
}

function partsOf(query: OrderQuery): QueryParts {
  const parts = queryParts()
  if (query.owner !== undefined) {
    parts.require(place => `owner_key = ${place}`, ownerKey(query.owner))
    parts.require(place => `owner_kind = ${place}`, query.owner.kind)
    if (query.withoutOthers === true) parts.require(place => `${personOf('orders')} = ${place}`, ownerKey(query.owner))
  }
  parts.requireIf(place => `channel = ${place}`, query.channel)
  parts.requireIf(place => `email_key = ${place}`, query.email === undefined ? undefined : caseKey(query.email))
  parts.requireIf(place => `status = any(${place}::text[])`, query.statuses)
  requireFilter(query.filter ?? {}, parts)
  return parts
}

function requireFilter(filter: OrderFilter, parts: QueryParts): void {
  if (filter.annotation !== undefined) requireAnnotation(filter.annotation, '= any', parts)
  requireLists(filter, parts)
  const bounds: readonly (readonly [string, string | number | bigint | undefined])[] = [
    ['placed_at >= $::timestamptz', filter.placedFrom],
    ['placed_at < $::timestamptz', filter.placedBefore],
    ['changed_at >= $::text', filter.updatedFrom],
    ['changed_at < $::text', filter.updatedBefore],
    [`${readOut} >= $::bigint`, filter.readOutFrom],
    [`${readOut} <= $::bigint`, filter.readOutTo],
    ['grand_total >= $::bigint', filter.grandTotalFrom],
    ['grand_total <= $::bigint', filter.grandTotalTo],
  ]
  // Only what stands behind the column's name is replaced: a pattern may hold another `$`.
  for (const [condition, value] of bounds) parts.requireIf(place => condition.replace('$::', `${place}::`), value)
  parts.requireIf(place => `(owner_kind <> 'member') = ${place}::boolean`, filter.isOfGuest)
  parts.requireIf(place => `${isPromised} = ${place}::boolean`, filter.isPromised)
  parts.requireIf(
    place => `exists (select 1 from payments p where p.order_id = orders.id and p.method = any(${place}::text[])
      and p.state not in ('failed', 'voided'))`,
    filter.paymentMethods,
  )
  if (filter.notAnnotated !== undefined) requireAnnotation(filter.notAnnotated, '<> all', parts)
  parts.requireIf(paidBy, filter.paidBy)
  parts.requireIf(place => `not ${paidBy(place)}`, filter.notPaidBy)
  if (filter.isAnyOf !== undefined) {
    parts.requireAny(filter.isAnyOf.map(alternative => inner => requireFilter(alternative, inner)))
  }
}

function requireAnnotation({ path, values }: Annotation, test: '= any' | '<> all', parts: QueryParts): void {
  // A text that begins with `#` is stored with one more, see `writeTagged`.
  const stored = values.map(value => (value.startsWith('#') ? `#${value}` : value))
  const text = annotationColumn(path)
  const column = test === '= any' ? text : `coalesce(${text}, '')`
  parts.require(place => `${column} ${test}(${place}::text[])`, stored)
}

/** Some payment is by a method of these kinds, as the order was placed. */
function paidBy(place: string): string {
  return `exists (select from json_array_elements(snapshot->'payments') as paid
    where paid->'method'->>'kind' = any(${place}::text[]))`
}

function requireLists(filter: OrderFilter, parts: QueryParts): void {
  const lists: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['id', filter.ids],
    ['channel', filter.channels],
    ['number', filter.numbers],
    ['cart_id', filter.cartIds],
    ['email_key', filter.email === undefined ? undefined : [caseKey(filter.email)]],
    ['status', filter.statuses],
    ['standing', saysMore(filter) ? standingsOf(filter) : undefined],
    [`owner_kind || ':' || owner_key`, filter.owners?.map(owner => `${owner.kind}:${ownerKey(owner) ?? ''}`)],
  ]
  for (const [column, values] of lists) parts.requireIf(place => `${column} = any(${place}::text[])`, values)
}

/** Whether payment or goods are asked for, and not the status alone, which is a column. */
function saysMore({ paymentStatuses, fulfillmentStatuses }: OrderFilter): boolean {
  return paymentStatuses !== undefined || fulfillmentStatuses !== undefined
}

/** What may have become of the orders that a filter means. */
function standingsOf({ statuses, paymentStatuses, fulfillmentStatuses }: OrderFilter): readonly string[] {
  return (statuses ?? orderStatusNames).flatMap(status =>
    (paymentStatuses ?? paymentStatusNames).flatMap(payment =>
      (fulfillmentStatuses ?? fulfillmentStatusNames).map(goods => `${status} ${payment} ${goods}`),
    ),
  )
}
