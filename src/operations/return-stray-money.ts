import { type AttemptNews, applyNews } from '../core/payments/apply-answer.js'
import { type Payment, strayKey } from '../core/payments/payment.js'
import { type GatewayAnswer, GatewayUnknown, type PaymentProvider } from '../payments/provider.js'
import type { Deps } from './deps.js'

/**
 * Voids or refunds every payment that is `refund_due`: its order was given up, or another attempt paid for it.
 * What the gateway does not answer for stays due; the recovery job asks again.
 *
 * @returns the payments as they are now
 */
export async function returnStrayMoney(deps: Deps, payments: readonly Payment[]): Promise<readonly Payment[]> {
  return Promise.all(payments.map(payment => (payment.state === 'refund_due' ? returnOne(deps, payment) : payment)))
}

async function returnOne(deps: Deps, payment: Payment): Promise<Payment> {
  const provider = deps.providers.get(payment.provider)
  // A capture or refund under way decides how much there is to return: the recovery job finishes it first.
  if (provider === undefined || payment.step !== undefined) return payment
  const news = await askBack(provider, payment)
  const after = applyNews(payment, news, deps.clock())
  if (after === payment) return payment
  const events = [{ type: `payment.${after.state}`, subject: payment.orderId, data: { paymentId: payment.id } }]
  const saved = await deps.storage.payments.save(after, payment.version, events)
  // Somebody else returned it meanwhile: what became of it is what counts.
  if (saved === 'lost') return (await deps.storage.payments.read({ id: payment.id })) ?? payment
  deps.log.warn({ paymentId: payment.id, orderId: payment.orderId, state: after.state }, 'stray payment returned')
  return after
}

/** What the gateway holds decides: money that was taken is refunded, a reservation voided, nothing needs nothing. */
async function askBack(provider: PaymentProvider, payment: Payment): Promise<AttemptNews> {
  const { idempotencyKey } = payment
  try {
    const found = await provider.find(idempotencyKey, payment)
    // Given back already, by a process that died before it could write that down.
    if (found?.outcome === 'refunded') return { kind: 'answer', answer: found }
    const taken = payment.captured > payment.refunded ? payment.captured - payment.refunded : takenBy(found)
    const gatewayReference = found?.gatewayReference ?? payment.gatewayReference
    if (taken > 0n && gatewayReference !== undefined) {
      const refundKey = strayKey(payment.id)
      const answer = await provider.refund({ idempotencyKey, gatewayReference, amount: taken, refundKey })
      return answer.outcome === 'refunded' ? { kind: 'answer', answer } : { kind: 'unknown' }
    }
    // Voiding also leaves a mark, so that a request of ours that is still under way is refused there.
    const named = gatewayReference === undefined ? {} : { gatewayReference }
    const answer = await provider.void({ idempotencyKey, ...named }, payment)
    if (answer.outcome === 'voided') return { kind: 'answer', answer }
    return found === undefined || found.outcome === 'declined' ? { kind: 'never_heard' } : { kind: 'unknown' }
  } catch (error) {
    if (error instanceof GatewayUnknown) return { kind: 'unknown' }
    throw error
  }
}

function takenBy(found: GatewayAnswer | undefined): bigint {
  return found?.outcome === 'captured' ? found.amount : 0n
}
