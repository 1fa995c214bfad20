import { ok, refuse } from '../core/result.js'
import { PayloadRefused } from '../payments/provider.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { settleOrder } from './settle-order.js'

/** A gateway's notification: its signature is checked by the provider, then the order is settled by what it says. */
export async function receiveWebhook(
  deps: Deps,
  input: { readonly provider: string; readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Answer<null> {
  const provider = deps.providers.get(input.provider)
  if (provider === undefined) return refuse({ code: 'payment_not_found' })
  try {
    const { idempotencyKey, answer } = await provider.parseWebhook(input.headers, input.body)
    const payment = await deps.storage.payments.read({ idempotencyKey })
    if (payment === undefined || payment.provider !== input.provider) return refuse({ code: 'payment_not_found' })
    await settleOrder(deps, payment.orderId, new Map([[payment.id, { kind: 'answer', answer }]]))
    return ok(null)
  } catch (error) {
    if (error instanceof PayloadRefused) return refuse({ code: 'invalid_input', field: 'body', rule: 'signature' })
    throw error
  }
}
