import type { Channel } from '../../../core/catalog/channel.js'
import type { ChannelId, Instant } from '../../../core/ids.js'
import { instantAt, instantNamed } from '../../../core/instants.js'
import type { Order } from '../../../core/orders/order.js'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { ListOrders, Operations, OrderFilter, OrderTally } from '../../../operations/operations.js'
import { parseInteger } from '../ids.js'
import { parseAmount } from '../money.js'
import { externalOrderIdAt } from '../order-notes.js'
import { markAt, orderStatuses, statusIdOf, statusOrders } from '../order-status.js'
import { pageOf } from '../page.js'
import { invalid, type Problem, problems } from '../problem.js'
import { readInclude } from '../render/context.js'
import { legacyOrder } from '../render/legacy-order.js'
import { type OrderContext, orderContext } from '../render/order.js'
import { respond } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { channelsOfStore } from '../store-channels.js'
import { pickupPointsOf, readsOrders, respondList } from './order-access.js'

/** All that a list may hold: drafts and canceled orders too. */
const everyStatus: readonly Order['status'][] = ['incomplete', 'pending', 'confirmed', 'canceled']

/** Fields by which orders are sorted besides the id, which is what they go by where none is asked for. */
const sortings: ReadonlyMap<string, 'placed' | 'updated'> = new Map([
  ['date_created', 'placed'],
  ['date_modified', 'updated'],
])

/**
 * GET /v2/orders: a page of the orders of all channels of the store, by id; 204 when there are none. Filters: min_id, max_id, min_total, max_total,
 * customer_id (0: guests), email, status_id, cart_id, payment_method, min_ and max_date_created, min_ and
 * max_date_modified, channel_id, external_order_id, page, limit (50, at most 250); sort by id, date_created or
 * date_modified. 422 for a filter that makes no sense.
 */
export const listLegacyOrders = serverEndpoint(
  readsOrders,
  async (request, operations) => {
    const channels = await channelsOfStore(request.channel, operations)
    const wanted = await wantedOf(request, channels, operations)
    if (!wanted.ok) return respondProblem(wanted.error, 'v2')
    const { caller, wire } = request
    const [field = '', direction] = (wire.query.get('sort') ?? '').split(':')
    const byId = wanted.value.acrossChannels === true ? 'read_out' : 'integer'
    const sortBy = sortings.get(field) ?? byId
    const listed = await operations.listOrders(caller, {
      ...{ ...wanted.value, ...pageOf(wire.query) },
      ...{ sortBy, oldestFirst: direction !== 'desc', withPayments: true, withCustomers: true, isUncounted: true },
    })
    if (!listed.ok) return respondProblem(problems.forbidden, 'v2')
    const { orders, payments, customers } = listed.value
    const include = readInclude(wire.query)
    const pickupPoints = await pickupPointsByChannel(orders, channels, operations)
    const contextOf = (order: Order): OrderContext => {
      const customer = order.owner.kind === 'member' ? customers?.get(order.owner.customerId) : undefined
      const channel = channels.find(({ id }) => id === order.channel) ?? listed.value.channel
      const view = { order, payments: payments?.get(order.id) ?? [], channel }
      const points = pickupPoints.get(channel.id) ?? []
      return orderContext(view, { customer, baseUrl: wire.baseUrl, include, pickupPoints: points })
    }
    return respondList(orders.map(order => legacyOrder(contextOf(order))))
  },
  'v2',
)

/** GET /v2/orders/count: how many orders there are, by status; the same filters. */
export const countLegacyOrders = serverEndpoint(
  readsOrders,
  async (request, operations) => {
    const wanted = await wantedOf(request, await channelsOfStore(request.channel, operations), operations)
    if (!wanted.ok) return respondProblem(wanted.error, 'v2')
    const tallied = await operations.tallyOrders(request.caller, { ...wanted.value, annotationAt: markAt })
    if (!tallied.ok) return respondProblem(problems.forbidden, 'v2')
    const counts = new Map<number, number>()
    for (const tally of tallied.value) {
      const id = statusIdOf(tally, promised(tally), tally.annotation)
      counts.set(id, (counts.get(id) ?? 0) + tally.count)
    }
    const statuses = orderStatuses.map(({ id, name, order, description }) => ({
      ...{ id, name, system_label: name, custom_label: name, system_description: description },
      ...{ count: counts.get(id) ?? 0, sort_order: order },
    }))
    return respond(200, { statuses, count: tallied.value.reduce((sum, { count }) => sum + count, 0) })
  },
  'v2',
)

/** What a status looks at among the payments. */
function promised({ isPromised }: OrderTally): Parameters<typeof statusIdOf>[1] {
  return isPromised ? [{ provider: 'manual', state: 'authorized' }] : []
}

/** Empty counts as not there. */
function textOf({ wire }: ServerRequest, name: string): string | undefined {
  return wire.query.get(name)?.trim() || undefined
}

type Part = Result<OrderFilter, Problem>

/** Reads one parameter; nothing where it is not there, 422 where it is no such thing. */
function part<T>(
  request: ServerRequest,
  name: string,
  rule: string,
  read: (text: string) => T | undefined,
  filter: (value: T) => OrderFilter,
): Part {
  const text = textOf(request, name)
  if (text === undefined) return ok({})
  const value = read(text)
  return value === undefined ? refuse(invalid({ [name]: rule })) : ok(filter(value))
}

/**
 * What the parameters ask for. Amounts are in the currency of each channel and methods have its names, so that every channel
 * has conditions of its own.
 */
async function wantedOf(
  request: ServerRequest,
  channels: readonly Channel[],
  operations: Operations,
): Promise<Result<Pick<ListOrders, 'channel' | 'acrossChannels' | 'filter'>, Problem>> {
  const { channel: own } = request
  const alike = new Map<string, OrderFilter>()
  for (const channel of channels) {
    const filter = await filterOf(request, channel, operations)
    if (!filter.ok) return filter
    const known = alike.get(keyOf(filter.value))?.channels ?? []
    alike.set(keyOf(filter.value), { ...filter.value, channels: [...known, channel.id] })
  }
  const [only, ...more] = alike.values()
  const across = channels.length > 1 ? ({ acrossChannels: true } as const) : {}
  if (only !== undefined && more.length === 0) return ok({ channel: own.id, ...across, filter: only })
  return ok({ channel: own.id, ...across, filter: { statuses: everyStatus, isAnyOf: [...alike.values()] } })
}

/** Channels in which the same is asked for are looked at together. */
function keyOf(filter: OrderFilter): string {
  return JSON.stringify(filter, (_name, value: unknown) => (typeof value === 'bigint' ? `${value.toString()}n` : value))
}

async function pickupPointsByChannel(
  orders: readonly Order[],
  channels: readonly Channel[],
  operations: Operations,
): Promise<ReadonlyMap<ChannelId, readonly PickupPoint[]>> {
  const found = new Map<ChannelId, readonly PickupPoint[]>()
  for (const { id } of channels) {
    const its = orders.filter(({ channel }) => channel === id)
    found.set(id, await pickupPointsOf(its, id, operations))
  }
  return found
}

async function filterOf(request: ServerRequest, channel: Channel, operations: Operations): Promise<Part> {
  const { channelId } = settingsOf(channel)
  const integer = (name: string, filter: (value: number) => OrderFilter) =>
    part(request, name, 'must be a whole number', text => (text === '0' ? 0 : parseInteger(text)), filter)
  const time = (name: string, filter: (value: Instant) => OrderFilter) =>
    part(request, name, 'must be a date', instantOf, filter)
  const amount = (name: string, filter: (value: bigint) => OrderFilter) =>
    part(request, name, 'must be an amount', text => amountOf(text, channel), filter)
  const text = (name: string, filter: (value: string) => OrderFilter) => part(request, name, '', each => each, filter)
  const parts: readonly Part[] = [
    integer('min_id', readOutFrom => ({ readOutFrom })),
    integer('max_id', readOutTo => ({ readOutTo })),
    amount('min_total', grandTotalFrom => ({ grandTotalFrom })),
    amount('max_total', grandTotalTo => ({ grandTotalTo })),
    time('min_date_created', placedFrom => ({ placedFrom })),
    time('max_date_created', at => ({ placedBefore: secondAfter(at) })),
    time('min_date_modified', updatedFrom => ({ updatedFrom })),
    time('max_date_modified', at => ({ updatedBefore: secondAfter(at) })),
    integer('status_id', id => ({ isAnyOf: statusOrders(id) })),
    integer('channel_id', id => (id === channelId ? {} : { isAnyOf: [] })),
    text('email', email => ({ email })),
    text('cart_id', id => ({ cartIds: [id.toLowerCase()] })),
    text('external_order_id', value => ({ annotation: { path: externalOrderIdAt, values: [value] } })),
    await byMethod(request, channel, operations),
    await byCustomer(request, operations),
  ]
  let filter: OrderFilter = { statuses: everyStatus }
  for (const one of parts) {
    if (!one.ok) return one
    filter = { ...filter, ...one.value, ...bothOf(filter, one.value) }
  }
  return ok(filter)
}

/** Of two lists of alternatives one is empty at least: then nothing is wanted. */
function bothOf(one: OrderFilter, other: OrderFilter): Pick<OrderFilter, 'isAnyOf'> {
  if (one.isAnyOf === undefined || other.isAnyOf === undefined) return {}
  return { isAnyOf: one.isAnyOf.length === 0 ? [] : other.isAnyOf }
}

async function byCustomer(request: ServerRequest, operations: Operations): Promise<Part> {
  const text = textOf(request, 'customer_id')
  if (text === undefined) return ok({})
  if (text === '0') return ok({ isOfGuest: true })
  const integerId = parseInteger(text)
  if (integerId === undefined) return refuse(invalid({ customer_id: 'must be a whole number' }))
  const read = await operations.readCustomer(request.caller, { integerId })
  return ok(read.ok ? { owners: [{ kind: 'member', customerId: read.value.id }] } : { isAnyOf: [] })
}

/** Methods by the name under which orders show them. */
async function byMethod(request: ServerRequest, channel: Channel, operations: Operations): Promise<Part> {
  const name = textOf(request, 'payment_method')?.toLowerCase()
  if (name === undefined) return ok({})
  const facts = await operations.readChannelFacts({ channel: channel.id })
  const methods = facts.ok ? facts.value.paymentMethods : []
  return ok({ paymentMethods: methods.filter(one => one.name.toLowerCase() === name).map(({ id }) => id) })
}

function amountOf(text: string, { currency }: Channel): bigint | undefined {
  return /^\d{1,15}(\.\d{1,4})?$/.test(text) ? parseAmount(text, currency) : undefined
}

/** RFC 2822 or ISO 8601; a number is one of seconds. */
function instantOf(text: string): Instant | undefined {
  return /^\d{9,11}$/.test(text) ? instantAt(Number(text) * 1_000) : instantNamed(text)
}

/** Times are shown in whole seconds: up to one means all of it. */
function secondAfter(at: Instant): Instant {
  return new Date(Math.floor(Date.parse(at) / 1_000) * 1_000 + 1_000).toISOString()
}
