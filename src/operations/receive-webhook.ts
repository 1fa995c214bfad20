import { ok, refuse } from '../core/result.js'
import { GatewayUnknown, PayloadRefused } from '../payments/provider.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { settleOrder } from './settle-order.js'

/**
 * A gateway's notification: its signature is checked by the provider, then the order is settled by what it says. One about
 * nothing of ours is taken, and changes nothing.
 *
 * @returns `payment_not_found` where there is no such provider, `invalid_input` for what it did not sign, `busy` where
 *   the gateway cannot be asked now: it sends it again
 */
export async function receiveWebhook(
  deps: Deps,
  input: { readonly provider: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Answer<null> {
  const provider = deps.providers.get(input.provider)
  if (provider === undefined) return refuse({ code: 'payment_not_found' })
  try {
    const notified = await provider.parseWebhook(input.headers, input.body)
    if (notified === undefined) return ok(null)
    const { idempotencyKey, answer } = notified
    const payment = await deps.storage.payments.read({ idempotencyKey })
    if (payment === undefined || payment.provider !== input.provider) {
      // Genuine, and of somebody who shares the account: refused, it would come again for days.
      deps.log.warn({ provider: input.provider }, 'a notification about no payment of ours')
      return ok(null)
    }
    await settleOrder(deps, payment.orderId, new Map([[payment.id, { kind: 'answer', answer }]]))
    return ok(null)
  } catch (error) {
    // It says that something happened; what, the gateway could not be asked.
    if (error instanceof GatewayUnknown) return refuse({ code: 'busy' })
    if (error instanceof PayloadRefused) return refuse({ code: 'invalid_input', field: 'body', rule: 'signature' })
    throw error
  }
}
