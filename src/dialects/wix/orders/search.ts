import { instantAt, instantNamed } from '../../../core/instants.js'
import type { Order } from '../../../core/orders/order.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { OrderFilter } from '../../../operations/operations.js'
import { fulfillmentStatuses, orderStatuses, paymentStatuses } from '../render/order-state.js'
import { isTooDeep } from '../request.js'
import { type FieldViolation, isObject, type JsonObject, objectAt, textAt, violation } from '../validation.js'

/** What to look for, and where to go on. */
export interface OrderSearch {
  readonly filter: OrderFilter
  readonly sortBy: Sorting
  readonly oldestFirst: boolean
  readonly offset: number
  readonly limit: number
}

/** Orders are numbered as they are placed. */
type Sorting = 'placed' | 'updated'

/** Orders in one answer. Source: dialects/wix.md 3.15. */
const pageSize = { byDefault: 50, max: 100 } as const

/** Values of one condition, and conditions of one `$and`: whoever may search must not keep the server busy. Ours. */
const mostValues = 500

/** Canceled because they were never paid: on this platform they never came to be. */
const everPlaced = (Object.keys(paymentStatuses) as Order['paymentStatus'][]).filter(status => status !== 'failed')

type Values = readonly unknown[]
type Narrow = (filter: OrderFilter, values: Values) => OrderFilter

/** Fields that a filter may name, by the operators `$eq`, `$in` and `$hasSome` or a bare value. */
const choices: Readonly<Record<string, Narrow>> = {
  id: (filter, values) => ({ ...filter, ids: both(filter.ids, lower(values)) }),
  number: (filter, values) => ({ ...filter, numbers: both(filter.numbers, numerals(values)) }),
  checkoutId: (filter, values) => ({ ...filter, cartIds: both(filter.cartIds, lower(values)) }),
  status: (filter, values) => ({ ...filter, statuses: both(filter.statuses, named(orderStatuses, values)) }),
  paymentStatus: (filter, values) => ({
    ...filter,
    paymentStatuses: both(filter.paymentStatuses, named(paymentStatuses, values)),
  }),
  fulfillmentStatus: (filter, values) => ({
    ...filter,
    fulfillmentStatuses: both(filter.fulfillmentStatuses, named(fulfillmentStatuses, values)),
  }),
  'buyerInfo.email': (filter, values) => {
    const [email = '', ...more] = texts(values)
    return more.length === 0 ? { ...filter, email } : { ...filter, ids: [] }
  },
  'buyerInfo.memberId': ofMembers,
  // A member's contact has the member's id; those that apps name for others are not searched.
  'buyerInfo.contactId': ofMembers,
  'buyerInfo.visitorId': (filter, values) =>
    owned(
      filter,
      texts(values).map(visitorId => ({ kind: 'visitor', visitorId })),
    ),
  // Nothing is ever archived here.
  archived: (filter, values) => (values.includes(false) ? filter : { ...filter, ids: [] }),
}

/** Every value of the fields that `$ne` and `$nin` may name: whatever is not one of theirs is one of the others. */
const everyValue: Readonly<Record<string, readonly unknown[]>> = {
  status: Object.values(orderStatuses),
  paymentStatus: Object.values(paymentStatuses),
  fulfillmentStatus: Object.values(fulfillmentStatuses),
  archived: [true, false],
}

const dates: ReadonlyMap<string, Sorting> = new Map([
  ['createdDate', 'placed'],
  ['purchasedDate', 'placed'],
  ['updatedDate', 'updated'],
])

/** Names that the client has for fields of the wire. */
const clientNames: ReadonlyMap<unknown, string> = new Map([
  ['_id', 'id'],
  ['_createdDate', 'createdDate'],
  ['_updatedDate', 'updatedDate'],
])

/**
 * Reads `search`: `filter` over the fields above and the dates (`$gte`, `$gt`, `$lt`, `$lte`), several at once or joined
 * by `$and`; `sort` by one of the dates or the number; names as the client has them are those of the wire; `cursorPaging`.
 * What is none of these is refused rather than ignored. Source: dialects/wix.md 3.15; operators from the platform's query language.
 */
export function readSearch(search: JsonObject): Result<OrderSearch, readonly FieldViolation[]> {
  const paging = objectAt(search, 'cursorPaging')
  const kept = readCursor(textAt(paging, 'cursor'))
  if (kept === undefined) return refuse([violation('search.cursorPaging.cursor', 'FORMAT', 'is not a valid cursor')])
  const limit = paging.limit ?? kept.limit ?? pageSize.byDefault
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > pageSize.max) {
    return refuse([violation('search.cursorPaging.limit', 'MAX', `must be between 1 and ${pageSize.max}`)])
  }
  const begun: OrderFilter = { statuses: ['confirmed', 'canceled'], paymentStatuses: everPlaced }
  const asked = kept.filter ?? objectAt(search, 'filter')
  const filter = narrow(begun, asked)
  if (!filter.ok) return filter
  const sort = kept.sort ?? readSort(search.sort)
  if (sort === undefined) {
    const known = [...dates.keys(), 'number'].join(', ')
    return refuse([violation('search.sort', 'OTHER', `orders are sorted by one of ${known}`)])
  }
  return ok({ filter: filter.value, ...sort, offset: kept.offset, limit })
}

function narrow(filter: OrderFilter, asked: JsonObject): Result<OrderFilter, readonly FieldViolation[]> {
  let next = filter
  for (const [field, condition] of Object.entries(asked)) {
    const narrowed = field === '$and' ? narrowAll(next, condition) : narrowOne(next, field, condition)
    if (narrowed === undefined) {
      return refuse([violation(`search.filter.${field}`, 'OTHER', 'this condition is not supported')])
    }
    next = narrowed
  }
  return ok(next)
}

function narrowAll(filter: OrderFilter, conditions: unknown): OrderFilter | undefined {
  if (!Array.isArray(conditions) || conditions.length > mostValues) return undefined
  let next = filter
  for (const condition of conditions) {
    const narrowed = isObject(condition) ? narrow(next, condition) : undefined
    if (narrowed?.ok !== true) return undefined
    next = narrowed.value
  }
  return next
}

function narrowOne(filter: OrderFilter, name: string, condition: unknown): OrderFilter | undefined {
  const field = clientNames.get(name) ?? name
  const date = dates.get(field)
  if (date !== undefined) return narrowDate(filter, date, condition)
  const choose = Object.hasOwn(choices, field) ? choices[field] : undefined
  const values = valuesOf(field, condition)
  return choose === undefined || values === undefined ? undefined : choose(filter, values)
}

/** The values that a condition lets through; undefined for an operator that the field does not know. */
function valuesOf(field: string, condition: unknown): Values | undefined {
  if (!isObject(condition)) return [condition]
  const [[operator, value] = ['', undefined], ...more] = Object.entries(condition)
  if (more.length > 0) return undefined
  if (operator === '$eq') return [value]
  const every = Object.hasOwn(everyValue, field) ? everyValue[field] : undefined
  if (operator === '$ne') return every?.filter(one => one !== value)
  if (!Array.isArray(value) || value.length > mostValues) return undefined
  if (operator === '$nin') return every?.filter(one => !value.includes(one))
  return operator === '$in' || operator === '$hasSome' ? value : undefined
}

function narrowDate(filter: OrderFilter, date: Sorting, condition: unknown): OrderFilter | undefined {
  if (!isObject(condition)) return undefined
  const [from, before] =
    date === 'placed' ? (['placedFrom', 'placedBefore'] as const) : (['updatedFrom', 'updatedBefore'] as const)
  let next = filter
  for (const [operator, value] of Object.entries(condition)) {
    const at = typeof value === 'string' ? instantNamed(value) : undefined
    const after = at === undefined ? undefined : instantAt(Date.parse(at) + 1)
    if (at === undefined || after === undefined) return undefined
    if (operator === '$gte') next = { ...next, [from]: latest(next[from], at) }
    else if (operator === '$gt') next = { ...next, [from]: latest(next[from], after) }
    else if (operator === '$lt') next = { ...next, [before]: earliest(next[before], at) }
    else if (operator === '$lte') next = { ...next, [before]: earliest(next[before], after) }
    else return undefined
  }
  return next
}

function ofMembers(filter: OrderFilter, values: Values): OrderFilter {
  return owned(
    filter,
    texts(values).map(customerId => ({ kind: 'member', customerId: customerId.toLowerCase() })),
  )
}

/** Of one of these owners, and of one of those that were named before. */
function owned(filter: OrderFilter, owners: NonNullable<OrderFilter['owners']>): OrderFilter {
  const before = filter.owners?.map(owner => JSON.stringify(owner))
  return { ...filter, owners: owners.filter(owner => before?.includes(JSON.stringify(owner)) ?? true) }
}

function latest(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other
}

function earliest(one: string | undefined, other: string): string {
  return one !== undefined && one < other ? one : other
}

/** What both conditions let through. */
function both<T>(known: readonly T[] | undefined, more: readonly T[]): readonly T[] {
  const wanted = new Set(more)
  return known === undefined ? more : known.filter(value => wanted.has(value))
}

function texts(values: Values): readonly string[] {
  return values.filter(value => typeof value === 'string')
}

/** Numbers of orders are texts of digits, which people also write as numbers. */
function numerals(values: Values): readonly string[] {
  return texts(values.map(value => (typeof value === 'number' ? String(value) : value)))
}

function lower(values: Values): readonly string[] {
  return texts(values).map(value => value.toLowerCase())
}

/** Our statuses that the wire shows by one of these names. */
function named<Status extends string>(names: Readonly<Record<Status, string>>, values: Values): readonly Status[] {
  return (Object.keys(names) as Status[]).filter(status => values.includes(names[status]))
}

type Sort = Pick<OrderSearch, 'sortBy' | 'oldestFirst'>

/** Undefined where the sorting is not one of ours. */
function readSort(sort: unknown): Sort | undefined {
  if (sort === undefined || sort === null || (Array.isArray(sort) && sort.length === 0)) {
    return { sortBy: 'placed', oldestFirst: false }
  }
  const [first, ...more] = Array.isArray(sort) ? sort : []
  if (!isObject(first) || more.length > 0) return undefined
  const field = clientNames.get(first.fieldName) ?? first.fieldName
  const sortBy = field === 'number' ? 'placed' : typeof field === 'string' ? dates.get(field) : undefined
  return sortBy === undefined ? undefined : { sortBy, oldestFirst: first.order !== 'DESC' }
}

interface Kept {
  readonly offset: number
  readonly limit?: number
  readonly filter?: JsonObject
  readonly sort?: Sort
}

/** A cursor carries the search with it: whoever goes on sends nothing else. */
function readCursor(cursor: string | undefined): Kept | undefined {
  if (cursor === undefined) return { offset: 0 }
  try {
    const kept: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!isObject(kept) || isTooDeep(kept)) return undefined
    const { offset, limit, filter, oldestFirst, isByChange } = kept
    if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0 || offset > 1_000_000)
      return undefined
    if (typeof limit !== 'number' || !isObject(filter) || typeof oldestFirst !== 'boolean') return undefined
    return { offset, limit, filter, sort: { sortBy: isByChange === true ? 'updated' : 'placed', oldestFirst } }
  } catch {
    return undefined
  }
}

/** The cursor of the page that begins at `offset`. */
export function writeCursor(search: JsonObject, { limit, oldestFirst, sortBy }: OrderSearch, offset: number): string {
  const known = readCursor(textAt(objectAt(search, 'cursorPaging'), 'cursor'))
  const filter = known?.filter ?? objectAt(search, 'filter')
  const isByChange = sortBy === 'updated'
  return Buffer.from(JSON.stringify({ offset, limit, filter, oldestFirst, isByChange })).toString('base64url')
}
