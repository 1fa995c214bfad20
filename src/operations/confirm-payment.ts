import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { Json } from '../core/ids.js'
import { isGivenUp } from '../core/orders/settle-order.js'
import type { AttemptNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import { ok, refuse } from '../core/result.js'
import { GatewayUnknown, PayloadRefused } from '../payments/provider.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer, Placed } from './operations.js'
import { redirectOf } from './pay-prepared.js'
import { readState, settleOrder } from './settle-order.js'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Takes what a redirect or 3-D Secure page handed back, and settles the order by it. The proof in the payload is what
 * counts, so nobody needs to be signed in; repeating it changes nothing and answers the same.
 *
 * @param input.order  order number or payment id
 * @returns `payment_not_found`, `payment_state` when no attempt waits for a payload or it proves nothing, `payment_declined`
 */
export async function confirmPayment(
  deps: Deps,
  caller: Caller,
  input: { readonly order: string; readonly payload: Json },
): Answer<Placed> {
  const state = await findState(deps, input.order)
  if (state === undefined) return refuse({ code: 'payment_not_found' })
  const channel = await deps.facts.channel(state.order.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: state.order.channel })
  const news = await readPayload(deps, state.payments, input.payload)
  if (news === undefined) {
    const repeats = mayReachOrder(caller, state.order, 'payments:write') && state.order.status === 'confirmed'
    if (!repeats) return refuse({ code: 'payment_state', state: state.order.status })
    return ok({ ...state, channel, redirectUrl: null, isRepeat: true })
  }
  const isRepeat = state.order.status === 'confirmed'
  const settled = await settleOrder(deps, state.order.id, new Map([[news.payment.id, news.news]]), { known: state })
  if (isGivenUp(settled.order)) {
    return refuse({ code: 'payment_declined', reason: settled.order.cancelReason ?? 'declined' })
  }
  return ok({ ...settled, channel, redirectUrl: redirectOf(settled.order, settled.payments), isRepeat })
}

async function findState(deps: Deps, identifier: string): Promise<OrderState | undefined> {
  const payment = uuid.test(identifier) ? await deps.storage.payments.read({ id: identifier }) : undefined
  if (payment !== undefined) return readState(deps, payment.orderId)
  return deps.storage.orders.readState({ number: identifier })
}

/** Which attempt the payload is about, and what it proves; undefined when it proves nothing for any of them. */
async function readPayload(
  deps: Deps,
  payments: readonly Payment[],
  payload: Json,
): Promise<{ readonly payment: Payment; readonly news: AttemptNews } | undefined> {
  for (const payment of payments) {
    const provider = deps.providers.get(payment.provider)
    if (provider === undefined || provider.isLocal) continue
    try {
      const answer = await provider.confirm(
        {
          idempotencyKey: payment.idempotencyKey,
          ...(payment.gatewayReference === undefined ? {} : { gatewayReference: payment.gatewayReference }),
        },
        payload,
      )
      return { payment, news: { kind: 'answer', answer } }
    } catch (error) {
      if (error instanceof GatewayUnknown) return { payment, news: { kind: 'unknown' } }
      if (!(error instanceof PayloadRefused)) throw error
    }
  }
  return undefined
}
