import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { Json, OrderId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, Placed } from './operations.js'
import { authorizePayments } from './pay-order.js'
import { declined, payingOptions, redirectOf } from './pay-prepared.js'
import { guardingPayments } from './payment-attempts.js'
import { settleOrder } from './settle-order.js'

/** What the gateways are told. */
interface Sent {
  /** By position of the payment in the order's snapshot; see `Placement.instruments`. */
  readonly instruments: readonly Readonly<Record<string, Json>>[]
  readonly returnUrl?: string
  readonly capture?: boolean
}

/** Payments for which order; `plan` reads them off the order that they are for, and what it refuses is refused. */
export type SendPayments = ({ readonly id: OrderId } | { readonly number: string }) &
  (Sent | { readonly plan: (order: Order) => Result<Sent, CheckoutError> }) & { readonly clientAddress?: string }

/**
 * Sends the payments of a pending order that was placed to be confirmed later; see `Operations.sendPayments`. However
 * often and in parallel this is called, each payment is one attempt at its gateway: the attempt's key says so.
 */
export async function sendPayments(deps: Deps, caller: Caller, input: SendPayments): Answer<Placed> {
  const found = await deps.storage.orders.readState('id' in input ? { id: input.id } : { number: input.number })
  if (found === undefined || !mayReachOrder(caller, found.order, 'orders:place')) {
    return refuse({ code: 'order_not_found' })
  }
  const { order, payments } = found
  const channel = await deps.facts.channel(order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
  const sent = 'plan' in input ? input.plan(order) : ok(input)
  if (!sent.ok) return sent
  if (isGivenUp(order)) return declined(order)
  const unsent = order.status === 'pending' ? payments.filter(payment => payment.state === 'created') : []
  if (unsent.length === 0) {
    return ok({ order, payments, channel, redirectUrl: redirectOf(order, payments), isRepeat: true })
  }
  if (order.confirmsLater !== true) return refuse({ code: 'order_state', status: order.status })
  const paying = payingOptions(deps, channel, sent.value)
  return guardingPayments(deps, { cartId: order.cartId, clientAddress: input.clientAddress }, async () => {
    const news = await authorizePayments(deps, order, unsent, paying)
    const settled = await settleOrder(deps, order.id, news, { known: found })
    if (isGivenUp(settled.order)) return declined(settled.order)
    const redirectUrl = redirectOf(settled.order, settled.payments)
    return ok({ ...settled, channel, redirectUrl, isRepeat: false })
  })
}
