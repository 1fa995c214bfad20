import type { Caller } from '../core/access/caller.js'
import { hasPermission, ownerFor, seesEverybody } from '../core/access/permissions.js'
import type { Channel } from '../core/catalog/channel.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { ChannelId, CustomerId, OrderId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import type { Payment } from '../core/payments/payment.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { OrderFilter, OrderPageQuery, OrderQuery, OrderTally, TallyQuery } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Which orders; absent statuses: those that are placed and not called off. */
export interface ListOrders extends Pick<OrderPageQuery, 'oldestFirst' | 'sortBy' | 'isUncounted'> {
  readonly channel: ChannelId
  /** Not of that channel alone: the filter says of which. */
  readonly acrossChannels?: true
  readonly offset: number
  readonly limit: number
  readonly filter?: OrderFilter
  /** Bring the payments along, by order id; one query more. */
  readonly withPayments?: true
  /** Bring along the members who bought, as far as they are there; one query more. For keys that may read customers. */
  readonly withCustomers?: true
}

/** A page of orders. */
export interface ListedOrders {
  readonly orders: readonly Order[]
  /** Where they are not counted: up to the end of the page. */
  readonly total: number
  readonly channel: Channel
  readonly payments?: ReadonlyMap<OrderId, readonly Payment[]>
  readonly customers?: ReadonlyMap<CustomerId, Customer>
}

export type { OrderFilter, OrderTally } from '../storage/storage.js'

/** The caller's placed orders, newest first; a key that may read orders sees all of the channel. */
export async function listOrders(deps: Deps, caller: Caller, input: ListOrders): Answer<ListedOrders> {
  const channel = await deps.facts.channel(input.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const visible = visibleOrders(caller, input)
  if (!visible.ok) return visible
  if (visible.value === undefined) return ok({ orders: [], total: 0, channel })
  const { oldestFirst, sortBy, isUncounted, offset, limit } = input
  const page = await deps.storage.orders.list({
    ...visible.value,
    ...(oldestFirst === undefined ? {} : { oldestFirst }),
    ...(sortBy === undefined ? {} : { sortBy }),
    ...(isUncounted === undefined ? {} : { isUncounted }),
    offset,
    limit,
  })
  const [payments, customers] = await Promise.all([
    input.withPayments === true ? paymentsOf(deps, page.orders) : undefined,
    input.withCustomers === true && hasPermission(caller, 'customers:read') ? buyersOf(deps, page.orders) : undefined,
  ])
  return ok({
    ...page,
    channel,
    ...(payments === undefined ? {} : { payments }),
    ...(customers === undefined ? {} : { customers }),
  })
}

/** How many orders there are, by what they have come to; the caller's own, or all of the channel for keys that may. */
export async function tallyOrders(
  deps: Deps,
  caller: Caller,
  input: Pick<ListOrders, 'channel' | 'acrossChannels' | 'filter'> & Pick<TallyQuery, 'annotationAt'>,
): Answer<readonly OrderTally[]> {
  const visible = visibleOrders(caller, input)
  if (!visible.ok) return visible
  if (visible.value === undefined) return ok([])
  const { annotationAt } = input
  return ok(
    await deps.storage.orders.tally({ ...visible.value, ...(annotationAt === undefined ? {} : { annotationAt }) }),
  )
}

/** Which orders the caller may see of those; undefined: none at all. */
function visibleOrders(
  caller: Caller,
  { channel, acrossChannels, filter }: Pick<ListOrders, 'channel' | 'acrossChannels' | 'filter'>,
): Result<OrderQuery | undefined, CheckoutError> {
  const seesAll = caller.kind === 'system' || (caller.kind === 'key' && caller.actingFor === undefined)
  if (caller.kind === 'key' && !hasPermission(caller, 'orders:read')) {
    return refuse({ code: 'forbidden', permission: 'orders:read' })
  }
  const owner = seesAll ? undefined : ownerFor(caller)
  if (!seesAll && (owner === undefined || owner.kind === 'holder')) return ok(undefined)
  return ok({
    ...(acrossChannels === true ? {} : { channel }),
    statuses: filter?.statuses ?? ['pending', 'confirmed'],
    ...(filter === undefined ? {} : { filter }),
    ...(owner === undefined ? {} : { owner, withoutOthers: !seesEverybody(caller) }),
  })
}

async function paymentsOf(deps: Deps, orders: readonly Order[]): Promise<NonNullable<ListedOrders['payments']>> {
  const byOrder = new Map<OrderId, readonly Payment[]>()
  for (const payment of await deps.storage.payments.ofOrders(orders.map(order => order.id))) {
    byOrder.set(payment.orderId, [...(byOrder.get(payment.orderId) ?? []), payment])
  }
  return byOrder
}

async function buyersOf(deps: Deps, orders: readonly Order[]): Promise<NonNullable<ListedOrders['customers']>> {
  const ids = new Set(orders.flatMap(({ owner }) => (owner.kind === 'member' ? [owner.customerId] : [])))
  const found = await deps.storage.customers.readMany([...ids])
  return new Map(found.map(customer => [customer.id, customer]))
}
