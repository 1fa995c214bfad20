import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { OrderId } from '../core/ids.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import { refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, Placed } from './operations.js'
import { declined, standing } from './pay-prepared.js'
import { settleOrder } from './settle-order.js'

/**
 * The word that an order placed with `confirmsLater` waits for; see `Operations.confirmOrder`. Decided once, on the order's
 * version: whoever cancels it at the same moment either finds it confirmed or was first.
 */
export async function confirmOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly id: OrderId } | { readonly number: string },
): Answer<Placed> {
  const before = await deps.storage.orders.readState(input)
  if (before === undefined || !mayReachOrder(caller, before.order, 'orders:place')) {
    return refuse({ code: 'order_not_found' })
  }
  const channel = await deps.facts.channel(before.order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: before.order.channel })
  if (before.order.status === 'incomplete') return refuse({ code: 'order_state', status: 'incomplete' })
  if (before.order.status === 'canceled') return declined(before.order)
  if (before.order.status === 'confirmed') return standing({ ...before, channel, isRepeat: true })
  if (before.payments.some(payment => payment.state === 'created')) return refuse({ code: 'payment_missing' })
  const settled = await settleOrder(deps, before.order.id, new Map(), { confirms: true, known: before })
  if (isGivenUp(settled.order)) return declined(settled.order)
  return standing({ ...settled, channel, isRepeat: false })
}
