import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { Json, OrderId } from '../core/ids.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, Placed } from './operations.js'
import { authorizePayments } from './pay-order.js'
import { declined, payingOptions, redirectOf } from './pay-prepared.js'
import { guardingPayments } from './payment-attempts.js'
import { settleOrder } from './settle-order.js'

/**
 * Sends the payments of a pending order that was placed to be confirmed later; see `Operations.sendPayments`. However
 * often and in parallel this is called, each payment is one attempt at its gateway: the attempt's key says so.
 */
export async function sendPayments(
  deps: Deps,
  caller: Caller,
  input: {
    readonly id: OrderId
    readonly instruments: readonly Readonly<Record<string, Json>>[]
    readonly returnUrl?: string
    readonly capture?: boolean
    readonly clientAddress?: string
  },
): Answer<Placed> {
  const state = await deps.storage.orders.readState({ id: input.id })
  if (state === undefined || !mayReachOrder(caller, state.order, 'orders:place')) {
    return refuse({ code: 'order_not_found' })
  }
  const { order, payments } = state
  const channel = await deps.facts.channel(order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  if (isGivenUp(order)) return declined(order)
  const unsent = order.status === 'pending' ? payments.filter(payment => payment.state === 'created') : []
  if (unsent.length === 0) {
    return ok({ order, payments, channel, redirectUrl: redirectOf(order, payments), isRepeat: true })
  }
  if (order.confirmsLater !== true) return refuse({ code: 'order_state', status: order.status })
  return guardingPayments(deps, { cartId: order.cartId, clientAddress: input.clientAddress }, async () => {
    const news = await authorizePayments(deps, order, unsent, payingOptions(deps, channel, input))
    const settled = await settleOrder(deps, order.id, news, { known: state })
    if (isGivenUp(settled.order)) return declined(settled.order)
    const redirectUrl = redirectOf(settled.order, settled.payments)
    return ok({ ...settled, channel, redirectUrl, isRepeat: false })
  })
}
