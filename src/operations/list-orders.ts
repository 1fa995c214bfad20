import type { Caller } from '../core/access/caller.js'
import { ownerFor } from '../core/access/permissions.js'
import type { Channel } from '../core/catalog/channel.js'
import type { ChannelId, OrderId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import type { Payment } from '../core/payments/payment.js'
import { ok, refuse } from '../core/result.js'
import type { OrderFilter } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Which orders; absent statuses: those that are placed and not called off. */
export interface ListOrders {
  readonly channel: ChannelId
  readonly offset: number
  readonly limit: number
  readonly filter?: OrderFilter
  readonly oldestFirst?: boolean
  /** Bring the payments along, by order id; one query more. */
  readonly withPayments?: true
}

/** A page of orders. */
export interface ListedOrders {
  readonly orders: readonly Order[]
  readonly total: number
  readonly channel: Channel
  readonly payments?: ReadonlyMap<OrderId, readonly Payment[]>
}

export type { OrderFilter } from '../storage/storage.js'

/** The caller's placed orders, newest first; a key that may read orders sees all of the channel. */
export async function listOrders(deps: Deps, caller: Caller, input: ListOrders): Answer<ListedOrders> {
  const channel = await deps.facts.channel(input.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const seesAll = caller.kind === 'system' || (caller.kind === 'key' && caller.actingFor === undefined)
  if (caller.kind === 'key' && !caller.permissions.includes('orders:read')) {
    return refuse({ code: 'forbidden', permission: 'orders:read' })
  }
  const owner = seesAll ? undefined : ownerFor(caller)
  if (!seesAll && (owner === undefined || owner.kind === 'holder')) return ok({ orders: [], total: 0, channel })
  const page = await deps.storage.orders.list({
    channel: input.channel,
    statuses: input.filter?.statuses ?? ['pending', 'confirmed'],
    ...(input.filter === undefined ? {} : { filter: input.filter }),
    ...(input.oldestFirst === undefined ? {} : { oldestFirst: input.oldestFirst }),
    offset: input.offset,
    limit: input.limit,
    ...(owner === undefined ? {} : { owner }),
  })
  if (input.withPayments !== true) return ok({ ...page, channel })
  const payments = await deps.storage.payments.ofOrders(page.orders.map(order => order.id))
  const byOrder = new Map<OrderId, readonly Payment[]>()
  for (const payment of payments) byOrder.set(payment.orderId, [...(byOrder.get(payment.orderId) ?? []), payment])
  return ok({ ...page, channel, payments: byOrder })
}
