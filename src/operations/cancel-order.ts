import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { OrderId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import { giveUpOrder } from './give-up-order.js'
import type { Answer, OrderView } from './operations.js'

/**
 * Cancels an order that is not fulfilled: stock, coupon uses and gift card amounts go back, money is returned. The cart
 * of an order that still waited for its payment is open again.
 */
export async function cancelOrder(
  deps: Deps,
  caller: Caller,
  input: { readonly id: OrderId; readonly reason: string },
): Answer<OrderView> {
  const found = await deps.storage.orders.read({ id: input.id })
  if (found === undefined || !mayReachOrder(caller, found, 'orders:write')) return refuse({ code: 'order_not_found' })
  const channel = await deps.facts.channel(found.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: found.channel })
  const given = await giveUpOrder(deps, found, input.reason)
  return given.ok ? ok({ ...given.value, channel }) : given
}
